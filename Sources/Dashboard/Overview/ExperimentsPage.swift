import Pages
import RunStorage
import Terminal
import Tracking
import Web

/// The page of all experiments: their sweeps, how far each is, its best run so far.
struct ExperimentsPage {
  let list: SweepList
  /// The shortest beginnings of the best runs' ids.
  let names: [RunID: String]

  var body: String {
    if list.sweeps.isEmpty {
      return """
        <h1>Experiments</h1>
        <p>There is nothing in this store yet.</p>
        <p>\(Markup.command("labbook init"))</p>
        """
    }
    return """
      <div class="ways"><h1>Experiments</h1>
      <span class="files">\(Markup.link("/experiments.csv", ".csv", "download"))
      \(Markup.link("/experiments.json", ".json", "download"))</span></div>
      \(list.experiments.map(experiment).joined(separator: "\n"))
      """
  }

  private func experiment(_ name: String, _ sweeps: [SweepRecord]) -> String {
    let runs = Markup.link(
      address(TableRequest.of(experiment: name)), Markup.clipped(name, to: 100))
    let title = sweeps.compactMap(\.title).first.map {
      "<p class=\"remark\">\(Markup.clipped($0, to: 200))</p>"
    }
    return """
      <section class="experiment"><h2>\(runs)</h2>\(title ?? "")
      <div class="wide" tabindex="0" role="region" aria-label="Sweeps of \(escapedHTML(String(name.prefix(100))))">
      <table class="sweeps"><thead><tr><th scope="col">sweep</th><th scope="col" class="number">runs</th>
      <th scope="col">status</th><th scope="col">best so far</th><th scope="col">time left</th>
      <th scope="col">last activity</th><th scope="col">tags</th></tr></thead>
      <tbody>\(sweeps.map(row).joined(separator: "\n"))</tbody></table></div></section>
      """
  }

  private func address(_ request: TableRequest) -> String { request.address() }

  private func row(_ sweep: SweepRecord) -> String {
    let progress = list.progress[sweep.name]
    let isAtWork = sweep.counts[.running] != nil
    let live =
      "/sweeps/\(WebQuery.encoded(sweep.name.experiment))/\(WebQuery.encoded(sweep.name.sweep))"
    let runs = TableRequest.of(experiment: sweep.name.experiment, sweep: sweep.name.sweep)
    let grid = Markup.link(live, isAtWork ? "at work" : "grid", "class=\"faint\"")
    let former =
      sweep.former == 0
      ? "" : " <span class=\"faint\">+ \(Quantity.count(sweep.former)) former</span>"
    let tags = sweep.tags.map { "<span>\(Markup.clipped($0, to: 40))</span>" }.joined(
      separator: " ")
    return "<tr data-row=\"\(escapedHTML(sweep.name.description))\">"
      + "<th scope=\"row\">\(Markup.link(runs.address(), Markup.clipped(sweep.name.sweep, to: 60))) \(grid)</th>"
      + "<td class=\"number\">\(Quantity.count(sweep.runs))\(former)</td>"
      + "<td>\(StatusBar(sweep.counts).markup)</td>"
      + "<td>\(progress.map(best) ?? "")</td>"
      + "<td>\(progress?.secondsLeft.map { "about " + Quantity.duration($0) } ?? "")</td>"
      + "<td>\(progress?.lastActivity.map(Markup.time) ?? "")</td>"
      + "<td class=\"tags\">\(tags)</td></tr>"
  }

  private func best(_ progress: SweepProgress) -> String {
    guard let objective = progress.objective, let best = progress.best, let run = progress.bestRun
    else { return "" }
    let way = objective.direction == .minimize ? "least" : "greatest"
    let name = names[run] ?? run.short
    return "<span class=\"faint\" title=\"the \(way) \(escapedHTML(objective.metric.name))\">"
      + "\(Markup.clipped(objective.metric.name, to: 40))</span> \(SeedStatistics.text(best)) "
      + Markup.link("/runs/\(name)", run.short, "class=\"id\"")
  }
}

extension TableRequest {
  /// The runs of an experiment, or of one sweep.
  static func of(experiment: String, sweep: String? = nil) -> TableRequest {
    var request = TableRequest()
    (request.experiment, request.sweep) = (experiment, sweep)
    return request
  }
}
