import Foundation
import RunStorage
import Web

/// The addresses of logged models, whose names stand in the path.
struct ModelService: WebService {
  private let requests: ModelRequests
  private let artifacts: ArtifactRequests
  private let links: RunLinks
  private let log: RunLog?
  private var isWriting: Bool { log != nil }

  init(_ context: TrackingContext) {
    let keeper = ModelKeeper(store: context.store, log: context.log)
    requests = ModelRequests(store: context.store, keeper: keeper)
    artifacts = ArtifactRequests(store: context.store, models: keeper)
    links = RunLinks(store: context.store)
    log = context.log
  }

  func handling(of head: WebHead) -> WebHandling {
    guard head.path.count >= 4, ["2.0", "3.0"].contains(head.path[1]), head.path[2] == "mlflow"
    else { return .other }
    let path = Array(head.path[3...])
    switch (head.method, path) {
    case ("POST", ["runs", "log-inputs"]):
      return writing(head, limit: 64 << 20) { [links] in try links.logInputs($0) }
    case ("POST", ["runs", "outputs"]):
      return writing(head) { [links] in try links.logOutputs($0) }
    default: break
    }
    guard path.first == "logged-models" else { return .other }
    switch (head.method, Array(path.dropFirst())) {
    case ("POST", []): return creating(head)
    case ("POST", ["search"]): return asking { [requests] in try requests.search($0) }
    case (let method, let rest) where !rest.isEmpty:
      return handling(head, method, model: rest[0], Array(rest.dropFirst()))
    default: return .other
    }
  }

  private func handling(
    _ head: WebHead, _ method: String, model id: String, _ rest: [String]
  ) -> WebHandling {
    let (requests, artifacts) = (requests, artifacts)
    switch (method, rest) {
    case ("GET", []):
      let deletedToo = head.query["allow_deleted"]?.lowercased() == "true"
      return asking { _ in try requests.get(id, deletedToo: deletedToo) }
    case ("PATCH", []): return writing(head) { try requests.finalize(id, $0) }
    case ("DELETE", []): return writing(head) { _ in try requests.delete(id) }
    case ("PATCH", ["tags"]): return writing(head) { try requests.setTags(id, $0) }
    case ("POST", ["params"]): return writing(head) { try requests.addParameters(id, $0) }
    case ("GET", ["artifacts", "directories"]):
      return answer { _ in
        ArtifactService.list(
          try requests.list(id, head.query["artifact_directory_path"] ?? ""),
          root: try requests.artifactURI(of: id)
        ) { $0 }
      }
    case ("GET", ["artifacts", "files"]):
      return answer { _ in
        guard let path = head.query["artifact_file_path"], !path.isEmpty else {
          throw TrackingError(
            .badRequest, "Request must include the \"artifact_file_path\" query parameter.")
        }
        return try artifacts.download(ArtifactAddress(model: id, ArtifactName(text: path)))
      }
    case ("DELETE", let rest) where rest.count == 2 && rest[0] == "tags":
      return writing(head) { _ in try requests.deleteTag(id, rest[1]) }
    default: return .other
    }
  }

  private func creating(_ head: WebHead) -> WebHandling {
    guard let log, head.access.mayLog else { return writing(head) { _ in Data() } }
    return .answer(limit: 4 << 20) { [requests] body in
      do {
        try await log.ensureDefault()
        return .json(try await Blocking.run { try requests.create(body) })
      } catch { return Endpoint.reply(to: error) }
    }
  }

  private func writing(
    _ head: WebHead, limit: Int = 4 << 20, _ work: @escaping @Sendable (Data) throws -> Data
  ) -> WebHandling {
    guard isWriting, head.access.mayLog else {
      let words =
        isWriting
        ? "This token only reads." : "This server only reads: it was started with --read-only."
      return .answer(limit: 1 << 20) { _ in TrackingError(.denied, words).reply }
    }
    return answer(limit: limit) { .json(try work($0)) }
  }

  private func asking(_ work: @escaping @Sendable (Data) throws -> Data) -> WebHandling {
    answer { .json(try work($0)) }
  }

  private func answer(
    limit: Int = 1 << 20, _ work: @escaping @Sendable (Data) throws -> WebReply
  ) -> WebHandling {
    .answer(limit: limit) { body in
      do { return try await Blocking.run { try work(body) } } catch {
        return Endpoint.reply(to: error)
      }
    }
  }
}
