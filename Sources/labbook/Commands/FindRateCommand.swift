import ArgumentParser
import Datasets
import Experiments
import Figures
import Foundation
import GnuplotBackend
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import Tracking
import Training

struct FindRateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find-lr",
    abstract: "Find a learning rate by the range test: raise it until the loss explodes.",
    discussion: """
      For each network of the file the rate rises geometrically from update to update, from --from to \
      --to, until the smoothed loss is four times its least. Suggested is a tenth of the rate at which \
      the loss is least: a step below the edge, where training is still quick. The figure goes into \
      the plots' folder; nothing is stored.

      EXAMPLES:
        labbook find-lr spiral.yaml
        labbook find-lr spiral.yaml --model wide --seeds 5
        labbook find-lr spiral.yaml --from 1e-4 --to 100 --updates 1000 --format csv
      """)

  @Argument(help: "The experiment.", completion: .experiment) var file: String
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"),
    completion: .key)
  var overrides: [String] = []
  @Option(help: "Only this network. (default: all that the file trains)") var model: String?
  @Option(help: "Tests with so many seeds, whose mean is read.") var seeds = 3
  @Option(help: ArgumentHelp("The first rate.", valueName: "rate")) var from = 1e-6
  @Option(help: ArgumentHelp("The last rate.", valueName: "rate")) var to = 10.0
  @Option(help: "Updates of a test. (default: an epoch's, from 200 to 2000)") var updates: Int?
  @Option(help: ArgumentHelp("Where the figure goes.", valueName: "dir"), completion: .directory)
  var plots = "plots"
  @Flag(help: "Also draw it in the terminal.") var terminal = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    if !(1...100).contains(seeds) { throw ValidationError("--seeds is a number from 1 to 100.") }
    if !(from > 0 && to > from && to.isFinite) {
      throw ValidationError("--from and --to are positive, and --to is the greater.")
    }
    if let updates, !(20...1_000_000).contains(updates) {
      throw ValidationError("--updates is a number from 20 to 1000000.")
    }
  }

  func run() throws {
    try computing.apply()
    let loader = ExperimentLoader()
    let loaded = try loader.load([file], overrides: overrides)[0]
    let networks = try networks(loaded.plan)
    var settings = RateRangeTest.Settings()
    (settings.from, settings.to, settings.updates) = (from, to, updates)
    let tests = try networks.map { network in
      let data = try loader.library.prepare(network.data)
      return RateRangeTest(
        meanOf: try (0..<seeds).map { seed in
          let own = network.with(seed: network.train.seed + seed)
          return try RateRangeTest(own, data: data, settings)
        })
    }
    let readings = tests.map(\.reading)
    try format.print(table(networks, readings), below: readings.map(reason))
    try draw(loaded.experiment, networks, tests, readings)
  }

  /// The first run of each network that the plan trains.
  private func networks(_ plan: RunPlan) throws -> [NetworkRun] {
    var seen: Set<String> = []
    let all = plan.runs.compactMap(\.run.configuration.network).filter {
      seen.insert($0.modelName).inserted
    }
    let names = all.map(\.modelName)
    if all.isEmpty { throw LabbookError.noNetworks }
    guard let model else { return all }
    let found = all.filter { $0.modelName == model }
    if found.isEmpty {
      let near = nearestName(to: model, among: names).map { "Did you mean '\($0)'?" }
      throw LabbookError.input(
        "--model: no run trains '\(model)'.",
        hint: near ?? "The file trains " + names.joined(separator: ", ") + ".")
    }
    return found
  }

  private func table(
    _ networks: [NetworkRun], _ readings: [RateRangeTest.Reading?]
  ) -> Table {
    var table = Table(
      ["model", "optimizer", "suggested lr", "falls fastest at", "least at", "least loss"].map {
        Table.Column($0)
      })
    for (network, reading) in zip(networks, readings) {
      let values = [
        reading?.suggestion, reading?.steepest, reading?.minimum, reading?.minimumLoss,
      ]
      table.append(
        [.words(network.modelName), .words(network.train.optimizer.name)]
          + values.map { value in
            value.map { Table.Cell(.number($0), text: String(format: "%.2g", $0)) } ?? .empty
          })
    }
    return table
  }

  private func reason(_ reading: RateRangeTest.Reading?) -> String {
    guard let reading else {
      return "No rate is suggested: the loss never fell by a twentieth; try other --from and --to."
    }
    let rate = String(format: "%.2g", reading.suggestion)
    let least = String(format: "%.2g", reading.minimum)
    let open =
      reading.isOpen ? " The loss still fell at the last rate: a greater --to may find more." : ""
    return "lr: \(rate), a tenth of \(least), where the smoothed loss is least." + open
  }

  private func draw(
    _ experiment: Experiment, _ networks: [NetworkRun], _ tests: [RateRangeTest],
    _ readings: [RateRangeTest.Reading?]
  ) throws {
    let shown = zip(zip(networks, tests), readings).map { pair, reading in
      RateRangeFigure.Test(
        name: pair.0.modelName, rates: pair.1.rates, losses: pair.1.losses,
        smoothed: pair.1.smoothed,
        marks: reading.map { ($0.suggestion, $0.steepest, $0.minimum) })
    }
    let name = experiment.title ?? experiment.name
    let figure = RateRangeFigure.figure(shown, title: "\(name): rate range test", seeds: seeds)
    if terminal { TerminalPicture.show(figure) }
    let path = try PlotsFolder(plots, experiment: experiment.name).file("find-lr", "svg")
    try FigureWriter.telling.write(figure, to: path, .own)
    if format.format == .table {
      print(path)
    } else {
      StandardError.write(path + "\n")
    }
  }
}
