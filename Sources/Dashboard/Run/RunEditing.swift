import Foundation
import Pages
import RunStorage
import Tracking
import Web

/// What those who may edit do to a run: tags, its note, stopping.
struct RunEditing: WebService {
  let store: RunStore
  let cache: TableCache

  /// The longest form that is read, in bytes.
  static let most = 256 * 1024

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "POST", head.path.count == 3, head.path[0] == "runs",
      let edit = Edit(rawValue: head.path[2]), head.access.seesPages
    else { return .other }
    guard head.access == .editing else {
      return .reply { .text("this address only reads\n", status: 403) }
    }
    let name = head.path[1]
    return .answer(limit: Self.most) { body in
      let form = WebQuery(text: String(decoding: body, as: UTF8.self))
      return try await Blocking.run { try answer(edit, name, form) }
    }
  }

  private enum Edit: String {
    case tags, note, stop
  }

  private func answer(_ edit: Edit, _ name: String, _ form: WebQuery) throws -> WebReply {
    let run: RunRecord
    switch try RunChoice(name, in: store) {
    case .one(let found): run = found
    case .page(let reply): return reply
    }
    do {
      switch edit {
      case .tags:
        if let tag = form["remove"] {
          try store.untag(run.id, tag)
        } else {
          try store.tag(run.id, form["add"] ?? "")
        }
      case .note:
        let text = (form["text"] ?? "").replacing("\r\n", with: "\n")
        try store.setNote(text.contains { !$0.isWhitespace } ? text : "", of: run.id)
      case .stop: try Stopping.stop([run], in: store)
      }
    } catch let problem as LabbookError {
      return try RunView.page(run, isEditing: true, problem, store, cache)
    }
    return .see("/runs/\(name)")
  }
}
