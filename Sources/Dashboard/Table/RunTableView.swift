import Foundation
import Pages
import RunStorage
import Tracking
import Web

/// `/runs`, the table of runs, and the windows of its rows at `/runs/rows`.
struct RunTableView: WebService {
  let store: RunStore
  let cache: TableCache

  /// A window has at most so many rows.
  static let widest = 500

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET" || head.method == "HEAD", head.access.seesPages else {
      return .other
    }
    switch head.path {
    case ["runs"]: return .reply { try await Blocking.run { try page(head.query) } }
    case ["runs", "rows"]: return .reply { try await Blocking.run { try rows(head.query) } }
    default: return .other
    }
  }

  private func page(_ query: WebQuery) throws -> WebReply {
    do {
      let request = try TableRequest(query)
      if query["go"] == "compare" {
        return .see(try TableSelection(request: request, store: store).address())
      }
      if query["unpin"] != nil { return .see(request.address()) }
      let snapshot = try cache.snapshot(request)
      let columns = try ShownColumns(snapshot, request)
      let page = TablePage(request: request, snapshot: snapshot, columns: columns, store: store)
      return frame(try page.body()).reply
    } catch let problem as TableProblem { return wrong(problem, query) }
  }

  /// The page of an address that cannot be answered: what is wrong stands at its field.
  private func wrong(_ problem: TableProblem, _ query: WebQuery) -> WebReply {
    var request = (try? TableRequest(query)) ?? TableRequest()
    request.filter = query["where"] ?? ""
    let tools = TableTools(
      request: request, names: TableNames(parameters: [], metrics: []), tally: .empty, columns: [])
    let back = Markup.link("/runs", "All runs")
    var frame = frame(
      "<div class=\"above\"><h1>Runs</h1>\(tools.filter(problem))<p>\(back)</p></div>")
    frame.status = 400
    return frame.reply
  }

  private func frame(_ body: String) -> PageFrame {
    PageFrame(
      title: "Runs", body: body, scripts: ["table.js", "select.js"], styles: ["table.css"],
      part: .runs, isWide: true)
  }

  /// A window of rows as JSON: the snapshot they are of, how many rows it has, the rows as HTML.
  private func rows(_ query: WebQuery) throws -> WebReply {
    do {
      let request = try TableRequest(query)
      let snapshot = try cache.snapshot(request, number: query["snapshot"].flatMap { Int($0) })
      let columns = try ShownColumns(snapshot, request)
      let count = min(Self.widest, max(0, query["count"].flatMap { Int($0) } ?? TablePage.window))
      let total = snapshot.arrangement.count
      let start = min(request.offset, total)
      let rows = try TableRows(snapshot: snapshot, columns: columns, store: store)
        .markup(start..<min(total, start + count))
      let list = rows.map { ParameterValue.json($0) }.joined(separator: ",")
      return .json(
        Data(
          "{\"snapshot\":\(snapshot.number),\"total\":\(total),\"offset\":\(start),\"rows\":[\(list)]}\n"
            .utf8))
    } catch let problem as TableProblem { return .text(problem.text, status: 400) }
  }
}
