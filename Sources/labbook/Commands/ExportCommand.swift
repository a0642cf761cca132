import ArgumentParser
import Foundation
import NeuralNet
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Terminal
import Tracking

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write runs, measured values or a trained network for other programs.",
    discussion: """
      EXAMPLES:
        labbook export runs > runs.csv
        labbook export runs --experiment spiral --format json
        labbook export metrics --sweep main --metric val/loss > curves.csv
        labbook export model 3f2a --out spiral.onnx --best
        labbook export store --out copy.sqlite
      """,
    subcommands: [ExportRuns.self, ExportMetrics.self, ExportModel.self, ExportStore.self])
}

/// How records are written.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, json
}

/// Which runs are exported, and how.
struct ExportOptions: ParsableArguments {
  @Option(help: "Only runs of this experiment.", completion: .experimentName) var experiment:
    String?
  @Option(help: "Only runs of sweeps of this name.", completion: .sweep) var sweep: String?
  @Flag(help: "Also runs that --fresh replaced.") var replaced = false
  @Option(help: "CSV with a header, or one JSON object a line.") var format = RecordFormat.csv
  @OptionGroup var former: FormerOptions

  func export(_ store: RunStore) throws -> RunExport {
    try store.checkNames(experiment: experiment, sweep: sweep)
    var query = RunQuery()
    query.experiment = experiment
    query.sweep = sweep
    query.includesReplaced = replaced
    former.apply(to: &query)
    try former.report(query, in: store)
    let isJSON = format == .json
    return RunExport(store, query, json: isJSON) { text in
      StandardOutput.write(text, isJSON ? .json : .csv)
    }
  }
}

struct ExportRuns: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "A record a run: what it is, every parameter, every metric's last and best value.",
    discussion: """
      EXAMPLES:
        labbook export runs > runs.csv
        labbook export runs --experiment spiral --sweep main --format json
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var options: ExportOptions

  func run() throws { try options.export(try store.openExisting()).runs() }
}

struct ExportMetrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "A record a measured value: run, metric, step, epoch, value, time.",
    discussion: """
      EXAMPLES:
        labbook export metrics > metrics.csv
        labbook export metrics --experiment spiral --metric val/loss --metric val/accuracy
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var options: ExportOptions
  @Option(
    help: ArgumentHelp("Only this one; may be given again.", valueName: "metric"),
    completion: .metric)
  var metric: [String] = []

  func run() throws {
    let store = try store.openExisting()
    let known = try store.names().metrics
    for name in metric where !known.contains(name) {
      let near = nearestName(to: name, among: known).map { "Did you mean '\($0)'?" }
      throw LabbookError.input("No run has a metric '\(name)'.", hint: near ?? "")
    }
    try options.export(store).metrics(metric.map { Metric($0) })
  }
}

struct ExportModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Write a run's network as ONNX, which onnxruntime and others run.",
    discussion: """
      The input 'input' takes rows in the units of the run's source; scaling and normalising are part \
      of the model. Outputs are 'probabilities', where the loss gives them a meaning, and 'outputs', \
      what the last layer puts out. With --raw every column of the table is an input of its name, as it \
      stands in the file: numbers in double precision, not-a-number for a missing one, or texts; parts \
      of a date are numbers of their own. 'class' or 'values', in their own units, come out too.

      EXAMPLES:
        labbook export model 3f2a --out spiral.onnx
        labbook export model 3f2a --out spiral.onnx --best
        labbook export model 3f2a --out flowers.onnx --raw
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"),
    completion: .run)
  var name: String
  @Option(
    name: .customLong("out"), help: ArgumentHelp("The file to write.", valueName: "file"),
    completion: .file())
  var output: String
  @Flag(help: "The weights of the epoch that the objective chose, instead of the last.")
  var best = false
  @Flag(help: "Take the columns of the table as they stand in the file, words and holes included.")
  var raw = false

  func run() throws {
    let store = try store.openExisting()
    let network = try TrainedNetwork(try store.run(beginning: name), best: best, in: store)
    let model = raw ? try network.rawONNX() : try network.onnx()
    try OutputFile.write(model.data, to: output)
    StandardOutput.tell(output)
  }
}
