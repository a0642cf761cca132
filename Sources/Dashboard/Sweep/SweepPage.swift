import Foundation
import Pages
import Results
import RunStorage
import Runs
import Tracking
import Web

/// `/sweeps/EXPERIMENT/SWEEP`: a sweep at work; POST to its `stop` asks who trains it to stop.
struct SweepPage: WebService {
  let store: RunStore
  let chosen: ChosenCache

  func handling(of head: WebHead) -> WebHandling {
    if head.method == "GET", head.path == ["sweep.json"], head.access.seesPages {
      return .reply {
        try await Blocking.run {
          try Problem.told { .json(try SweepFeed(head.query, in: store).whole().body) }
        }
      }
    }
    guard head.path.first == "sweeps", head.path.count >= 3, head.access.seesPages else {
      return .other
    }
    let name = SweepName(experiment: head.path[1], sweep: head.path[2])
    switch (head.method, head.path.count) {
    case ("GET", 3): return .reply { try await Blocking.run { page(name, head) } }
    case ("POST", 4) where head.path[3] == "stop":
      guard head.access == .editing else {
        return .reply { .text("this address only reads: it cannot stop runs\n", status: 403) }
      }
      return .answer(limit: 1024) { _ in try await Blocking.run { stop(name, head) } }
    default: return .other
    }
  }

  private func stop(_ name: SweepName, _ head: WebHead) -> WebReply {
    do {
      let request = try StopRequest(name, in: store)
      let words = "asked=\(request.asked)&living=\(request.living)"
      return .see(Self.address(of: name) + "?" + words)
    } catch { return problem(error, name) }
  }

  /// Where the page of a sweep is.
  static func address(of name: SweepName) -> String {
    "/sweeps/\(WebQuery.encoded(name.experiment))/\(WebQuery.encoded(name.sweep))"
  }

  private func problem(_ error: any Error, _ name: SweepName) -> WebReply {
    let problem = Problem.described(error)
    let body =
      "<h1>\(Markup.text(name.description))</h1>" + PageProblem.html(problem)
      + "<p><a href=\"/\">All sweeps</a></p>"
    return frame(name, body, status: problem.status == 2 ? 404 : 500)
  }

  private func frame(_ name: SweepName, _ body: String, status: Int = 200) -> WebReply {
    var frame = PageFrame(title: name.description, body: body)
    frame.scripts =
      ChartMarkup.curveScripts + ["scale.js", "grid.js", "sweep.js", "heat.js", "parallel.js"]
    frame.styles = ChartMarkup.styles
    frame.part = .experiments
    frame.isWide = true
    frame.status = status
    return frame.reply
  }

  private func page(_ name: SweepName, _ head: WebHead) -> WebReply {
    do {
      let state = try SweepState(name, in: store)
      let markup = SweepMarkup(state: state, store: store)
      let isLive = state.remaining > 0
      var body = """
        <h1>\(Markup.text(name.description))</h1>
        <div data-sweep="\(escapedHTML(Self.query(name).text))"\(isLive ? " data-live" : "")></div>
        \(said(head.query))\(markup.facts)\(ways(name))
        \(stopForm(name, state, head.access))
        \(try grid(state))\(markup.rounds)\(try markup.early())
        """
      body += try charts(state, isLive: isLive)
      body += SweepCommands(state, store: store).html
      return frame(name, body)
    } catch { return problem(error, name) }
  }

  private static func query(_ name: SweepName) -> WebQuery {
    WebQuery([WebQuery.Item("sweep", name.description)])
  }

  private func said(_ query: WebQuery) -> String {
    guard let asked = query["asked"].flatMap({ Int($0) }) else { return "" }
    let living = query["living"].flatMap { Int($0) } ?? 0
    return """
      <p class="error" role="status">\(asked) runs were asked to stop: \(living) are at work and stop before \
      their next update, \(asked - living) are stopped. They stay so until <code>labbook run FILE --continue \
      RUN</code>.</p>
      """
  }

  private func ways(_ name: SweepName) -> String {
    let runs = TableRequest.of(experiment: name.experiment, sweep: name.sweep)
    return """
      <p class="ways">\(Markup.link(runs.address(), "run table"))
      \(Markup.link("/compare?" + Self.query(name).text, "compare"))
      \(Markup.link("/points.json?" + Self.query(name).text, "configurations as json"))</p>
      """
  }

  private func stopForm(_ name: SweepName, _ state: SweepState, _ access: WebAccess) -> String {
    guard state.remaining > 0, access == .editing else { return "<div data-fresh=\"stop\"></div>" }
    return """
      <div data-fresh="stop"><details class="take"><summary>Stop this sweep</summary>
      <form method="post" action="\(escapedHTML(Self.address(of: name)))/stop">
      <p>Runs at work end before their next update and keep what they measured; those that are not begun \
      are stopped. <button class="grave">Stop \(state.remaining) runs</button></p></form></details></div>
      """
  }

  private func grid(_ state: SweepState) throws -> String {
    let metrics = try state.runs.map { try store.metrics(of: $0.prefix(500).map(\.id)).map(\.name) }
    let names = metrics ?? [state.objective?.metric.name].compactMap { $0 }
    let direction = state.objective?.direction.rawValue ?? ""
    let options = names.map { name in
      let way =
        name == state.objective?.metric.name ? direction : Metric(name).direction?.rawValue ?? ""
      return
        "<option value=\"\(escapedHTML(name))\" data-direction=\"\(way)\">\(escapedHTML(name))</option>"
    }
    return """
      <h2>Runs</h2>\(ChartMarkup.scale)
      <div class="chart" data-grid="\(escapedHTML(Self.query(state.name).text))">
      <div class="chart-tools"><label>coloured by <select data-colour><option value="">status</option>\
      \(options.joined())</select></label></div>
      <div class="canvas-place"><canvas tabindex="0" role="application" \
      aria-label="A square a run: arrow keys move, Enter opens"></canvas></div>
      <p class="remark" data-at aria-live="polite"></p><div data-strip></div></div>
      """
  }

  private func charts(_ state: SweepState, isLive: Bool) throws -> String {
    guard let runs = state.runs, runs.count <= 2_000 else {
      return
        "<p class=\"remark\">Curves and configurations of more than 2,000 runs are drawn where they "
        + "are asked for: \(Markup.link("/compare?" + Self.query(state.name).text, "compare")).</p>"
    }
    let key = try Self.colour(of: runs, variants: store.variants(of: state.name).isEmpty)
    var items = Self.query(state.name).items
    if !key.isEmpty { items.append(WebQuery.Item("by", key)) }
    let figure = ChartMarkup.figure(ofRuns: runs, sweep: state.name, condition: nil, by: key)
    return """
      <h2>Curves\(key.isEmpty ? "" : " by \(Markup.text(key))")</h2>
      \(ChartMarkup.curves(WebQuery(items), isLive: isLive, figure: figure))
      <h2>Configurations</h2>
      \(ChartMarkup.configurations(Self.query(state.name), figure: figure))
      \(try numbers(state))
      """
  }

  /// The key whose values have a colour each: variants, models, or what has the fewest values; empty where
  /// runs are alike.
  private static func colour(of runs: [RunRecord], variants areNone: Bool) -> String {
    if !areNone { return "variant" }
    let counts = runs.axes.map { axis in
      (name: axis.storedName, count: Set(runs.map { $0.value(at: axis) }).count)
    }
    if counts.contains(where: { $0.name == "model" }) { return "model" }
    return counts.min { $0.count < $1.count }?.name ?? ""
  }

  /// The best configurations as a table: what the canvases show, in words.
  private func numbers(_ state: SweepState) throws -> String {
    guard let objective = state.objective, let runs = state.runs else { return "" }
    let chosen = try chosen.runs(Self.query(state.name))
    let points = try ConfigurationPoints(chosen, WebQuery([]), in: store)
    let groups = runs.groupedByConfiguration().sorted {
      $0.ranksBefore($1, by: objective.metric, objective.direction, .last)
    }
    return ConfigurationTable(points, groups, objective.metric).html
  }
}
