import Tracking

/// Points of one run on their way to the disk, kept by metric, as the table wants them.
struct PointBuffer: Sendable {
  struct Column: Sendable {
    let metric: Metric
    var steps: [Int64] = []
    var values: [Double] = []
  }

  struct Step: Sendable {
    let step: Int64
    let epoch: Int64
    let timeMilliseconds: Int64
  }

  private(set) var columns: [Column] = []
  private(set) var steps: [Step] = []
  private(set) var count = 0
  /// The column after the one written last: metrics come in the same order at every step.
  private var next = 0

  mutating func append(_ point: MetricPoint) {
    let place = place(of: point.metric)
    columns[place].steps.append(Int64(point.step))
    columns[place].values.append(point.value)
    next = place + 1
    count += 1
    let step = Int64(point.step)
    guard steps.last?.step != step else { return }
    steps.append(
      Step(step: step, epoch: Int64(point.epoch), timeMilliseconds: point.timeMilliseconds))
  }

  /// Forgets the points and keeps the room they took.
  mutating func removeAll() {
    for place in columns.indices {
      columns[place].steps.removeAll(keepingCapacity: true)
      columns[place].values.removeAll(keepingCapacity: true)
    }
    steps.removeAll(keepingCapacity: true)
    count = 0
  }

  private mutating func place(of metric: Metric) -> Int {
    if next < columns.count, columns[next].metric == metric { return next }
    if let known = columns.firstIndex(where: { $0.metric == metric }) { return known }
    columns.append(Column(metric: metric))
    return columns.count - 1
  }
}
