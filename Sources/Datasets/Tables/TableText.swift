import Foundation
import Synchronization
import Tracking

/// The text of a table as UTF-8: bytes in memory, or a file that is read a piece at a time.
package final class TableText: Sendable {
  private enum Place: Sendable {
    case memory(Data)
    /// The text begins at a byte of the file.
    case file(OpenFile, start: Int)
  }

  private let place: Place
  /// How many bytes the text has.
  let count: Int
  /// The first bytes, to the end of a line where there are more.
  let head: Data
  private let loaded = Mutex<Data?>(nil)

  /// Bytes that are there already.
  init(_ data: Data) {
    place = .memory(data)
    count = data.count
    head = data
  }

  /// A file's bytes from `start` on, the first of which are `head`.
  init(_ file: OpenFile, from start: Int, head: Data) {
    place = .file(file, start: start)
    count = file.count - start
    self.head = head
  }

  /// Whether the head is all.
  var isWhole: Bool { head.count == count }

  /// Whether a file's bytes are others than when it was opened.
  var hasChanged: Bool {
    if case .file(let file, _) = place { file.hasChanged } else { false }
  }

  /// Fills `target` with the bytes from `start` on.
  ///
  /// - Returns: false where a file no longer has them.
  func read(from start: Int, into target: UnsafeMutableRawBufferPointer) -> Bool {
    switch place {
    case .memory(let data):
      data.withUnsafeBytes { bytes in
        target.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + target.count]))
      }
      return true
    case .file(let file, let first): return file.read(from: first + start, into: target)
    }
  }

  /// All bytes; a file's are read when they are first asked for, and line feeds stand for those that it
  /// no longer has.
  var data: Data {
    guard case .file = place else { return head }
    return loaded.withLock { loaded in
      if let loaded { return loaded }
      var all = Data(repeating: TableScanner.lineFeed, count: count)
      _ = all.withUnsafeMutableBytes { read(from: 0, into: $0) }
      loaded = all
      return all
    }
  }

  /// The line that a byte stands in.
  func line(of byte: Int) -> Int {
    (byte <= head.count ? head : data).withUnsafeBytes { TextPlace(of: byte, in: $0).line }
  }
}

/// How much of a table's text is read at once.
package struct TextPieces: Sendable {
  /// Smaller files are read whole.
  var leastStreamed = 4 << 20
  /// Bytes by which the form of a file is found.
  var head = 4 << 20
  /// Bytes of a part of a text that one thread walks over, at least.
  var part = 1 << 20
  /// Bytes of a window on a part.
  var window = 1 << 19
  /// The kernels' body; `nil` for the best that the processor has.
  var body: Int32?

  package static let standard = TextPieces()

  private init() {}

  /// Small pieces, for tests of what happens at their ends.
  package init(part: Int, window: Int, head: Int = 1 << 20, body: Int32? = nil) {
    (leastStreamed, self.head) = (0, head)
    (self.part, self.window, self.body) = (part, window, body)
  }
}
