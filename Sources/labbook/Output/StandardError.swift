import Foundation
import Terminal

/// Standard error, for progress and errors.
enum StandardError {
  /// Writes what can be written, as it may be shown, in the columns that a terminal has; a full disk
  /// behind standard error ends nothing.
  static func write(_ text: String) {
    let room = TextStyle.Room(descriptor: STDERR_FILENO)
    let lines = flowed(text, within: room?.columns)
    try? FileHandle.standardError.write(contentsOf: Data(outgoing(lines).utf8))
  }
}
