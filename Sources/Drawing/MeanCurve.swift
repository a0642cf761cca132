package import Tracking

/// The mean of a metric over the seeds of one configuration, with a band around it.
///
/// Runs that diverged are left out, as of every mean; where all of them did, the mean is theirs.
package struct MeanCurve: Sendable {
  package let group: String
  package let detail: String
  package let row: String
  package let column: String
  package let metric: Metric
  /// How many runs it is the mean of.
  package let seeds: Int
  /// Whether all of them diverged.
  package let isLost: Bool
  package private(set) var xs: [Double] = []
  package private(set) var ys: [Double] = []
  /// The ends of the band at each point; not-a-number where there is none.
  package private(set) var lower: [Double] = []
  package private(set) var upper: [Double] = []

  /// How many points it had before it was thinned out.
  package private(set) var measured = 0

  /// Points kept of a line, a stretch of the axis each four at most.
  private static let buckets = 250
  /// The same of all lines of a figure together, which keeps its file small.
  private static let bucketsOfAll = 5_000

  /// How bands are made of the seeds' values.
  package struct Spread {
    package var band = SeedBand.none
    /// Whether a metric's axis is logarithmic.
    package var isLogarithmic: (Metric) -> Bool = { _ in false }
    /// The stretches of the axis of which at most four points each are kept; `nil` for as many as a
    /// printed figure has room for.
    package var buckets: Int?

    package init() {}

    package init(band: SeedBand, isLogarithmic: @escaping (Metric) -> Bool) {
      self.band = band
      self.isLogarithmic = isLogarithmic
    }
  }

  /// One mean for each metric of each configuration, in the order of first appearance.
  package static func all(_ curves: [CurveSeries], logX: Bool, _ spread: Spread) -> [MeanCurve] {
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
    var bounds: [Metric: MetricBounds] = [:]
    for curve in curves where spread.band != .none && bounds[curve.metric] == nil {
      bounds[curve.metric] = curve.metric.bounds(extremes(of: curve.metric, curves))
    }
    // Many lines share the width of a panel: each needs fewer points.
    let usual = max(1, min(MeanCurve.buckets, bucketsOfAll / max(1, members.count)))
    let buckets = spread.buckets ?? usual
    return members.compactMap { curves in
      MeanCurve(curves, logX: logX, buckets: buckets, spread, bounds)
    }
  }

  /// The least and the greatest finite value of a metric: no other decides what its values can be.
  private static func extremes(of metric: Metric, _ curves: [CurveSeries]) -> [Double] {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for index in curves.indices where curves[index].metric == metric && !curves[index].hasDiverged {
      for value in curves[index].ys where value.isFinite {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    return [least, greatest]
  }

  private init?(
    _ all: [CurveSeries], logX: Bool, buckets: Int, _ spread: Spread,
    _ bounds: [Metric: MetricBounds]
  ) {
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
    let isLogarithmic = spread.isLogarithmic(metric)
    let within = bounds[metric] ?? MetricBounds()
    let areAlike = curves.allSatisfy { $0.steps == first.steps }
    let matches = areAlike ? nil : MeanCurve.matches(curves)
    if curves.count == 1 {
      xs = first.xs
      ys = first.ys.map { $0.isFinite ? $0 : .nan }
      lower = Array(repeating: .nan, count: ys.count)
      upper = lower
    } else {
      average(curves, matches, spread.band, isLogarithmic, within)
    }
    trim()
    measured = ys.count
    thinOut(logX, buckets)
  }

  private mutating func average(
    _ curves: [CurveSeries], _ matches: [[Int]?]?, _ band: SeedBand, _ isLogarithmic: Bool,
    _ bounds: MetricBounds
  ) {
    let count = Double(curves.count)
    var values = Array(repeating: 0.0, count: curves.count)
    let (xs, ys) = (curves.map(\.xs), curves.map(\.ys))
    for place in curves[0].steps.indices {
      if let matches, matches[place] == nil {
        append(x: xs[0][place], mean: .nan, nil)
        continue
      }
      var x = 0.0
      var mean = 0.0
      for number in curves.indices {
        let index = matches?[place]?[number] ?? place
        values[number] = ys[number][index]
        x += xs[number][index] / count
        mean += values[number] / count
      }
      let ends =
        band == .none
        ? nil : band.ends(of: values, isLogarithmic: isLogarithmic, within: bounds)
      append(x: x, mean: mean, ends)
    }
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

  private mutating func append(x: Double, mean: Double, _ ends: ClosedRange<Double>?) {
    xs.append(x)
    ys.append(mean.isFinite ? mean : .nan)
    let band = mean.isFinite ? ends : nil
    lower.append(band?.lowerBound ?? .nan)
    upper.append(band?.upperBound ?? .nan)
  }

  /// Leaves out what is missing at the end.
  private mutating func trim() {
    let kept = (ys.lastIndex { !$0.isNaN } ?? -1) + 1
    keep(Array(0..<kept))
  }

  private mutating func thinOut(_ logX: Bool, _ buckets: Int) {
    guard ys.count > 4 * buckets else { return }
    func corners(_ values: [Double]) -> [Int] {
      Decimation.indices(xs: xs, ys: values, buckets: buckets, isLogarithmic: logX)
    }
    var kept = Set(corners(ys))
    if hasBand {
      kept.formUnion(corners(upper))
      kept.formUnion(corners(lower))
    }
    keep(kept.sorted())
  }

  private mutating func keep(_ places: [Int]) {
    guard places.count < ys.count else { return }
    xs = places.map { xs[$0] }
    ys = places.map { ys[$0] }
    lower = places.map { lower[$0] }
    upper = places.map { upper[$0] }
  }

  package var hasBand: Bool { zip(lower, upper).contains { $0 < $1 } }

  /// The line's values and the ends of its band.
  package var edges: [Double] { ys + lower + upper }

  /// Where the line was cut; `nil` where it was not.
  package private(set) var exit: Double?

  /// The last point with a value.
  package var end: (x: Double, y: Double)? {
    guard let place = ys.lastIndex(where: \.isFinite) else { return nil }
    return (xs[place], ys[place])
  }

  /// Leaves out what is beyond `limit`, where a run on its way to infinity leaves the panel.
  package mutating func cut(at limit: Double) {
    guard let place = ys.firstIndex(where: { !($0 <= limit) }) else { return }
    exit = xs[place]
    keep(Array(0..<place))
    for index in upper.indices where upper[index] > limit {
      lower[index] = .nan
      upper[index] = .nan
    }
  }
}
