import Foundation
import Pages
import RunStorage
import Terminal
import Tracking
import Web

/// The page of one run.
struct RunPage {
  let details: RunDetails
  let isEditing: Bool
  /// The store's path, for the lines to copy.
  let store: String
  /// What went wrong with an edit.
  var problem: LabbookError?

  private var run: RunRecord { details.run }
  private var path: String { "/runs/\(details.name)" }

  var body: String {
    [
      heading, problem.map(Self.markup), RunSettings(run: run).summary, differences, charts,
      metrics,
      RunSettings(run: run).all, log, details.logging?.markup, files, remarks, commands,
      environment,
    ].compactMap { $0 }.joined(separator: "\n")
  }

  private static func markup(_ problem: LabbookError) -> String {
    "<div class=\"error\" role=\"alert\">\(Markup.text(problem.message))"
      + (problem.hint.isEmpty ? "" : "<p class=\"remark\">\(Markup.text(problem.hint))</p>")
      + "</div>"
  }

  private var heading: String {
    let sweep = TableRequest.of(experiment: run.sweep.experiment, sweep: run.sweep.sweep)
    let experiment = TableRequest.of(experiment: run.sweep.experiment)
    var links = [
      Markup.link(experiment.address(), Markup.clipped(run.sweep.experiment, to: 60)),
      Markup.link(sweep.address(), Markup.clipped(run.sweep.sweep, to: 60)),
    ]
    links += details.memberships.filter { $0.sweep != run.sweep }.map {
      Markup.link(
        TableRequest.of(experiment: $0.sweep.experiment, sweep: $0.sweep.sweep).address(),
        Markup.clipped($0.sweep.description, to: 60))
    }
    let former = details.memberships.filter(\.isFormer).map {
      "<p class=\"remark\">Former in \(Markup.text($0.sweep.description)): its file no longer asks for the run.</p>"
    }
    return """
      <header class="run" data-live-run="\(run.id)"><p class="ways">\(links.joined(separator: " "))</p>
      <h1>\(Markup.dot(run.key))<span class="id">\(run.id.short)</span><span class="rest">\(run.id.description.dropFirst(8))</span>\(called)</h1>
      <p class="state">\(Markup.status(run.status))\(stop)</p>
      \(message)<dl class="facts">\(facts)</dl>\(former.joined())
      <p class="ways">\(ways)</p></header>
      """
  }

  /// What the program called it that logged it.
  private var called: String {
    run.name.map { " <span class=\"called\">\(Markup.clipped($0, to: 80))</span>" } ?? ""
  }

  private var message: String {
    var lines = ""
    if let message = run.message {
      lines += "<pre class=\"message\">\(escapedHTML(String(message.prefix(20_000))))</pre>"
    }
    if !run.isCurrent {
      lines += "<p class=\"remark\">Replaced by a later run of the same key.</p>"
    }
    return lines
  }

  private var stop: String {
    guard isEditing, [.planned, .running, .interrupted].contains(run.status) else { return "" }
    return
      " <form method=\"post\" action=\"\(path)/stop\"><button class=\"grave\">Stop</button></form>"
  }

  private var facts: String {
    func fact(_ name: String, _ html: String?) -> String {
      html.map { "<div><dt>\(name)</dt><dd>\($0)</dd></div>" } ?? ""
    }
    var done: String?
    if let step = run.step {
      done = "\(Quantity.count(step)) updates"
      if let epoch = run.epoch, epoch > 0 { done? += ", \(Quantity.count(epoch)) epochs" }
    }
    var best: String?
    if let step = run.bestStep {
      let epoch = run.bestEpoch ?? 0
      let place = epoch > 0 || step == 0 ? "epoch \(epoch)" : "update \(step)"
      best = "\(Markup.clipped(run.objective.metric.name)) at \(place)"
    }
    return fact("done", done) + fact("best", best)
      + fact("trained", run.durationSeconds.map(Self.duration))
      + fact("seed", String(run.seed)) + fact("asked for", Markup.time(run.createdAt))
      + fact("ended", run.endedAt.map(Markup.time))
      + objective
      + "<div class=\"long\"><dt>key</dt><dd><code>\(escapedHTML(run.key))</code></dd></div>"
  }

  /// By what a logged run is judged, and who says so.
  private var objective: String {
    guard let origin = details.origin else { return "" }
    return "<div class=\"long\"><dt>objective</dt><dd>"
      + "\(Markup.text(origin.sentence(run.objective)))</dd></div>"
  }

  private static func duration(_ seconds: Double) -> String {
    seconds < 0.001
      ? "under 1 ms"
      : seconds < 60 ? SeedStatistics.text(seconds) + " s" : Quantity.duration(seconds)
  }

  private var ways: String {
    var same = TableRequest()
    same.filter = FilterClause.equal("configuration", .text(run.configuration)).text
    var links: [String] = []
    if details.siblings > 1 {
      links.append(
        Markup.link(
          same.address(), "\(Quantity.count(details.siblings)) runs of this configuration"))
      let condition = WebQuery([.init("where", same.filter), .init("by", "configuration")])
      links.append(Markup.link("/compare?\(condition.text)", "curves over its seeds"))
    }
    links.append(Markup.link("\(path).json", ".json", "download"))
    return links.joined(separator: " ")
  }

  private var differences: String? {
    let shown = details.differences.parameters
    guard details.differences.runs > 1, !shown.isEmpty else { return nil }
    let sweep = TableRequest.of(experiment: run.sweep.experiment, sweep: run.sweep.sweep)
    let rows = shown.map { difference in
      let others = difference.others.map { other in
        let clause = FilterClause.equal(difference.name, other.value)
        return Markup.link(
          sweep.with { $0.filter = clause.text }.address(),
          Markup.clipped(other.value.display, to: 40))
          + " <span class=\"faint\">\(Quantity.count(other.runs))×</span>"
      }
      let more = difference.isCut ? " <span class=\"faint\">and more</span>" : ""
      return "<tr><th scope=\"row\">\(Markup.clipped(difference.name, to: 60))</th>"
        + "<td><strong>\(Markup.clipped(difference.own?.display ?? "none", to: 80))</strong></td>"
        + "<td>\(others.joined(separator: ", "))\(more)</td></tr>"
    }
    let left =
      details.differences.leftOut > 0
      ? "<p class=\"remark\">\(details.differences.leftOut) more parameters differ.</p>" : ""
    return """
      <section><h2>Differs from the other \(Quantity.count(details.differences.runs - 1)) runs of its sweep</h2>
      <div class="wide"><table><thead><tr><th scope="col">parameter</th><th scope="col">this run</th>
      <th scope="col">others</th></tr></thead><tbody>\(rows.joined())</tbody></table></div>\(left)</section>
      """
  }

  /// The charts' script fills it with the curves of the run, live while it is trained.
  private var charts: String? {
    guard !run.metrics.isEmpty || !run.status.isResult else { return nil }
    let figure = ChartMarkup.figure(ofRuns: [run], sweep: nil, condition: nil)
    let curves = ChartMarkup.curves(
      WebQuery([WebQuery.Item("runs", run.id.description)]), isLive: !run.status.isResult,
      figure: figure)
    return "<section><h2>Curves</h2>\(curves)</section>"
  }

  private var metrics: String? {
    if run.metrics.isEmpty { return nil }
    let rows = run.metrics.sorted { $0.key.name < $1.key.name }.map { metric, summary in
      func cell(_ value: Double?) -> String {
        "<td class=\"number\">\(value.map(SeedStatistics.text) ?? "")</td>"
      }
      let isObjective = metric == run.objective.metric
      return "<tr\(isObjective ? " class=\"objective\"" : "")>"
        + "<th scope=\"row\">\(Markup.clipped(metric.name, to: 80))\(isObjective ? " <span class=\"faint\">objective</span>" : "")</th>"
        + cell(summary.last) + cell(summary.best)
        + cell(details.reduced[ReducedMetric(metric, .min)])
        + cell(details.reduced[ReducedMetric(metric, .max)]) + "</tr>"
    }
    let heads = ["last", "best", "min", "max"].map {
      "<th scope=\"col\" class=\"number\">\($0)</th>"
    }
    let bad =
      run.status.isBad
      ? "<p class=\"remark\">A run that \(run.status.rawValue) has no last values.</p>" : ""
    return """
      <section><h2>Metrics</h2><div class="wide"><table data-metrics="\(details.name)"><thead><tr>
      <th scope="col">metric</th>\(heads.joined())</tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table></div>\(bad)</section>
      """
  }

  private var log: String? {
    guard let log = details.log else { return nil }
    let live = run.status.isResult ? "" : " data-log=\"\(run.id)\""
    let cut =
      log.isCut
      ? "<p class=\"remark\">The last \(Quantity.bytes(Double(RunLogTail.most))) of \(Quantity.bytes(Double(log.bytes))).</p>"
      : ""
    return """
      <section><h2>Log</h2>\(cut)
      <pre class="log"\(live) data-bytes="\(log.bytes)" tabindex="0" aria-label="Log">\(escapedHTML(log.text))</pre>
      <p class="ways">\(Markup.link("\(path)/log", "the whole log", "download"))</p></section>
      """
  }

  private var files: String? {
    if details.artifacts.isEmpty { return nil }
    let rows = details.artifacts.map { artifact in
      let parts = artifact.name.split(separator: "/", omittingEmptySubsequences: false)
        .map { WebQuery.encoded(String($0)) }.joined(separator: "/")
      return "<tr><th scope=\"row\">"
        + Markup.link(
          "\(path)/artifacts/\(parts)", Markup.clipped(artifact.name, to: 100), "download")
        + "</th><td class=\"number\">\(Quantity.bytes(Double(artifact.bytes)))</td>"
        + "<td><code title=\"\(escapedHTML(artifact.sha256))\">\(escapedHTML(String(artifact.sha256.prefix(12))))</code></td></tr>"
    }
    return """
      <section><h2>Files</h2><div class="wide"><table class="names"><thead><tr><th scope="col">name</th>
      <th scope="col" class="number">size</th><th scope="col">sha256</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>
      """
  }

  private var remarks: String { RunRemarks(run: run, path: path, isEditing: isEditing).markup }

  private var commands: String? {
    let commands = RepeatingCommands(
      run, named: details.name, details.environment, store: store)
    var lines: [String] = []
    if let trained = commands.trained {
      lines.append("<p class=\"faint\">It was trained by</p><p>\(Markup.command(trained))</p>")
    }
    if let verifies = commands.verifies {
      let what = run.isProgram ? "starts its program again and compares" : "compares every bit"
      lines.append(
        "<p class=\"faint\">Trains this run again and \(what)</p><p>\(Markup.command(verifies))</p>"
      )
    } else {
      lines.append(
        "<p class=\"remark\">It was logged by another program: Labbook has no command that repeats it.</p>"
      )
    }
    return "<section><h2>Again</h2>\(lines.joined())</section>"
  }

  private var environment: String? {
    if details.environment.isEmpty { return nil }
    let rows = details.environment.sorted { $0.key < $1.key }.map { key, value in
      let isLong = value.count > 200 || value.contains(where: \.isNewline)
      let shown =
        isLong
        ? "<details><summary>\(Markup.clipped(value, to: 80))</summary><pre>\(escapedHTML(value))</pre></details>"
        : Markup.text(value)
      return "<div><dt>\(Markup.clipped(key, to: 80))</dt><dd>\(shown)</dd></div>"
    }
    return
      "<details class=\"part\"><summary><h2>Environment</h2></summary><dl>\(rows.joined())</dl></details>"
  }
}
