import Pages
import Results
import RunStorage
import Runs
import Terminal
import Tracking
import Web

/// The parts of a sweep's page that change as it goes on.
struct SweepMarkup {
  let state: SweepState
  let store: RunStore

  /// The bar, the numbers of runs, what is best and how long it takes.
  var facts: String {
    let left =
      state.progress?.secondsLeft.map { "about \(Quantity.duration($0))" }
      ?? (state.remaining == 0
        ? "done" : state.count(.running) == 0 ? "nobody trains it" : "not known yet")
    return """
      <div data-fresh="facts">\(bar)
      <ul class="statuses">\(statuses)</ul>
      <dl class="sweep-facts">
      <div><dt>runs</dt><dd>\(state.record.runs)\(former)</dd></div>
      <div><dt>best so far</dt><dd>\(best)</dd></div>
      <div><dt>time left</dt><dd>\(left)</dd></div>
      <div><dt>trained for</dt><dd>\(state.record.durationSeconds < 1 ? "under 1 s" : Quantity.duration(state.record.durationSeconds))</dd></div>
      </dl></div>
      """
  }

  private var former: String {
    state.record.former == 0
      ? "" : " <small class=\"faint\">and \(state.record.former) former</small>"
  }

  private var best: String {
    guard let progress = state.progress, let run = progress.bestRun, let value = progress.best
    else { return "<span class=\"faint\">nothing yet</span>" }
    return Markup.link("/runs/\(run)", SeedStatistics.text(value))
      + " <small class=\"faint\">\(Markup.text(progress.objective?.metric.name ?? ""))</small>"
  }

  /// A bar of the runs by their status; the words beside it say the same.
  private var bar: String {
    let total = Double(max(1, state.record.runs))
    var x = 0.0
    let parts = Self.order.compactMap { status -> String? in
      let count = state.count(status)
      guard count > 0 else { return nil }
      let width = Double(count) / total * 1000
      defer { x += width }
      return "<rect class=\"st-\(status.rawValue)\" x=\"\(x)\" width=\"\(width)\" height=\"10\"/>"
    }
    return
      "<svg class=\"progress\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + parts.joined() + "</svg>"
  }

  private var statuses: String {
    Self.order.compactMap { status in
      let count = state.count(status)
      guard count > 0 else { return nil }
      return "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
        + "<rect class=\"st-\(status.rawValue)\" width=\"10\" height=\"10\"/></svg>"
        + "\(count) \(status.rawValue)</li>"
    }.joined()
  }

  /// What has a result first, what is to come last.
  private static let order: [RunStatus] = [
    .completed, .stopped, .diverged, .failed, .running, .interrupted, .planned,
  ]

  /// The runs that were asked for together.
  var rounds: String {
    let rounds = state.rounds
    guard rounds.count > 1 else { return "<div data-fresh=\"rounds\"></div>" }
    let shown = rounds.suffix(40)
    let rows = shown.enumerated().map { index, round in
      let done = round.runs.count { $0.status.isResult }
      return "<tr><th scope=\"row\">\(rounds.count - shown.count + index + 1)</th>"
        + "<td>\(Markup.time(round.at + "Z"))</td><td class=\"number\">\(round.runs.count)</td>"
        + "<td class=\"number\">\(done)</td><td>\(escapedHTML(round.runs.unfinishedWords()))</td></tr>"
    }
    let left = rounds.count - shown.count
    return """
      <div data-fresh="rounds"><h2>Rounds</h2>
      <p class="remark">Runs that were asked for together\(left > 0 ? "; the first \(left) rounds are left out" : "").</p>
      <div class="wide" tabindex="0"><table class="numbers"><thead><tr><th>round</th><th>asked for</th>
      <th class="number">runs</th><th class="number">with a result</th><th>of them not completed</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></div>
      """
  }

  /// The runs that ended before their time.
  func early() throws -> String {
    let early = try state.early(in: store)
    guard !early.isEmpty else { return "<div data-fresh=\"early\"></div>" }
    let reasons = Dictionary(grouping: early) { "\($0.run.status.rawValue), \($0.why)" }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    let counted = reasons.prefix(12).map { why, runs in
      "<li>\(runs.count) \(Markup.clipped(why))</li>"
    }
    let others = reasons.count > 12 ? "<li>and \(reasons.count - 12) other reasons</li>" : ""
    let rows = early.suffix(100).reversed().map { run, why in
      "<tr><th scope=\"row\">\(Markup.link("/runs/\(run.id)", Markup.dot(run.key) + run.id.short))</th>"
        + "<td>\(Markup.status(run.status))</td><td>\(Markup.clipped(Self.place(run)))</td>"
        + "<td class=\"number\">\(run.epoch.map(String.init) ?? "")</td><td>\(Markup.clipped(why))</td></tr>"
    }
    let more = early.count > 100 ? " The latest 100 of \(early.count)." : ""
    return """
      <div data-fresh="early"><h2>Ended before their time</h2>
      <ul class="reasons">\(counted.joined())\(others)</ul>
      <details class="take"><summary>Which runs</summary><p class="remark">\(more)</p>
      <div class="wide" tabindex="0"><table class="numbers"><thead><tr><th>run</th><th>status</th><th>of</th>
      <th class="number">epoch</th><th>why</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></details></div>
      """
  }

  private static func place(_ run: RunRecord) -> String { "\(run.modelName), seed \(run.seed)" }
}
