import Foundation
import Terminal

/// Standard error, for progress and errors.
enum StandardError {
  /// Writes what can be written, as it may be shown; a full disk behind standard error ends nothing.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(outgoing(text).utf8))
  }
}
