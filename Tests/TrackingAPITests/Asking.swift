import Foundation
import RunStorage
import TrackingAPI
import Web

/// A store of its own with MLflow's API over it, without HTTP.
final class Tracker {
  let folder: String
  let store: RunStore
  let service: TrackingService

  init(readOnly: Bool = false) throws {
    folder = NSTemporaryDirectory() + "labbook-tracking-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    service = TrackingService(store, readOnly: readOnly)
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Asks below `/api/2.0/mlflow/`.
  func ask(
    _ method: String, _ path: String, _ body: String = "", query: [(String, String)] = [],
    access: WebAccess = .open
  ) async throws -> Answer {
    let parts = ["api", "2.0", "mlflow"] + path.split(separator: "/").map(String.init)
    return try await ask(
      WebHead(
        method, parts, query: WebQuery(query.map { WebQuery.Item($0.0, $0.1) }), access: access),
      body)
  }

  func ask(_ head: WebHead, _ body: String = "") async throws -> Answer {
    switch service.handling(of: head) {
    case .answer(_, let work):
      let reply = try await work(Data(body.utf8))
      guard case .data(let data) = reply.body else { return Answer(status: 0, body: Data()) }
      return Answer(status: reply.status, body: data)
    case .other: return Answer(status: -1, body: Data())
    case .upload: return Answer(status: -2, body: Data())
    }
  }

  func post(_ path: String, _ body: String) async throws -> Answer {
    try await ask("POST", path, body)
  }

  /// Begins a run of Default or of another experiment.
  func run(in experiment: String = "0", name: String = "run", started: Int = 1000) async throws
    -> String
  {
    let body = """
      {"experiment_id": "\(experiment)", "run_name": "\(name)", "start_time": \(started)}
      """
    let info = try await post("runs/create", body)["run", "info"] as? [String: Any]
    return info?["run_id"] as? String ?? ""
  }

  /// A run as `runs/get` shows it.
  func get(_ run: String) async throws -> Answer {
    try await ask("GET", "runs/get", query: [("run_id", run)])
  }

  /// The names of the runs that a search finds, in its order.
  func found(_ body: String) async throws -> [String] {
    let answer = try await post("runs/search", body)
    guard answer.status == 200 else { return ["\(answer.status)", answer.message] }
    let runs = answer["runs"] as? [[String: Any]] ?? []
    return runs.compactMap { ($0["info"] as? [String: Any])?["run_name"] as? String }
  }
}

/// A reply, read by Foundation's JSON rather than the API's own.
struct Answer {
  let status: Int
  let body: Data

  var object: [String: Any] {
    (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
  }

  var code: String { object["error_code"] as? String ?? "" }
  var message: String { object["message"] as? String ?? "" }

  /// What stands at a path of names.
  subscript(_ path: String...) -> Any? {
    path.reduce(object as Any?) { ($0 as? [String: Any])?[$1] }
  }

  /// Keys with their values of one of the lists of a run's data.
  func pairs(_ list: String) -> [String: String] {
    let entries = self["run", "data", list] as? [[String: Any]] ?? []
    return Dictionary(
      entries.map { ("\($0["key"] ?? "")", "\($0["value"] ?? "")") }, uniquingKeysWith: { $1 })
  }
}
