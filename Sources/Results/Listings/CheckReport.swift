public import Datasets
public import Experiments
import Foundation
import NeuralNet
import Runs
public import Sweeps
public import Terminal
import Tracking

/// What an experiment is and would do: `labbook check`.
public struct CheckReport {
  private let experiment: Experiment
  private let plan: RunPlan
  private let library: DataLibrary
  private let work: [SweepWork]

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
  public init(
    _ experiment: Experiment, _ plan: RunPlan, library: DataLibrary, work: [SweepWork]
  ) {
    precondition(work.count == plan.sweeps.count)
    self.experiment = experiment
    self.plan = plan
    self.library = library
    self.work = work
  }

  /// The report as text that ends in a line break.
  public func text(_ style: TextStyle) throws -> String {
    var heading = style.strong(experiment.name)
    if let title = experiment.title { heading += ": " + title }
    var blocks = [heading + "\n"]
    if plan.runs.contains(where: { $0.run.configuration.network != nil }) || plan.runs.isEmpty {
      blocks.append(
        style.strong("Data") + "\n" + (try dataTable().text(.table)) + (try dataRemarks()))
    }
    blocks += try networks(style)
    blocks += try plan.sweeps.compactMap { try ProgramReport($0)?.text(style) }
    blocks.append(style.strong("Plan") + "\n" + planTable.text(.table) + remarks)
    return blocks.joined(separator: "\n")
  }

  /// Sizes of every variation of the data that the plan uses.
  private func dataTable() throws -> Table {
    var table = Table(
      ["source", "train", "val", "test", "features", "target"].map { Table.Column($0) })
    for data in variations {
      let shape = try library.shape(of: data)
      let target =
        switch shape.target {
        case .classes(let names): "\(names.count) classes"
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

  /// Every variation of the data; of folds the first stands for all.
  private var variations: [DataConfiguration] {
    distinct(plan.runs.compactMap(\.run.configuration.network?.data)).filter { $0.fold ?? 1 == 1 }
  }

  /// What was found in the data's files or left out of them, each sentence once.
  private func dataRemarks() throws -> String {
    let all = try variations.flatMap { try library.remarks(of: $0) }
    return distinct(all).map { printable($0) + "\n" }.joined()
  }

  /// The layers of every distinct network that the plan uses, at most so many in full.
  private func networks(_ style: TextStyle) throws -> [String] {
    var blocks: [String] = []
    var seen: Set<Network> = []
    var more = 0
    for (run, _) in plan.runs {
      guard let network = run.configuration.network, network.data.fold ?? 1 == 1 else { continue }
      let input = try library.shape(of: network.data).featureShape
      guard seen.insert(Network(layers: network.layers, input: input)).inserted else { continue }
      if blocks.count == Self.mostNetworks {
        more += 1
        continue
      }
      let graph = try Graph(network.layers, input: Shape(input))
      let title = style.strong("Model " + network.modelName)
      blocks.append(
        "\(title)  \(graph.parameterCount) parameters\n" + layerTable(graph).text(.table))
    }
    if more > 0 { blocks.append("... and \(more) more networks\n") }
    return blocks
  }

  private static let mostNetworks = 8

  private struct Network: Hashable {
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
      [
        "sweep", "varies", "configurations", "runs", "new", "reused", "resumed", "continued",
        "again", "updates",
      ].map { Table.Column($0) })
    for (sweep, work) in zip(plan.sweeps, work) {
      table.append([
        .words(sweep.name), .words(sweep.axes.joined(separator: ", ")),
        Table.Cell(.integer(sweep.configurations.count + sweep.pending)),
        Table.Cell(.integer(sweep.runs.count + sweep.pendingRuns)),
        Table.Cell(.integer(work.new)), Table.Cell(.integer(work.reused)),
        Table.Cell(.integer(work.resumed)), Table.Cell(.integer(work.continued)),
        Table.Cell(.integer(work.again)), Table.Cell(.integer(work.updates)),
      ])
    }
    return table
  }

  /// What the numbers of the plan do not say by themselves.
  private var remarks: String {
    var lines: [String] = []
    for sweep in plan.sweeps {
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
    let asked = plan.sweeps.reduce(0) { $0 + $1.runs.count }
    let shared = asked - plan.runs.count
    if shared > 0 { lines.append("\(shared) runs belong to several sweeps and are trained once") }
    if !experiment.unusedModels.isEmpty {
      lines.append(
        "no run uses: " + experiment.unusedModels.joined(separator: ", "))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}
