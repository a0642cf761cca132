import Foundation
import RunStorage
import Testing
import Tracking
import TrackingAPI
import Web

/// The tracking API of a store of its own, asked by values, without HTTP.
final class AskedService {
  let folder: String
  let store: RunStore
  let service: any WebService

  init(readOnly: Bool = false) throws {
    folder = NSTemporaryDirectory() + "labbook-test-" + RunID().description
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    let inner = TrackingService(store, readOnly: readOnly, forwarder: ProgramForwarder(store))
    service = BothDoors(door: ProgramDoor(store, to: inner), inner: inner)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// What came back: the status, the body as JSON where it is some, its bytes, and the headers.
  struct Answer {
    let status: Int
    let json: [String: Any]
    let bytes: Data
    let headers: [String: String]
    var code: String? { json["error_code"] as? String }
  }

  /// Asks for a path of decoded parts.
  func ask(
    _ method: String, _ path: [String], _ body: Data = Data(),
    query: [(String, String)] = [], access: WebAccess = .tracking
  ) async throws -> Answer {
    let head = WebHead(
      method, path, query: WebQuery(query.map { WebQuery.Item($0.0, $0.1) }), access: access)
    switch service.handling(of: head) {
    case .other: return Answer(status: 0, json: [:], bytes: Data(), headers: [:])
    case .answer(_, let work): return try answer(try await work(body))
    case .upload(_, let folder, let work):
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let aside = folder + "/.upload-" + UUID().uuidString
      try body.write(to: URL(fileURLWithPath: aside))
      defer { unlink(aside) }
      return try answer(try await work(aside, body.count))
    }
  }

  /// Asks an endpoint of `mlflow/` with JSON.
  func mlflow(
    _ method: String, _ path: String, _ fields: [String: Any] = [:],
    query: [(String, String)] = [], access: WebAccess = .tracking
  ) async throws -> Answer {
    let body = fields.isEmpty ? Data() : try JSONSerialization.data(withJSONObject: fields)
    return try await ask(
      method, ["api", "2.0", "mlflow"] + path.split(separator: "/").map(String.init), body,
      query: query, access: access)
  }

  /// A run in the experiment Default.
  func run() async throws -> String {
    let made = try await mlflow("POST", "runs/create", ["experiment_id": "0", "start_time": 1])
    let run = try #require(made.json["run"] as? [String: Any])
    let info = try #require(run["info"] as? [String: Any])
    return try #require(info["run_id"] as? String)
  }

  func put(_ bytes: Data, _ run: String, _ parts: String...) async throws -> Answer {
    try await ask("PUT", Self.artifacts(run) + parts, bytes)
  }

  static func artifacts(_ run: String) -> [String] {
    ["api", "2.0", "mlflow-artifacts", "artifacts", "0", run, "artifacts"]
  }

  private func answer(_ reply: WebReply) throws -> Answer {
    let bytes: Data
    switch reply.body {
    case .data(let data): bytes = data
    case .file(let path): bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    default: bytes = Data()
    }
    let json = (try? JSONSerialization.jsonObject(with: bytes)) as? [String: Any]
    return Answer(
      status: reply.status, json: json ?? [:], bytes: bytes,
      headers: reply.headers.reduce(into: [:]) { $0[$1.name] = $1.value })
  }
}

/// The API as `labbook-serve` has it, with the door of programs in front.
private struct BothDoors: WebService {
  let door: ProgramDoor
  let inner: TrackingService

  func handling(of head: WebHead) -> WebHandling {
    let handling = door.handling(of: head)
    if case .other = handling { return inner.handling(of: head) }
    return handling
  }
}
