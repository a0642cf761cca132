import Foundation
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
final class DelayedNote {
  private let item: DispatchWorkItem

  init(_ text: String, seconds: Double = 2) {
    item = DispatchWorkItem { Output.error("note: \(text)\n") }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: item)
  }

  func cancel() { item.cancel() }
}
