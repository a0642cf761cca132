import Datasets
import FileLanguage
import NeuralNet
public import Runs
public import Tracking

/// The loss over two directions, with the ways of several trainings on it.
public struct LandscapePlot: Plot {
  /// The name of the kind.
  public static let kind = "landscape"
  /// One line for people.
  public static let summary =
    "the loss over two directions with full-batch to single-sample descent"
  /// The keys beside those that every figure has.
  public static let keys = [BoundaryPlot.metric, PlotKeys.by, batch, updates, directions]
  /// What has to be there before a figure can be made.
  public static let needs = PlotNeeds.configurations

  private static let batch = Key(
    "batch",
    .value(
      .list(.either([.integer(1...Int.max), .word(["full"])]), count: 1...8)),
    default: "[full, the run's own, 1]", "the batch sizes whose descents are drawn")
  private static let updates = Key(
    "updates", .value(.integer(1...100_000)), default: "the run's own, at most 500",
    "how many updates each descent does")
  private static let directions = Key(
    "directions", .value(.list(.text, count: 2...2)),
    default: "the two parameters, or two principal axes of the ways",
    "two parameters, such as ['0.weight[0, 0]', '0.bias[0]']")

  /// What chooses the best configuration; `nil` means the objective.
  public let metric: Metric?
  /// A way a value of this key, each trained as its run is, instead of a way a batch size.
  public let by: SweepKey?
  /// Rows of a batch of each way, 0 for all; empty for the usual ones.
  public let batches: [Int]
  /// How many updates each way has; `nil` for the usual number.
  public let updates: Int?
  /// Two parameters; empty for the usual directions.
  public let directions: [String]

  /// Reads the keys of a cell, and reports what is wrong with them.
  public init?(_ reader: PlotKeyReader) {
    metric = reader.metric(BoundaryPlot.metric)
    by = reader.key(PlotKeys.by)
    let batch = reader.value(Self.batch)
    batches = Self.sizes(batch)
    updates = reader.integer(Self.updates)
    directions = reader.texts(Self.directions).map(\.text)
    if by != nil {
      for key in [Self.batch, Self.updates] where reader.isWritten(key) {
        reader.problems.report(
          reader.place(of: key), "'\(key.name)' has no meaning beside 'by'",
          ["with 'by' each way is trained as its runs are"])
      }
    }
    checkTraining(reader)
    checkShapes(reader)
  }

  /// One plane shows networks of equal weights alone: of every group one configuration must have them.
  private func checkShapes(_ reader: PlotKeyReader) {
    guard let by, !reader.sweep.hasFailed, reader.sweep.shapes.count == 1,
      let shape = reader.sweep.shapes.first
    else { return }
    var groups: [(name: String, shapes: Set<[Shape]>)] = []
    for (value, configuration) in reader.sweep.grouped(by) {
      guard let network = configuration.network, network.train.loss != nil,
        let graph = try? Graph(network.layers, input: Shape(shape.featureShape))
      else { continue }
      let shapes = graph.parameters.map(\.shape)
      if let place = groups.firstIndex(where: { $0.name == value.display }) {
        groups[place].shapes.insert(shapes)
      } else {
        groups.append((value.display, [shapes]))
      }
    }
    guard let first = groups.first,
      let other = groups.first(where: { $0.shapes.isDisjoint(with: first.shapes) })
    else { return }
    reader.problems.report(
      reader.place(of: PlotKeys.by),
      "\(Words.quoted(other.name)) has other weights than \(Words.quoted(first.name)), so that one"
        + " plane cannot show both",
      ["group by a key that leaves the network as it is, such as lr or batch_size"])
  }

  private static func sizes(_ value: ParameterValue?) -> [Int] {
    guard case .list(let items)? = value else { return [] }
    return items.compactMap { item in
      if case .integer(let rows) = item { rows } else { item == .text("full") ? 0 : nil }
    }
  }

  private func checkTraining(_ reader: PlotKeyReader) {
    let configurations = reader.sweep.configurations
    guard !reader.sweep.hasFailed, !configurations.isEmpty else { return }
    if configurations.allSatisfy({ $0.network?.train.loss == nil }) {
      reader.problems.report(
        reader.mark, "the runs of '\(reader.sweep.name)' have no loss, so there is no landscape",
        ["take data with a target"])
    }
  }
}
