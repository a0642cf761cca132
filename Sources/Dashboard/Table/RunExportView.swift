import Foundation
import RunStorage
import Terminal
import Tracking
import Web

/// `/runs.csv` and `/runs.json`: the rows of the table whole, as `labbook runs --format` writes them,
/// a piece at a time.
struct RunExportView: WebService {
  let store: RunStore
  let cache: TableCache

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET" || head.method == "HEAD", head.access.seesPages,
      head.path == ["runs.csv"] || head.path == ["runs.json"]
    else { return .other }
    let format = head.path == ["runs.csv"] ? TableFormat.csv : .json
    return .reply {
      do {
        let export = try await Blocking.run { () throws -> RunExportStream in
          try prepared(head.query, format)
        }
        let type = format == .csv ? "text/csv; charset=utf-8" : "application/json"
        return WebReply(200, type: type, body: .events(WebEvents { export.stream }))
      } catch let problem as TableProblem { return .text(problem.text, status: 400) }
    }
  }

  private func prepared(_ query: WebQuery, _ format: TableFormat) throws -> RunExportStream {
    let request = try TableRequest(query)
    return try RunExportStream(try cache.snapshot(request), request, format, in: store)
  }
}
