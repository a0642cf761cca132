import Dashboard
import Foundation
import GRDB
import RunStorage
import TestSupport
import Tracking
import Web

/// A store in a folder of its own with its pages, asked as the server asks them.
final class Site {
  let folder: String
  let store: RunStore
  let pages: DashboardService

  var path: String { folder + "/labbook.sqlite" }

  /// - Parameter runs: how many runs of `LargeStore` it has.
  init(runs: Int = 0, steps: Int = 3) throws {
    folder = NSTemporaryDirectory() + "labbook-pages-" + RunID().description
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    if runs > 0 {
      try LargeStore.fill(folder + "/labbook.sqlite", runs: runs, steps: steps)
    }
    pages = DashboardService(store)
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What came back.
  struct Answer {
    let status: Int
    let headers: [String: String]
    let text: String
  }

  /// Asks for an address such as `/runs?where=lr`.
  func get(_ address: String, _ access: WebAccess = .editing) async throws -> Answer {
    try await ask("GET", address, access, body: "")
  }

  func post(
    _ address: String, _ items: [WebQuery.Item], _ access: WebAccess = .editing
  ) async throws -> Answer {
    try await ask("POST", address, access, body: WebQuery(items).text)
  }

  private func ask(
    _ method: String, _ address: String, _ access: WebAccess, body: String
  ) async throws -> Answer {
    let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts[0].split(separator: "/").map { WebQuery.decoded($0) }
    let query = WebQuery(text: parts.count > 1 ? String(parts[1]) : "")
    let head = WebHead(method, path, query: query, access: access)
    guard case .answer(_, let work) = pages.handling(of: head) else {
      return Answer(status: 404, headers: [:], text: "nobody's")
    }
    let reply = try await work(Data(body.utf8))
    var bytes = Data()
    switch reply.body {
    case .data(let data): bytes = data
    case .file(let path): bytes = FileManager.default.contents(atPath: path) ?? Data()
    case .events(let events): for await piece in events.make() { bytes += piece }
    }
    let headers = Dictionary(
      reply.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    return Answer(
      status: reply.status, headers: headers, text: String(decoding: bytes, as: UTF8.self))
  }

  /// The rows of a query by SQLite itself, as text; NULL is empty.
  func rows(_ sql: String) throws -> [[String]] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { String.fromDatabaseValue($0) ?? ($0.isNull ? "" : "\($0)") }
      }
    }
  }

  func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.write { try $0.execute(sql: sql, arguments: arguments) }
  }

  /// A window of a table: its snapshot, its length, the names of its rows.
  func window(
    _ query: String, _ offset: Int, _ count: Int, snapshot: Int? = nil
  ) async throws -> (snapshot: Int, total: Int, rows: [String]) {
    let number = snapshot.map { "&snapshot=\($0)" } ?? ""
    let answer = try await get("/runs/rows?\(query)&offset=\(offset)&count=\(count)\(number)")
    let window = try JSONDecoder().decode(Window.self, from: Data(answer.text.utf8))
    return (window.snapshot, window.total, window.rows)
  }

  private struct Window: Decodable {
    let snapshot: Int
    let total: Int
    let rows: [String]
  }
}

extension String {
  /// What stands between each pair of two texts.
  func between(_ start: String, _ end: String) -> [String] {
    components(separatedBy: start).dropFirst().map { $0.components(separatedBy: end)[0] }
  }

  /// The text without tags, with HTML's signs as they are read.
  var plain: String {
    var text = ""
    var isTag = false
    for character in self {
      if character == "<" {
        isTag = true
      } else if character == ">" {
        isTag = false
      } else if !isTag {
        text.append(character)
      }
    }
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  /// The names of the rows of a table.
  var rowNames: [String] { between("data-row=\"", "\"") }
}
