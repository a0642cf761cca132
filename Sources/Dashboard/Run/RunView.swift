import Foundation
import Pages
import Results
import RunStorage
import Tracking
import Web

/// `/runs/ID`, a run: its page, `.json`, log and files.
struct RunView: WebService {
  let store: RunStore
  let cache: TableCache

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET" || head.method == "HEAD", head.access.seesPages,
      head.path.count >= 2, head.path[0] == "runs"
    else { return .other }
    let rest = head.path.dropFirst(2).map { $0 }
    let isEditing = head.access == .editing
    let name = head.path[1]
    switch (rest.first, rest.count) {
    case (nil, 0) where name.hasSuffix(".json"):
      return answer(String(name.dropLast(5))) { try json($0) }
    case (nil, 0): return answer(name) { try page($0, isEditing: isEditing) }
    case ("log", 1): return answer(name) { try log($0) }
    case ("artifacts", 2...):
      let file = rest.dropFirst().joined(separator: "/")
      return answer(name) { try artifact(file, $0) }
    default: return .other
    }
  }

  private func answer(
    _ name: String, _ work: @escaping @Sendable (RunRecord) throws -> WebReply
  ) -> WebHandling {
    .reply {
      try await Blocking.run {
        switch try RunChoice(name, in: store) {
        case .one(let run): try work(run)
        case .page(let reply): reply
        }
      }
    }
  }

  private func page(_ run: RunRecord, isEditing: Bool) throws -> WebReply {
    try RunView.page(run, isEditing: isEditing, nil, store, cache)
  }

  /// The page of a run.
  ///
  /// - Parameter problem: what went wrong with an edit.
  static func page(
    _ run: RunRecord, isEditing: Bool, _ problem: LabbookError?, _ store: RunStore,
    _ cache: TableCache
  ) throws -> WebReply {
    let details = try RunDetails(run, store, cache)
    let path = URL(fileURLWithPath: store.path).path
    let page = RunPage(details: details, isEditing: isEditing, store: path, problem: problem)
    return PageFrame(
      title: "Run \(run.id.short)", body: page.body,
      scripts: ChartMarkup.curveScripts + ["log.js", "run.js"],
      styles: ["run.css"] + ChartMarkup.styles, part: .runs,
      status: problem == nil ? 200 : 400
    ).reply
  }

  private func json(_ run: RunRecord) throws -> WebReply {
    .json(Data(try RunReport(run, in: store).json.utf8))
  }

  private func log(_ run: RunRecord) throws -> WebReply {
    let names = try store.artifacts(of: run.id).map(\.name)
    guard let source = try RunLogTail.source(run.id, names, store) else {
      return .text("run \(run.id.short) has no log\n", status: 404)
    }
    return Self.attachment(source, name: "\(run.id.short).log", type: "text/plain; charset=utf-8")
  }

  private func artifact(_ name: String, _ run: RunRecord) throws -> WebReply {
    do {
      guard let source = try store.source(ofArtifact: name, of: run.id) else {
        return RunChoice.missing("Run \(run.id.short) has no file of this name.")
      }
      let file = name.split(separator: "/").last.map(String.init) ?? name
      return Self.attachment(source, name: file, type: "application/octet-stream")
    } catch let error as LabbookError { return RunChoice.missing(error.message) }
  }

  private static func attachment(
    _ source: ArtifactSource, name: String, type: String
  ) -> WebReply {
    switch source {
    case .bytes(let data): .attachment(.data(data), name: name, type: type)
    case .file(let path, _): .attachment(.file(path: path), name: name, type: type)
    }
  }
}
