import Tracking

/// The mean of a metric over the seeds of one configuration, with its deviation.
///
/// Runs that diverged are left out, as of every mean; where all of them did, the mean is theirs.
struct MeanCurve {
  let group: String
  let detail: String
  let row: String
  let column: String
  let metric: Metric
  /// How many runs it is the mean of.
  let seeds: Int
  /// Whether all of them diverged.
  let isLost: Bool
  private(set) var xs: [Double] = []
  private(set) var ys: [Double] = []
  /// The sample deviation at each point; zero for a single seed.
  private(set) var deviations: [Double] = []

  /// Points kept of a line, a stretch of the axis each four at most.
  private static let buckets = 250

  /// One mean for each metric of each configuration, in the order of first appearance.
  static func all(_ curves: [CurveSeries], logX: Bool) -> [MeanCurve] {
    struct Name: Hashable {
      let configuration: String
      let group: String
      let row: String
      let column: String
      let metric: Metric
    }
    var places: [Name: Int] = [:]
    var members: [[CurveSeries]] = []
    for curve in curves {
      let name = Name(
        configuration: curve.configuration, group: curve.group, row: curve.row,
        column: curve.column, metric: curve.metric)
      if let place = places[name] {
        members[place].append(curve)
      } else {
        places[name] = members.count
        members.append([curve])
      }
    }
    // Many lines share the width of a panel: each needs fewer points.
    let buckets = max(1, min(MeanCurve.buckets, 12_000 / max(1, members.count)))
    return members.compactMap { MeanCurve($0, logX: logX, buckets: buckets) }
  }

  private init?(_ all: [CurveSeries], logX: Bool, buckets: Int) {
    let healthy = all.filter { !$0.hasDiverged }
    let curves = healthy.isEmpty ? all : healthy
    guard let first = curves.first else { return nil }
    group = first.group
    detail = first.detail
    row = first.row
    column = first.column
    metric = first.metric
    seeds = curves.count
    isLost = healthy.isEmpty
    if curves.allSatisfy({ $0.steps == first.steps }) {
      average(curves, places: first.steps.indices.map { place in curves.map { _ in place } })
    } else {
      average(curves, places: MeanCurve.matches(curves))
    }
    trim()
    thinOut(logX, buckets)
  }

  /// For each step of the first curve the place of that step in every curve; none where one lacks it.
  private static func matches(_ curves: [CurveSeries]) -> [[Int]?] {
    let indices = curves.map { curve in
      Dictionary(
        zip(curve.steps, curve.steps.indices), uniquingKeysWith: { _, later in later })
    }
    return (curves.first?.steps ?? []).map { step in
      let found = indices.compactMap { $0[step] }
      return found.count == curves.count ? found : nil
    }
  }

  private mutating func average(_ curves: [CurveSeries], places: [[Int]?]) {
    let count = Double(curves.count)
    for (place, members) in places.enumerated() {
      guard let members else {
        append(x: curves[0].xs[place], mean: .nan, deviation: .nan)
        continue
      }
      var x = 0.0
      var mean = 0.0
      for (curve, index) in zip(curves, members) {
        x += curve.xs[index] / count
        mean += curve.ys[index] / count
      }
      var squares = 0.0
      for (curve, index) in zip(curves, members) {
        let distance = curve.ys[index] - mean
        squares += distance * distance
      }
      let deviation = curves.count > 1 ? (squares / (count - 1)).squareRoot() : 0
      append(x: x, mean: mean.isFinite ? mean : .nan, deviation: deviation)
    }
  }

  private mutating func append(x: Double, mean: Double, deviation: Double) {
    xs.append(x)
    ys.append(mean)
    deviations.append(mean.isFinite && deviation.isFinite ? deviation : .nan)
  }

  /// Leaves out what is missing at the end.
  private mutating func trim() {
    while let last = ys.last, last.isNaN {
      xs.removeLast()
      ys.removeLast()
      deviations.removeLast()
    }
  }

  private mutating func thinOut(_ logX: Bool, _ buckets: Int) {
    guard ys.count > 4 * buckets else { return }
    func corners(_ values: [Double]) -> [Int] {
      Decimation.indices(xs: xs, ys: values, buckets: buckets, isLogarithmic: logX)
    }
    var kept = Set(corners(ys))
    if hasBand {
      kept.formUnion(corners(zip(ys, deviations).map { $0 + $1 }))
      kept.formUnion(corners(zip(ys, deviations).map { $0 - $1 }))
    }
    let order = kept.sorted()
    xs = order.map { xs[$0] }
    ys = order.map { ys[$0] }
    deviations = order.map { deviations[$0] }
  }

  var hasBand: Bool { seeds > 1 && deviations.contains { $0 > 0 } }

  /// The line's values and the ends of its band.
  var edges: [Double] { ys + zip(ys, deviations).flatMap { [$0 - $1, $0 + $1] } }

  /// Where the line was cut; `nil` where it was not.
  private(set) var exit: Double?

  /// The last point with a value.
  var end: (x: Double, y: Double)? {
    guard let place = ys.lastIndex(where: \.isFinite) else { return nil }
    return (xs[place], ys[place])
  }

  /// Leaves out what is beyond `limit`, where a run on its way to infinity leaves the panel.
  mutating func cut(at limit: Double) {
    guard let place = ys.firstIndex(where: { !($0 <= limit) }) else { return }
    exit = xs[place]
    xs.removeSubrange(place...)
    ys.removeSubrange(place...)
    deviations.removeSubrange(place...)
    for index in deviations.indices where ys[index] + deviations[index] > limit {
      deviations[index] = .nan
    }
  }

  func band(color: Color, opacity: Double) -> Band {
    Band(
      xs: xs, lower: zip(ys, deviations).map { $0 - $1 },
      upper: zip(ys, deviations).map { $0 + $1 },
      color: color, opacity: opacity)
  }

  func line(stroke: Stroke) -> Line { Line(xs: xs, ys: ys, stroke: stroke) }
}
