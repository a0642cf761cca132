public import Datasets
public import Experiments
import Foundation
import NeuralNet
public import Runs
public import Sweeps
public import Terminal
import Tracking

/// What an experiment is and would do: `labbook check`.
public struct CheckReport {
  private let experiment: Experiment
  private let plan: RunPlan
  private let library: DataLibrary
  private let work: [SweepWork]
  private let slots: (ProgramRun) -> String
  /// Every network on every data that the plan has, each once.
  private let networks: [Network]
  private let data: [DataConfiguration]

  /// What is to be done for one sweep.
  public struct SweepWork: Hashable, Sendable {
    /// Runs that nobody has begun.
    public let new: Int
    /// Runs whose result is in the store.
    public let reused: Int
    /// Runs that were begun, and go on from their checkpoint.
    public let resumed: Int
    /// Runs that nobody has begun, and that go on from the last state of a shorter one.
    public let continued: Int
    /// Runs that were begun, and are trained again.
    public let again: Int
    /// Updates of those that are trained.
    public let updates: Int

    /// Makes the counts of one sweep.
    public init(
      new: Int, reused: Int, resumed: Int = 0, continued: Int = 0, again: Int, updates: Int
    ) {
      self.new = new
      self.reused = reused
      self.resumed = resumed
      self.continued = continued
      self.again = again
      self.updates = updates
    }
  }

  /// Makes the report; `work` has one element a sweep of the plan.
  ///
  /// - Parameter slots: says what of the machine the runs of a program take.
  public init(
    _ experiment: Experiment, _ plan: RunPlan, library: DataLibrary, work: [SweepWork],
    slots: @escaping (ProgramRun) -> String = { _ in "as the machine has room for" }
  ) {
    self.slots = slots
    precondition(work.count == plan.sweeps.count)
    self.experiment = experiment
    self.plan = plan
    self.library = library
    self.work = work
    networks = distinct(
      plan.sweeps.lazy.flatMap(\.configurations).compactMap { configuration in
        configuration.configuration.network.map {
          Network(data: $0.data, layers: $0.layers, name: $0.modelName)
        }
      })
    // Of folds the first stands for all.
    data = distinct(networks.map(\.data)).filter { $0.fold ?? 1 == 1 }
  }

  /// The report as text that ends in a line break.
  public func text(_ style: TextStyle) throws -> String {
    var heading = style.strong(experiment.name)
    if let title = experiment.title { heading += ": " + title }
    var blocks = [heading + "\n"]
    if !networks.isEmpty || plan.runs.isEmpty && experiment.stored.isEmpty {
      blocks.append(
        style.strong("Data") + "\n" + fitted(try dataTable(), style) + (try dataRemarks()))
    }
    blocks += try layers(style)
    blocks += try plan.sweeps.compactMap { try ProgramReport($0, slots)?.text(style) }
    blocks.append(style.strong("Plan") + "\n" + fitted(planTable, style) + remarks)
    return blocks.joined(separator: "\n")
  }

  private func fitted(_ table: Table, _ style: TextStyle) -> String {
    table.text(within: style.room?.columns, otherwise: "--format csv has the whole plan")
  }

  /// Sizes of every variation of the data that the plan uses.
  private func dataTable() throws -> Table {
    var table = Table(
      ["source", "train", "val", "test", "features", "target"].map { Table.Column($0) })
    for data in data {
      let shape = try library.shape(of: data)
      let target =
        switch shape.target {
        case .classes(let names): names.count == 1 ? "1 class" : "\(names.count) classes"
        case .values(let names): names.joined(separator: ", ")
        case .none: "none"
        }
      table.append([
        .words(data.source.name + (data.split.folds.map { ", fold 1 of \($0)" } ?? "")),
        Table.Cell(.integer(shape.trainRows)),
        Table.Cell(.integer(shape.valRows)), Table.Cell(.integer(shape.testRows)),
        .words(Shape(shape.featureShape).description), .words(target),
      ])
    }
    return table
  }

  /// What was found in the data's files or left out of them, each sentence once.
  private func dataRemarks() throws -> String {
    let all = try data.flatMap { try library.remarks(of: $0) }
    return distinct(all).map { printable($0) + "\n" }.joined()
  }

  /// The layers of every distinct network that the plan uses, at most so many in full.
  private func layers(_ style: TextStyle) throws -> [String] {
    var blocks: [String] = []
    var seen: Set<Fitted> = []
    var more = 0
    for network in networks where network.data.fold ?? 1 == 1 {
      let input = try library.shape(of: network.data).featureShape
      guard seen.insert(Fitted(layers: network.layers, input: input)).inserted else { continue }
      if blocks.count == Self.mostNetworks {
        more += 1
        continue
      }
      let graph = try Graph(network.layers, input: Shape(input))
      let title = style.strong("Model " + network.name)
      blocks.append(
        "\(title)  \(graph.parameterCount) parameters\n" + fitted(layerTable(graph), style))
    }
    if more > 0 { blocks.append("... and \(more) more networks\n") }
    return blocks
  }

  private static let mostNetworks = 8

  private struct Network: Hashable {
    let data: DataConfiguration
    let layers: [LayerSpec]
    let name: String
  }

  private struct Fitted: Hashable {
    let layers: [LayerSpec]
    let input: [Int]
  }

  private func layerTable(_ graph: Graph) -> Table {
    var table = Table(["layer", "kind", "output", "parameters"].map { Table.Column($0) })
    table.append([.words("input"), .empty, .words(graph.input.description), .empty])
    for layer in graph.layers {
      table.append([
        .words(layer.name), .words(layer.kind), .words(layer.output.description),
        Table.Cell(.integer(layer.parameterCount)),
      ])
    }
    return table
  }

  /// A row a sweep.
  public var planTable: Table {
    var table = Table(
      [Table.Column("sweep")] + ["varies", "configurations"].map { Table.Column($0, rank: 2) }
        + ["runs", "new"].map { Table.Column($0, rank: 0) } + [Table.Column("reused")]
        + ["resumed", "continued", "again", "updates"].map { Table.Column($0, rank: 2) })
    for (sweep, work) in zip(plan.sweeps, work) {
      table.append([
        .words(sweep.name), .words(sweep.axes.joined(separator: ", ")),
        Table.Cell(.integer(sweep.configurations.count + sweep.pending)),
        Table.Cell(
          .integer(sweep.configurations.reduce(sweep.pendingRuns) { $0 + $1.runs.count })),
        Table.Cell(.integer(work.new)), Table.Cell(.integer(work.reused)),
        Table.Cell(.integer(work.resumed)), Table.Cell(.integer(work.continued)),
        Table.Cell(.integer(work.again)), Table.Cell(.integer(work.updates)),
      ])
    }
    return table
  }

  private func isAsynchronous(_ sweep: SweepPlan) -> Bool {
    experiment.sweeps.first { $0.name == sweep.name }?.strategy.isAsynchronous == true
  }

  /// What `runs` of a search counts, which is not what the column of that name does.
  private func proposals(of sweep: SweepPlan) -> String? {
    guard let spec = experiment.sweeps.first(where: { $0.name == sweep.name }),
      !spec.ranges.isEmpty
    else { return nil }
    let runs = spec.strategy.chosen.integer("runs")
    let searches = CombinationMaker(spec).listed
    var each =
      searches > 1
      ? " for each of \(Quantity.count(searches)) combinations of lists and variants" : ""
    if let from = spec.from { each += ", for each of the \(from.best) best of '\(from.sweep)'" }
    return "'strategy' proposes \(Quantity.count(runs, "configuration")) (runs: \(runs))\(each), "
      + "each with \(Quantity.count(sweep.seedCount, "seed"))"
  }

  /// What the numbers of the plan do not say by themselves.
  private var remarks: String {
    var lines: [String] = []
    for sweep in plan.sweeps {
      if let line = proposals(of: sweep) { lines.append("\(sweep.name): \(line)") }
      if isAsynchronous(sweep) {
        lines.append(
          "\(sweep.name): 'strategy' proposes when there is time for a run: what it proposes is not the "
            + "same at every --jobs")
      }
      if sweep.arrival != nil {
        lines.append(
          "\(sweep.name): 'stop' decides when a run arrives: which runs it ends is not the same at every "
            + "--jobs")
      }
      if let line = sweep.growthRemark { lines.append("\(sweep.name): \(line)") }
      if sweep.counts.excluded > 0 {
        lines.append(
          "\(sweep.name): 'where' leaves out \(sweep.counts.excluded) of "
            + "\(sweep.counts.combinations) combinations")
      }
      if sweep.counts.merged > 0 {
        lines.append(
          sweep.name + ": "
            + (sweep.counts.merged == 1
              ? "1 combination is equal to another and is one run with it"
              : "\(sweep.counts.merged) combinations are equal to others and are one run with them")
        )
      }
    }
    for stored in experiment.stored {
      lines.append(
        "\(stored.name): the runs of \(stored.source) that the store has; nothing of it is trained")
    }
    let keys = plan.sweeps.flatMap { $0.configurations.flatMap { $0.runs.map(\.key) } }
    let shared = plan.sweeps.count < 2 ? 0 : keys.count - Set(keys).count
    if shared > 0 { lines.append("\(shared) runs belong to several sweeps and are trained once") }
    let exercises = experiment.exercises
    if !exercises.isEmpty {
      lines.append(
        "exercises: " + exercises.map(\.id).joined(separator: ", ") + "; a hand-in may set: "
          + experiment.open.words)
    }
    if !experiment.unusedModels.isEmpty {
      lines.append(
        "no run uses: " + experiment.unusedModels.joined(separator: ", "))
    }
    return lines.map { $0 + "\n" }.joined()
  }

}

/// Values in the order they came, each once; of a large plan most are like the one before.
private func distinct<Value: Hashable>(_ values: some Sequence<Value>) -> [Value] {
  var seen: Set<Value> = []
  var result: [Value] = []
  var last: Value?
  for value in values where value != last {
    last = value
    if seen.insert(value).inserted { result.append(value) }
  }
  return result
}
