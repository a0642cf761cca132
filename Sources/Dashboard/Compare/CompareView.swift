import Foundation
import Pages
import Results
import RunStorage
import Runs
import Terminal
import Tracking
import Web

/// `/compare`: curves over each other, configurations side by side, differences with intervals; the numbers
/// as `/compare.csv` and `/compare.json`.
struct CompareView: WebService {
  let store: RunStore
  let chosen: ChosenCache

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path.count == 1, head.access.seesPages else { return .other }
    switch head.path[0] {
    case "compare": return .reply { try await Blocking.run { page(head.query) } }
    case "compare.csv": return .reply { try await numbers(head.query, .csv) }
    case "compare.json": return .reply { try await numbers(head.query, .json) }
    default: return .other
    }
  }

  private func numbers(_ query: WebQuery, _ format: TableFormat) async throws -> WebReply {
    try await Blocking.run {
      try Problem.told {
        let chosen = try chosen.runs(query)
        let compared = try ComparedRuns(chosen, query, in: store)
        let body = Data(compared.table.text(format).utf8)
        guard format == .csv else { return .json(body) }
        return .attachment(.data(body), name: "compare.csv", type: "text/csv; charset=utf-8")
      }
    }
  }

  private func page(_ query: WebQuery) -> WebReply {
    var body = "<h1>Compare</h1>\n"
    let isAsked = ["runs", "sweep", "where"].contains { !(query[$0] ?? "").isEmpty }
    do {
      guard isAsked else {
        body += try CompareForm(query, nil, in: store).html + (try sweeps())
        return frame(body, scripts: [])
      }
      let chosen = try chosen.runs(query)
      body += try CompareForm(query, chosen, in: store).html
      body += try content(chosen, query)
      return frame(
        body, scripts: ChartMarkup.curveScripts + ["scale.js", "heat.js", "parallel.js"])
    } catch {
      let problem = Problem.described(error)
      body += ((try? CompareForm(query, nil, in: store).html) ?? "")
      body += PageProblem.html(problem)
      return frame(body, scripts: [], status: problem.status == 2 ? 400 : 500)
    }
  }

  private func frame(_ body: String, scripts: [String], status: Int = 200) -> WebReply {
    var frame = PageFrame(title: "Compare", body: body)
    frame.scripts = scripts
    frame.styles = ChartMarkup.styles
    frame.part = .compare
    frame.isWide = true
    frame.status = status
    return frame.reply
  }

  /// The sweeps of the store, to begin with one.
  private func sweeps() throws -> String {
    let names = try store.sweepNames()
    guard !names.isEmpty else {
      return "<p>The store has no runs yet: <code>labbook run FILE</code> trains some.</p>"
    }
    let links = names.suffix(100).reversed().map { name in
      let query = WebQuery([WebQuery.Item("sweep", name.description)])
      return "<li>\(Markup.link("/compare?" + query.text, Markup.text(name.description)))</li>"
    }
    return "<p>Choose a sweep, or mark runs in the <a href=\"/runs\">run table</a>:</p><ul>"
      + links.joined(separator: "\n") + "</ul>"
  }

  private func content(_ chosen: ChosenRuns, _ query: WebQuery) throws -> String {
    let isLive = chosen.runs.contains { !$0.status.isResult && $0.status != .failed }
    let asked = query.items.filter {
      ["runs", "sweep", "where", "by", "rows", "columns", "metric"].contains($0.name)
        && !$0.value.isEmpty
    }
    let figure = ChartMarkup.figure(
      ofRuns: chosen.runs, sweep: chosen.sweep, condition: query["where"], by: query["by"] ?? "")
    var body = "<p class=\"remark\">\(words(chosen))</p><h2>Curves</h2>"
    body += ChartMarkup.curves(
      WebQuery(asked), isLive: isLive,
      figure: figure.map { withKeys($0, query, ["metric", "rows", "columns"]) })
    body += try differences(chosen, query)
    let points = WebQuery(
      query.items.filter { ["runs", "sweep", "where", "value"].contains($0.name) }
        + (query["metric"].flatMap { $0.split(separator: ",").first }
          .map { [WebQuery.Item("metric", String($0))] } ?? []))
    body += """
      <h2>Configurations</h2>\(ChartMarkup.scale)
      \(ChartMarkup.configurations(points, figure: figure))
      """
    return body
  }

  private func withKeys(_ figure: WebQuery, _ query: WebQuery, _ names: [String]) -> WebQuery {
    var items = figure.items
    for name in names {
      if let value = query[name], !value.isEmpty { items.append(WebQuery.Item(name, value)) }
    }
    return WebQuery(items)
  }

  private func words(_ chosen: ChosenRuns) -> String {
    let configurations = Set(chosen.runs.map(\.configuration)).count
    let unfinished = chosen.runs.unfinishedWords()
    return "\(chosen.runs.count) runs of \(configurations) configurations"
      + (unfinished.isEmpty ? "" : ", of them \(unfinished)")
  }

  /// So many groups and sentences stand on the page.
  private static let most = 200

  private static func markup(_ table: Table) -> String {
    let left = table.rows.count - most
    guard left > 0 else { return TableMarkup.html(table) }
    return TableMarkup.html(table.page(offset: 0, limit: most))
      + "<p class=\"remark\">The first \(most) of \(table.rows.count) rows; the files below have all.</p>"
  }

  /// Sentences one below the other; many of them are folded.
  private static func list(_ sentences: [String]) -> String {
    let list =
      "<ul class=\"chart-notes\">"
      + sentences.map { "<li>\(Markup.text($0))</li>" }.joined() + "</ul>"
    guard sentences.count > 12 else { return list }
    return
      "<details class=\"said\"><summary>The same in \(sentences.count) sentences</summary>\(list)</details>"
  }

  private func differences(_ chosen: ChosenRuns, _ query: WebQuery) throws -> String {
    do {
      let compared = try ComparedRuns(chosen, query, in: store)
      let address = query.text
      var html = "<h2>\(escapedHTML(compared.heading))</h2>"
      if !compared.table.rows.isEmpty {
        html += Self.markup(compared.table)
        html += """
          <p class="ways"><a href="/compare.csv?\(escapedHTML(address))">csv</a>
          <a href="/compare.json?\(escapedHTML(address))">json</a></p>
          """
      }
      html += Self.list(compared.sentences.prefix(Self.most) + compared.notes)
      if let beside = compared.beside {
        html += "<h2>Runs beside each other</h2>" + TableMarkup.html(beside)
      }
      return html
    } catch {
      return "<h2>Differences</h2>" + PageProblem.html(Problem.described(error))
    }
  }
}
