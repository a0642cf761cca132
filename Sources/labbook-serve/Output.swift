import Foundation
import Machine
import Synchronization
import Terminal

/// What is printed: the lines at the start, and errors.
enum Output {
  /// Writes lines at once, whatever standard output is, so that scripts read them.
  static func lines(_ lines: [String]) {
    let text = lines.map { outgoing($0) + "\n" }.joined()
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }

  static func error(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(outgoing(text).utf8))
  }
}

/// A line on standard error, unless what it is about has ended before.
final class DelayedNote: Sendable {
  private let isOver = Atomic(false)

  init(_ text: String, seconds: UInt32 = 2) {
    // Without a thread it is not said.
    _ = try? WorkThread("note", stackBytes: 1 << 20) { [self] in
      sleep(seconds)
      if !isOver.load(ordering: .sequentiallyConsistent) { Output.error("note: \(text)\n") }
    }
  }

  func cancel() { isOver.store(true, ordering: .sequentiallyConsistent) }
}
