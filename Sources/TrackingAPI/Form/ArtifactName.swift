import Foundation
import Web

/// A path within the artifacts of a run, checked: it leads nowhere else.
struct ArtifactName: Hashable {
  /// The parts; empty for the folder of all.
  let parts: [String]

  /// The parts with `/` between.
  var text: String { parts.joined(separator: "/") }

  /// Bytes of a whole path, and of a part.
  static let mostBytes = 1000
  static let mostPartBytes = 255

  /// Takes a path of which a client wrote the parts one by one.
  ///
  /// - Throws: `TrackingError` where a part is none: empty, a step up in whatever writing, with a separator, a
  ///   NUL or a hidden character in it, or too long.
  init(parts: [String]) throws {
    for part in parts { try Self.check(part) }
    self.parts = parts
    guard text.utf8.count <= Self.mostBytes else {
      throw Self.refusal(text, "a path has at most \(Self.mostBytes) bytes")
    }
  }

  /// Takes a path with `/` between its parts; a last `/` and `.` alone are the folder itself.
  ///
  /// - Throws: as `init(parts:)`, and where it is absolute.
  init(text: String) throws {
    guard !text.hasPrefix("/") else { throw Self.refusal(text, "it is absolute") }
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.last == "" { parts.removeLast() }
    if parts == ["."] { parts = [] }
    try self.init(parts: parts)
  }

  private static func check(_ part: String) throws {
    guard part.utf8.count <= mostPartBytes else {
      throw refusal(part, "a part of a path has at most \(mostPartBytes) bytes")
    }
    guard !part.isEmpty else { throw refusal(part, "a part is empty") }
    // However often it was encoded.
    var plain = part
    for _ in 0..<8 where plain.contains("%") { plain = WebQuery.decoded(plain) }
    let pieces = plain.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    guard !pieces.contains("..") && !pieces.contains(".") else {
      // MLflow's own words, to the letter, for clients that compare them.
      throw TrackingError(.invalid, "Invalid path")
    }
    let isPlain = part.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7F && !"/\\\u{FFFD}".unicodeScalars.contains($0)
    }
    guard isPlain, !plain.utf8.contains(0) else {
      throw refusal(part, "it has a separator, a control character or a NUL within a part")
    }
    let isDrive = part.utf8.count == 2 && part.hasSuffix(":")
    guard !isDrive else { throw refusal(part, "it names a drive") }
  }

  private static func refusal(_ text: String, _ reason: String) -> TrackingError {
    TrackingError(
      .invalid, "Invalid path: \(reason), in '\(text.prefix(200))'")
  }
}
