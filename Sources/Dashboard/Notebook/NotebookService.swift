import Foundation
import Pages
public import RunStorage
import Synchronization
public import Tracking
public import Web

/// `/notebook`: the notebook of an experiment file, which is followed as it is edited and trained.
public struct NotebookService: WebService {
  private let follower: NotebookFollower

  /// Follows the file that an order names; `nil` where it names none.
  ///
  /// - Throws: `LabbookError` where no thread can be made for it.
  public init?(_ order: ServeOrder, _ store: RunStore) throws(LabbookError) {
    guard let file = order.file else { return nil }
    let trainer =
      order.readOnly
      ? nil : FollowedTrainer(program: order.labbook, store: order.store, file: file)
    follower = NotebookFollower(file: file, store: store, trainer: trainer)
    try follower.start()
    Navigation.hasNotebook.store(true, ordering: .relaxed)
  }

  /// Ends what is being trained, which keeps what it measured, and waits for it.
  ///
  /// A signal that comes meanwhile ends this process at once, and what is being trained interrupts itself.
  public func close() {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    follower.close()
  }

  /// Answers for the notebook, its events and its figures.
  public func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET" || head.method == "HEAD", head.access.seesPages else {
      return .other
    }
    if head.path == ["notebook"] { return .reply { page } }
    if head.path == ["events"], head.query["view"] == "notebook" {
      let since = head.headers["last-event-id"] ?? head.query["since"]
      return .reply { NotebookEvents(follower.board, since: since).reply }
    }
    guard let figure = FigureAddress(head.path) else { return .other }
    return .reply {
      try await Blocking.run { try figure.reply(follower.drawing, follower.writer, head.query) }
    }
  }

  private var page: WebReply {
    let (content, version) = follower.board.look()
    let pieces = content.pieces.map {
      "<section class=\"cell\" data-hash=\"\($0.hash)\">\n\($0.html)</section>\n"
    }
    let stale = content.problems.isEmpty ? "" : " stale"
    return PageFrame(
      title: "Notebook",
      body: """
        <div id="notebook-status">\(content.status)</div>
        <div id="notebook-problems">\(content.problems)</div>
        <article id="notebook" class="notebook\(stale)" lang="\(content.language)" \
        data-since="\(NotebookEvents.mark(version))">
        \(pieces.joined())</article>
        """, scripts: ["notebook.js"], styles: ["notebook.css"], part: .notebook
    ).reply
  }
}
