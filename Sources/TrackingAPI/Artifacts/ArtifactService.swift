import Foundation
import RunStorage
import Tracking
import Web

/// The addresses of artifacts: `mlflow-artifacts/artifacts/...`, `mlflow/artifacts/list`, `get-artifact`.
struct ArtifactService: WebService {
  private let requests: ArtifactRequests
  private let store: RunStore
  private let isWriting: Bool

  init(_ context: TrackingContext) {
    store = context.store
    isWriting = context.log != nil
    requests = ArtifactRequests(
      store: context.store, models: ModelKeeper(store: context.store, log: context.log))
  }

  func handling(of head: WebHead) -> WebHandling {
    let path = head.path
    if path == ["get-artifact"], head.method == "GET" { return byQuery(head) }
    guard path.count >= 4, ["2.0", "3.0"].contains(path[1]) else { return .other }
    if path[2...] == ["mlflow", "artifacts", "list"], head.method == "GET" {
      return answer { [requests] in
        let run = try Self.run(head.query)
        let uri = try Self.rootURI(of: run, store)
        let found = try requests.list(of: run, head.query["path"] ?? "")
        return Self.list(found, root: uri) { $0 }
      }
    }
    if path[2...] == ["mlflow", "upload-artifact"], head.method == "POST" { return sent(head) }
    guard path[2] == "mlflow-artifacts" else { return .other }
    if path.count == 4, path[3] == "artifacts", head.method == "GET" {
      return answer { [requests] in
        let folder = head.query["path"] ?? ""
        return Self.list(try requests.list(atRoot: folder), root: nil) {
          String($0.split(separator: "/").last ?? "")
        }
      }
    }
    guard path.count > 4, path[3] == "artifacts" else { return .other }
    let address: ArtifactAddress
    do { address = try ArtifactAddress(Array(path[4...])) } catch { return refusal(error) }
    return file(head, address)
  }

  private func file(_ head: WebHead, _ address: ArtifactAddress) -> WebHandling {
    switch head.method {
    case "GET": return answer { [requests] in try requests.download(address) }
    case "PUT":
      do {
        try checkWriting(head)
        try requests.checkUpload(to: address)
      } catch { return refusal(error) }
      return .upload(limit: ArtifactRequests.greatestBytes, folder: store.uploadFolder) {
        [requests] path, _ in
        do {
          try await requests.upload(path, to: address)
          return .done
        } catch { return Endpoint.reply(to: error) }
      }
    case "DELETE":
      do { try checkWriting(head) } catch { return refusal(error) }
      return answer { [requests] in
        try requests.delete(address)
        return .done
      }
    default: return .other
    }
  }

  /// A file of at most 10 MiB as MLflow's pages send it: whose and where stands in the query.
  private func sent(_ head: WebHead) -> WebHandling {
    let address: ArtifactAddress
    do {
      try checkWriting(head)
      guard let run = head.query["run_uuid"], !run.isEmpty else {
        throw TrackingError(.invalid, "Request must specify run_uuid.")
      }
      guard let path = head.query["path"], !path.isEmpty else {
        throw TrackingError(.invalid, "Request must specify path.")
      }
      address = ArtifactAddress(run: try Names.run(run), try ArtifactName(text: path))
      try requests.checkUpload(to: address)
    } catch { return refusal(error) }
    return .upload(limit: 10 << 20, folder: store.uploadFolder) { [requests] path, bytes in
      do {
        guard bytes > 0 else { throw TrackingError(.invalid, "Request must specify data.") }
        try await requests.upload(path, to: address)
        return .done
      } catch { return Endpoint.reply(to: error) }
    }
  }

  private func byQuery(_ head: WebHead) -> WebHandling {
    answer { [requests] in
      let run = try Self.run(head.query)
      return try requests.download(of: run, try ArtifactName(text: head.query["path"] ?? ""))
    }
  }

  private func checkWriting(_ head: WebHead) throws {
    guard isWriting else {
      throw TrackingError(.denied, "This server only reads: it was started with --read-only.")
    }
    guard head.access.mayLog else { throw TrackingError(.denied, "This token only reads.") }
  }

  private func answer(_ work: @escaping @Sendable () throws -> WebReply) -> WebHandling {
    .answer(limit: 1 << 20) { _ in
      do { return try await Blocking.run(work) } catch { return Endpoint.reply(to: error) }
    }
  }

  private func refusal(_ error: any Error) -> WebHandling {
    .answer(limit: 1 << 20) { _ in Endpoint.reply(to: error) }
  }

  private static func run(_ query: WebQuery) throws -> RunID {
    let text = query["run_id"] ?? query["run_uuid"] ?? ""
    guard !text.isEmpty else {
      throw TrackingError(.invalid, "Missing value for required parameter 'run_id'.")
    }
    return try Names.run(text)
  }

  private static func rootURI(of run: RunID, _ store: RunStore) throws -> String {
    guard let found = try store.trackedRun(run) else {
      throw TrackingError(.missing, "Run with id=\(run) not found")
    }
    return found.artifactURI(try store.trackedExperiment(found.experiment))
  }

  /// A reply of files and folders.
  static func list(
    _ entries: [ArtifactEntry], root: String?, _ shown: (String) -> String
  ) -> WebReply {
    .object(reserving: 80 * entries.count) { writer in
      if let root { writer.field("root_uri", root) }
      writer.name("files")
      writer.list(entries) { writer, entry in
        writer.object {
          $0.field("path", shown(entry.path))
          $0.name("is_dir")
          $0.flag(entry.bytes == nil)
          if let bytes = entry.bytes { $0.field("file_size", Int64(bytes)) }
        }
      }
    }
  }
}
