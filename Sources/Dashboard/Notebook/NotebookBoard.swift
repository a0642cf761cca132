import Foundation
import Synchronization

/// What the notebook's page shows now, and who waits for more.
final class NotebookBoard: Sendable {
  /// One state of the page: pieces of HTML, each known by the hash of its text.
  struct Content: Hashable, Sendable {
    /// How training stands.
    var status = ""
    /// What is wrong with the file; empty where it is right.
    var problems = ""
    /// The code of the language that the notebook is written in.
    var language = "en"
    /// The notebook from its title to how it was made, of the last right file.
    var pieces: [Piece] = []
  }

  /// A piece of the page.
  struct Piece: Hashable, Sendable {
    let hash: String
    let html: String

    init(_ html: String) {
      self.html = html
      hash = Self.hash(html)
    }

    static func hash(_ text: String) -> String {
      // FNV-1a: it tells texts apart and guards nothing.
      var value: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
      return String(value, radix: 16)
    }
  }

  private struct State {
    var content = Content()
    var version = 0
    var readers: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextReader = 0
    var lastLook: ContinuousClock.Instant?
  }

  private let state = Mutex(State())

  /// A page that was opened is kept up to date for so long, until its events are asked for.
  private static let graceSeconds = 10.0

  /// Shows another content; readers are told where it is one.
  func show(_ change: (inout Content) -> Void) {
    let readers = state.withLock { state in
      let before = state.content
      change(&state.content)
      guard state.content != before else { return [AsyncStream<Void>.Continuation]() }
      state.version += 1
      return Array(state.readers.values)
    }
    for reader in readers { reader.yield() }
  }

  /// What is shown now, with its number.
  func look() -> (content: Content, version: Int) {
    state.withLock { state in
      state.lastLook = .now
      return (state.content, state.version)
    }
  }

  /// Whether anybody looks.
  var isWatched: Bool {
    state.withLock { state in
      !state.readers.isEmpty
        || state.lastLook.map { ContinuousClock.now - $0 < .seconds(Self.graceSeconds) } ?? false
    }
  }

  /// A stream that has an element at once and whenever something else is shown, never more than one waiting.
  func changes() -> AsyncStream<Void> {
    let (stream, reader) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.nextReader += 1
      state.readers[state.nextReader] = reader
      return state.nextReader
    }
    reader.onTermination = { [weak self] _ in
      _ = self?.state.withLock { $0.readers.removeValue(forKey: number) }
    }
    reader.yield()
    return stream
  }
}
