import Drawing
import Datasets
import Experiments
import Figures
import Results
import RunStorage
import Tracking

/// The lines of a chart, made of all runs that were asked for, line by line.
///
/// Each run's curve is smoothed, then lines of several runs are the mean over all of them with its band,
/// then what is left of the axis is thinned out.
struct DrawnCurves: Sendable {
  let question: CurveQuestion
  /// The metrics that are drawn.
  let metrics: [Metric]
  private(set) var lines: [DrawnLine] = []
  /// What was pooled, left out, smoothed or thinned, in sentences.
  private(set) var notes: [String] = []
  private let axis: CurveAxis
  /// Up to which step each run's metrics are drawn; `nil` for all.
  private let limits: [RunID: [Metric: Int]]?

  /// More lines than that nobody tells apart.
  static let mostLines = 200

  /// How many runs or groups have room where each has a line a metric.
  static func room(for metrics: [Metric]) -> Int { mostLines / max(1, metrics.count) }

  /// Reads and draws.
  ///
  /// - Parameter limits: up to which step each run's metrics are drawn, a metric without one not at all;
  ///   `nil` for all.
  /// - Throws: `LabbookError` where a key, a metric or an axis does not fit the runs.
  init(
    _ chosen: ChosenRuns, _ question: CurveQuestion, in store: RunStore, _ axis: CurveAxis,
    upTo limits: [RunID: [Metric: Int]]? = nil
  ) throws {
    self.question = question
    self.axis = axis
    self.limits = limits
    metrics = try Self.metrics(chosen.runs, question, store)
    let groups = try LineGroup.all(chosen, question, upTo: Self.room(for: metrics))
    for group in groups.lines { lines += try drawn(group, store) }
    notes = remarks(groups.count, shown: groups.lines.count)
  }

  /// The metrics that were asked for, or those that are shown of the runs.
  static func metrics(
    _ runs: [RunRecord], _ question: CurveQuestion, _ store: RunStore
  ) throws -> [Metric] {
    // What is at work may measure more than it did when it was found.
    let isOver = runs.allSatisfy { $0.status.isResult || $0.status == .failed }
    let measured = isOver ? runs.measured : try store.metrics(of: runs.map(\.id))
    guard question.metrics.isEmpty else {
      for metric in question.metrics where !measured.contains(metric) {
        let isKnown = try store.names().metrics.contains(metric.name)
        // A run that has just begun has not measured anything yet.
        if isKnown || runs.contains(where: { !$0.status.isResult }) { continue }
        let near = nearestName(to: metric.name, among: measured.map(\.name))
        throw LabbookError.input(
          "metric: no run that was asked for has '\(metric)'",
          hint: near.map { "did you mean '\($0)'?" }
            ?? "there are " + measured.map(\.name).joined(separator: ", "))
      }
      return question.metrics
    }
    return ShownMetrics.curves(
      of: Set(measured), objectives: Set(runs.map(\.objective.metric)).sorted { $0.name < $1.name })
  }

  /// So many runs are read at once.
  private static let piece = 200

  /// Of more runs than that the curves of one metric are held at a time.
  private static let many = 20_000

  private func drawn(_ group: LineGroup, _ store: RunStore) throws -> [DrawnLine] {
    // The first moment of a run is that of all its metrics.
    let isOneByOne = group.runs.count > Self.many && axis.kind != .time
    let lists = isOneByOne ? metrics.map { [$0] } : [metrics]
    return try lists.flatMap { try drawn(group, $0, store) }
  }

  private func drawn(
    _ group: LineGroup, _ metrics: [Metric], _ store: RunStore
  ) throws -> [DrawnLine] {
    var measured: [Metric: Measured] = [:]
    let runs = group.drawn
    for start in stride(from: 0, to: runs.count, by: Self.piece) {
      let part = runs[start..<min(runs.count, start + Self.piece)]
      let read = try store.curves(of: part.map(\.id), metrics)
      let byRun = Dictionary(grouping: read.compactMap(limited), by: \.run)
      for run in part {
        let own = byRun[run.id] ?? []
        let start = own.compactMap(\.times.first).min() ?? 0
        for curve in own {
          let xs = try axis.places(of: curve, run, start: start)
          measured[curve.metric, default: Measured()].add(curve, at: xs, of: run, in: group)
        }
      }
    }
    return metrics.compactMap { metric in
      measured[metric].flatMap { line(group, $0.curves, $0.gaps) }
    }
  }

  /// The part of a curve that was told.
  private func limited(_ curve: Curve) -> Curve? {
    guard let limits else { return curve }
    return limits[curve.run]?[curve.metric].map { curve.part(upTo: $0) }
  }

  /// The curves of one metric, of which most are measured at the same places.
  private struct Measured {
    var curves: [CurveSeries] = []
    var gaps = 0

    mutating func add(_ curve: Curve, at xs: [Double], of run: RunRecord, in group: LineGroup) {
      let last = curves.last
      curves.append(
        CurveSeries(
          configuration: "", group: group.name, seed: run.seed,
          hasDiverged: run.status == .diverged, metric: curve.metric,
          steps: last?.steps == curve.steps ? last?.steps ?? [] : curve.steps,
          xs: last?.xs == xs ? last?.xs ?? [] : xs, ys: curve.values))
      gaps += curve.values.count { !$0.isFinite }
    }
  }

  private func line(_ group: LineGroup, _ measured: [CurveSeries], _ gaps: Int) -> DrawnLine? {
    let isSmooth = question.smoothing > 0
    let smooth = isSmooth ? measured.map { $0.smoothed(question.smoothing) } : measured
    guard let curve = mean(of: smooth, question.band) else { return nil }
    return DrawnLine(
      id: group.id, name: group.name, colourKey: group.colourKey, facet: group.facet,
      run: group.isRun ? group.runs.first?.id : nil, runs: measured.count,
      configurations: Set(group.runs.map(\.configuration)).count,
      diverged: measured.count(where: \.hasDiverged), curve: curve,
      raw: isSmooth ? mean(of: measured, .none) : nil, gaps: gaps)
  }

  /// The mean over runs, thinned out within the part of the axis that was asked for.
  private func mean(of curves: [CurveSeries], _ band: SeedBand) -> MeanCurve? {
    var spread = MeanCurve.Spread()
    spread.band = band
    spread.isLogarithmic = { [question] _ in question.logY }
    spread.buckets = max(1, question.points / 4)
    let parts = question.range.map { range in curves.map { $0.part(within: range) } } ?? curves
    return MeanCurve.all(parts, logX: question.logX, spread).first
  }

  // MARK: Words

  private func remarks(_ count: Int, shown: Int) -> [String] {
    var words: [String] = []
    if shown < count {
      words.append("the first \(shown) of \(count) lines are drawn; narrow the runs")
    }
    if question.smoothing > 0 {
      let b = question.smoothing
      words.append(
        "each run is smoothed before anything else: s(t) = b s(t-1) + (1-b) y(t), divided by 1 - b^t, "
          + "b = \(SeedStatistics.text(b)); what was measured is faint behind")
    }
    if lines.contains(where: { $0.runs > 1 }) {
      let band = question.band == .none ? "" : ", band \(question.band.words)"
      words.append(
        "a line is the mean over all runs of its group\(band), where all of them have a value")
    }
    let diverged = lines.reduce(0) { $0 + ($1.runs > 1 ? $1.diverged : 0) }
    if diverged > 0 { words.append("\(diverged) curves of diverged runs are in no mean") }
    let gaps = lines.reduce(0) { $0 + $1.gaps }
    if gaps > 0 { words.append("\(gaps) values are not finite: gaps in their lines") }
    let thinned = lines.count { $0.curve.measured > $0.curve.xs.count }
    if thinned > 0 {
      words.append(
        "\(thinned) of \(lines.count) lines are thinned out to about \(question.points) points: of each "
          + "stretch of the axis the first, least, greatest and last; zoom in for all")
    }
    return words
  }

  /// The chart's data.
  var json: JSONValue { .object(fields) }

  private var fields: [(String, JSONValue)] {
    [
      ("axis", .text(axis.kind.rawValue)), ("axis_name", .text(axis.name)),
      ("smoothing", .number(question.smoothing)), ("band", .text(question.band.rawValue)),
      ("log_x", .flag(question.logX)), ("log_y", .flag(question.logY)),
      ("metrics", .texts(metrics.map(\.name))), ("notes", .texts(notes)),
      ("lines", .list(lines.map(\.json))),
    ]
  }
}

extension CurveSeries {
  /// The points of a curve on a part of its axis.
  fileprivate func part(within range: ClosedRange<Double>) -> CurveSeries {
    let kept = xs.indices.filter { range.contains(xs[$0]) }
    guard kept.count < xs.count else { return self }
    var part = self
    part.xs = kept.map { xs[$0] }
    part.ys = kept.map { ys[$0] }
    part.steps = kept.map { steps[$0] }
    return part
  }
}

extension SeedBand {
  /// What the band reaches over, in words.
  fileprivate var words: String {
    switch self {
    case .std: "one sample deviation"
    case .sem: "one standard error"
    case .ci: "95 % interval of the mean"
    case .quartiles: "first to third quartile"
    case .range: "least to greatest"
    case .none: "none"
    }
  }
}
