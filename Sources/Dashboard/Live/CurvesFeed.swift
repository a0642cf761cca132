import Drawing
import Datasets
import Figures
import RunStorage
import Tracking
import Web

/// The curves of a chart as they grow.
///
/// A line of one run grows by `points`, each point once, smoothed as those before it. Where what was told
/// would change (a mean over runs, points of an epoch that is not done, a run that goes back to an earlier
/// state or has ended), the line is told anew by `lines`. A run that joins the sweep makes it all anew.
final class CurvesFeed: Feed {
  private let query: WebQuery
  private let question: CurveQuestion
  private let store: RunStore
  private let axis: CurveAxis
  private var chosen: ChosenRuns
  private var metrics: [Metric] = []
  /// What has been told of each run that has a line of its own.
  private var told: [RunID: Told] = [:]
  /// Where the runs of means stood when these were told.
  private var marks: [RunID: FollowedMark] = [:]
  private var lastChosen = ContinuousClock.now
  private var lastMetrics = ContinuousClock.now

  /// What has been told of a run.
  private struct Told {
    var state: FollowedRun
    /// The last step of each metric that was told.
    var steps: [Metric: Int] = [:]
    var averages: [Metric: MovingAverage] = [:]
    /// The last epoch of each metric that was told.
    var epochs: [Metric: Int] = [:]
    /// Whether a point's place along the axis may follow from what comes after it.
    var moves = false
    /// The run's first moment.
    var start: Int64?
    /// How many points of each metric were told.
    var counts: [Metric: Int] = [:]

    /// Whether the run went back to an earlier state, or its last point was measured again.
    func isUndone(by now: FollowedRun) -> Bool {
      steps.contains { metric, step in
        guard let last = now.last[metric], let before = state.last[metric] else { return true }
        return last.step < step || last.step == before.step && last.value != before.value
      }
    }
  }

  /// - Throws: what `ChosenRuns` and `DrawnCurves` throw.
  init(_ query: WebQuery, in store: RunStore, _ library: DataLibrary) throws {
    self.query = query
    self.store = store
    var question = try CurveQuestion(query)
    question.range = nil
    self.question = question
    axis = CurveAxis(question.axis, store, library)
    chosen = try ChosenRuns(query, in: store)
    try begin()
  }

  /// Takes everything that is in the store as told.
  private func begin() throws {
    metrics = try DrawnCurves.metrics(chosen.runs, question, store)
    told = [:]
    guard isAlone else {
      marks = try store.marks(chosen.runs.map(\.id), metrics)
      return
    }
    let states = try store.followed(runs.map(\.id), metrics)
    for run in runs { told[run.id] = states[run.id].map { Told(state: $0) } }
    for run in runs { _ = try grown(run) }
  }

  /// The runs that have a line of their own.
  private var runs: [RunRecord] { Array(chosen.runs.prefix(DrawnCurves.room(for: metrics))) }

  /// Whether each line is one run's.
  private var isAlone: Bool { question.by.isEmpty }

  func whole() throws -> FeedEvent {
    let drawn = try DrawnCurves(chosen, question, in: store, axis, upTo: limits)
    return FeedEvent(name: "curves", body: drawn.json)
  }

  /// Up to which step lines were told; of means nothing is known beside what is there.
  private var limits: [RunID: [Metric: Int]]? { isAlone ? told.mapValues(\.steps) : nil }

  func news() throws -> [FeedEvent] {
    if try haveRunsJoined() || haveMetricsCome() {
      try begin()
      return [try whole()]
    }
    return isAlone ? try newsOfRuns() : try newsOfMeans()
  }

  /// The means over runs of which some stand elsewhere now.
  private func newsOfMeans() throws -> [FeedEvent] {
    let now = try store.marks(chosen.runs.map(\.id), metrics)
    var anew: Set<RunID> = []
    var ended: [JSONValue] = []
    for run in chosen.runs {
      guard let mark = now[run.id], let before = marks[run.id], mark != before else { continue }
      anew.insert(run.id)
      if mark.status != before.status { ended.append(Self.ending(run.id, mark.status)) }
    }
    marks = now
    return try (anew.isEmpty ? [] : lines(anew))
      + (ended.isEmpty ? [] : [FeedEvent(name: "status", body: .list(ended))])
  }

  private static func ending(_ run: RunID, _ status: RunStatus) -> JSONValue {
    .object([("run", .text(run.description)), ("status", .text(status.rawValue))])
  }

  private func newsOfRuns() throws -> [FeedEvent] {
    let states = try store.followed(runs.map(\.id), metrics)
    var points: [JSONValue] = []
    var anew: Set<RunID> = []
    var ended: [JSONValue] = []
    for run in runs {
      guard let state = states[run.id], let known = told[run.id], known.state != state else {
        continue
      }
      let isBack = known.isUndone(by: state)
      told[run.id]?.state = state
      if known.state.status != state.status {
        ended.append(Self.ending(run.id, state.status))
      }
      if isBack || known.state.status != state.status {
        anew.insert(run.id)
      } else if let grown = try grown(run) {
        points += grown
      } else {
        anew.insert(run.id)
      }
    }
    var events: [FeedEvent] = []
    if !points.isEmpty { events.append(FeedEvent(name: "points", body: .list(points))) }
    if !anew.isEmpty { events += try lines(anew) }
    if !ended.isEmpty { events.append(FeedEvent(name: "status", body: .list(ended))) }
    return events
  }

  /// Whether the sweep or the condition has other runs than before; a sweep is asked every 2 seconds, a
  /// condition every 5.
  private func haveRunsJoined() throws -> Bool {
    guard query["runs"] == nil else { return false }
    let isSweep = (query["where"] ?? "").isEmpty
    guard ContinuousClock.now - lastChosen > .seconds(isSweep ? 2 : 5) else { return false }
    lastChosen = .now
    let before = chosen.runs.map(\.id)
    if isSweep, let sweep = chosen.sweep, try store.places(in: sweep).map(\.run) == before {
      return false
    }
    chosen = try ChosenRuns(query, in: store)
    return chosen.runs.map(\.id) != before
  }

  /// Whether runs measure what they did not before, where nobody has named metrics; asked every 5 seconds.
  private func haveMetricsCome() throws -> Bool {
    guard question.metrics.isEmpty,
      metrics.isEmpty || ContinuousClock.now - lastMetrics > .seconds(5)
    else { return false }
    lastMetrics = .now
    return try DrawnCurves.metrics(chosen.runs, question, store) != metrics
  }

  /// The lines that some runs belong to, as they are now.
  private func lines(_ runs: Set<RunID>) throws -> [FeedEvent] {
    let room = DrawnCurves.room(for: metrics)
    let touched = try LineGroup.all(chosen, question, upTo: room).lines.filter { group in
      group.runs.contains { runs.contains($0.id) }
    }
    // Their runs stand otherwise than when they were chosen.
    var part = chosen
    part.runs = try store.runs(ofIDs: touched.flatMap(\.runs).map(\.id))
    let fresh = Dictionary(part.runs.map { ($0.id, $0) }) { first, _ in first }
    chosen.runs = chosen.runs.map { fresh[$0.id] ?? $0 }
    for run in part.runs where isAlone {
      told[run.id] = told[run.id].map { Told(state: $0.state) }
      _ = try grown(run)
    }
    var question = question
    question.metrics = metrics
    let drawn = try DrawnCurves(part, question, in: store, axis, upTo: limits)
    return [FeedEvent(name: "lines", body: .list(drawn.lines.map(\.json)))]
  }

  /// The points of a run that were not told, one entry a metric; `nil` where those told before move.
  private func grown(_ run: RunRecord) throws -> [JSONValue]? {
    guard var known = told[run.id] else { return [] }
    var grown: [JSONValue] = []
    for metric in metrics {
      let since = known.steps[metric]
      guard let last = known.state.last[metric]?.step, since.map({ $0 < last }) ?? true,
        let curve = try store.curves(of: [run.id], [metric], since: since).first
      else { continue }
      known.moves = known.moves || !axis.staysPut(curve, after: known.epochs[metric])
      known.epochs[metric] = curve.epochs.last
      if run.isLogged, let since {
        // What programs log may come out of order.
        let before = try store.pointCount(of: run.id, metric, upTo: since)
        if before != known.counts[metric] { return nil }
      }
      known.counts[metric, default: 0] += curve.steps.count
      let start = min(known.start ?? .max, curve.times.first ?? .max)
      known.start = start
      let xs = try axis.places(of: curve, run, start: start)
      var average = known.averages[metric] ?? MovingAverage(question.smoothing)
      let smooth = curve.values.map { average.next($0) }
      known.averages[metric] = average
      known.steps[metric] = curve.steps.last
      var fields: [(String, JSONValue)] = [
        ("id", .text(run.id.description)), ("metric", .text(metric.name)),
        ("x", .places(xs)), ("y", .places(smooth)),
      ]
      if question.smoothing > 0 { fields.append(("raw_y", .places(curve.values))) }
      grown.append(.object(fields))
    }
    told[run.id] = known
    return known.moves ? nil : grown
  }
}
