import Foundation

/// Standard error, for progress and errors.
enum StandardError {
  /// Writes what can be written; a full disk behind standard error ends nothing.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
