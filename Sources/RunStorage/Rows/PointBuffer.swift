import Tracking

/// Points of one run on their way to the disk, kept as the table wants them: the metrics of a step
/// in one row, the rows of equal metrics together.
struct PointBuffer: Sendable {
  /// As many values as a row of the table holds.
  static let width = 8

  /// The rows in which the same metrics were measured.
  struct Group: Sendable {
    let metrics: [Metric]
    var steps: [Int64] = []
    var epochs: [Int64] = []
    var times: [Int64] = []
    var values: [Double] = []  // (rows, metrics)
  }

  private(set) var groups: [Group] = []
  /// How many points wait.
  private(set) var count = 0

  /// The group of equal metrics: a program may tell thousands of them, one by one.
  private var places: [[Metric]: Int] = [:]
  private var metrics: [Metric] = []
  private var values: [Double] = []
  /// The group after the one written last: steps mostly repeat in the same order.
  private var next = 0

  /// Adds points, each of which is alone with its metric and step.
  mutating func append(_ points: some Sequence<MetricPoint>) {
    var first: MetricPoint?
    for point in points {
      if let start = first, start.step != point.step || metrics.count == Self.width {
        addRow(start)
        first = point
      } else if first == nil {
        first = point
      }
      metrics.append(point.metric)
      values.append(point.value)
    }
    if let first { addRow(first) }
  }

  /// Forgets the points and keeps the room they took.
  mutating func removeAll() {
    for place in groups.indices {
      groups[place].steps.removeAll(keepingCapacity: true)
      groups[place].epochs.removeAll(keepingCapacity: true)
      groups[place].times.removeAll(keepingCapacity: true)
      groups[place].values.removeAll(keepingCapacity: true)
    }
    count = 0
  }

  private mutating func addRow(_ point: MetricPoint) {
    let place = place()
    groups[place].steps.append(Int64(point.step))
    groups[place].epochs.append(Int64(point.epoch))
    groups[place].times.append(point.timeMilliseconds)
    groups[place].values.append(contentsOf: values)
    count += values.count
    metrics.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    next = place + 1 == groups.count ? 0 : place + 1
  }

  private mutating func place() -> Int {
    if next < groups.count, groups[next].metrics == metrics { return next }
    if let known = places[metrics] { return known }
    places[metrics] = groups.count
    groups.append(Group(metrics: metrics))
    return groups.count - 1
  }
}
