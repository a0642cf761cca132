public import Tracking

/// The last and the best value of each metric of a run, as a dictionary has them.
///
/// The runs of one reading share the names: a run itself has three numbers for each.
public struct RunMetrics: Sendable, Hashable, RandomAccessCollection {
  let shape: Shape
  private let series: [Series]
  /// Whether the run diverged or failed: what it had reached is no final value.
  private let isBad: Bool

  /// What is stored of a metric: not-a-number where SQLite has no value.
  struct Series: Sendable {
    let last: Double
    let lastStep: Int
    let best: Double
  }

  /// The metrics that many runs have.
  final class Shape: Sendable {
    let metrics: [Metric]
    private let places: [Metric: Int]

    init(_ metrics: [Metric]) {
      self.metrics = metrics
      places = Dictionary(zip(metrics, metrics.indices)) { _, last in last }
    }

    func place(of metric: Metric) -> Int? { places[metric] }

    static let none = Shape([])
  }

  static let none = RunMetrics(.none, [], isBad: false)

  init(_ shape: Shape, _ series: [Series], isBad: Bool) {
    (self.shape, self.series, self.isBad) = (shape, series, isBad)
  }

  /// How many metrics there are.
  public var endIndex: Int { series.count }
  /// The first place.
  public var startIndex: Int { 0 }

  /// A metric and its values.
  public subscript(place: Int) -> (key: Metric, value: MetricSummary) {
    let own = series[place]
    return (
      shape.metrics[place],
      MetricSummary(
        last: isBad ? nil : own.last, lastStep: own.lastStep, best: own.best.isNaN ? nil : own.best)
    )
  }

  /// What is kept of a metric; `nil` where the run does not have it.
  public subscript(metric: Metric) -> MetricSummary? {
    shape.place(of: metric).map { self[$0].value }
  }

  /// The metrics.
  public var keys: [Metric] { shape.metrics }

  /// Whether both have the same values of the same metrics.
  public static func == (a: RunMetrics, b: RunMetrics) -> Bool {
    a.count == b.count
      && a.allSatisfy { metric, own in
        guard let other = b[metric] else { return false }
        return own.lastStep == other.lastStep && own.best == other.best
          && (own.last == other.last || own.last?.isNaN == true && other.last?.isNaN == true)
      }
  }

  /// Feeds how many there are: their order is no part of them.
  public func hash(into hasher: inout Hasher) { hasher.combine(series.count) }
}

extension Sequence where Element == RunRecord {
  /// The metrics that some of the runs have, sorted by name.
  public var measured: [Metric] {
    // Shapes are kept, so that no other takes the place of one in memory.
    var seen: [ObjectIdentifier: RunMetrics.Shape] = [:]
    for run in self { seen[ObjectIdentifier(run.metrics.shape)] = run.metrics.shape }
    return Set(seen.values.flatMap(\.metrics)).sorted { $0.name < $1.name }
  }

  /// The paths of the parameters that some of the runs have.
  public var paths: Set<String> {
    var seen: [ObjectIdentifier: RunParameters.Shape] = [:]
    for run in self { seen[ObjectIdentifier(run.parameters.shape)] = run.parameters.shape }
    return Set(seen.values.flatMap(\.paths))
  }
}
