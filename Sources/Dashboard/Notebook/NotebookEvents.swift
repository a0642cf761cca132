import Foundation
import Web

/// The events of the notebook's page: what it shows from now on, of which a reader is sent what it lacks.
struct NotebookEvents {
  private let board: NotebookBoard
  private let since: String?

  /// - Parameter since: what the reader has seen, as `mark` says it.
  init(_ board: NotebookBoard, since: String?) { (self.board, self.since) = (board, since) }

  /// This start of the server: the numbers of another one say nothing here.
  private static let start = String(UInt64.random(in: 0...UInt64.max), radix: 16)

  /// A state of the board, for a reader to come back with.
  static func mark(_ version: Int) -> String { "\(start).\(version)" }

  var reply: WebReply {
    WebReply(
      200, type: "text/event-stream",
      body: .events(WebEvents { [board, since] in Self.stream(board, since) }))
  }

  private static func stream(_ board: NotebookBoard, _ since: String?) -> AsyncStream<Data> {
    AsyncStream { output in
      let first = board.look()
      // A page that was just made has all of it.
      let known = mark(first.version) == since ? Sent(first.content) : Sent()
      let task = Task {
        var sent = known
        for await _ in board.changes() {
          let (content, version) = board.look()
          if let event = sent.event(content, mark(version)) { output.yield(event) }
        }
        output.finish()
      }
      // Who has gone without a word is noticed when something is sent.
      let signs = Task {
        while (try? await Task.sleep(for: .seconds(15))) != nil {
          output.yield(Data(": here\n\n".utf8))
        }
      }
      output.onTermination = { _ in
        task.cancel()
        signs.cancel()
      }
    }
  }

  /// What a reader has.
  struct Sent {
    private var content: NotebookBoard.Content?
    private var hashes: Set<String> = []

    init() {}

    init(_ content: NotebookBoard.Content) {
      self.content = content
      hashes = Set(content.pieces.map(\.hash))
    }

    /// The event that brings the reader to a state; `nil` where it is there already.
    mutating func event(_ new: NotebookBoard.Content, _ mark: String) -> Data? {
      guard new != content else { return nil }
      var change = Change()
      if new.status != content?.status { change.status = new.status }
      if new.problems != content?.problems { change.problems = new.problems }
      if new.language != content?.language { change.language = new.language }
      if new.pieces != content?.pieces {
        change.order = new.pieces.map(\.hash)
        for piece in new.pieces where !hashes.contains(piece.hash) {
          change.pieces[piece.hash] = piece.html
        }
      }
      self = Sent(new)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      guard let text = try? encoder.encode(change) else { return nil }
      return WebEvents.event("notebook", String(decoding: text, as: UTF8.self), id: mark)
    }
  }

  /// What is sent: HTML in place of HTML.
  private struct Change: Encodable {
    var status: String?
    var problems: String?
    var language: String?
    /// The hashes of all pieces in their order, where it is another one.
    var order: [String]?
    /// Pieces that the reader does not have, by their hashes.
    var pieces: [String: String] = [:]
  }
}
