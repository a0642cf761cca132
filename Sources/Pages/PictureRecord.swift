import Foundation
import Synchronization
import Tracking

/// What the pictures of a folder were drawn from, so that those that have not changed stay.
///
/// It lies in the folder as `.pictures.json`: of each file the fingerprint of its drawing and the
/// SHA-256 of the file itself. Where it is missing or cannot be read, everything is drawn.
final class PictureRecord: Sendable {
  let folder: String
  private let known: [String: Entry]
  private let drawn = Mutex([String: Entry]())

  private struct Entry: Codable {
    let drawing: String
    let picture: String
  }

  init(folder: String) {
    self.folder = folder
    let data = FileManager.default.contents(atPath: folder + "/" + Self.name)
    known = data.flatMap { try? JSONDecoder().decode([String: Entry].self, from: $0) } ?? [:]
  }

  private static let name = ".pictures.json"

  /// Whether the file at a path is the picture of a drawing.
  func has(_ path: String, _ drawing: String) -> Bool {
    guard let entry = known[key(path)], entry.drawing == drawing else { return false }
    return entry.picture == Self.digest(path)
  }

  /// Notes what was drawn.
  func add(_ paths: [String], _ drawing: String) {
    for path in paths {
      guard let picture = Self.digest(path) else { continue }
      drawn.withLock { $0[key(path)] = Entry(drawing: drawing, picture: picture) }
    }
  }

  /// Writes the record under another name, then renames it; without it all is drawn again.
  func save() {
    let drawn = drawn.withLock { $0 }
    guard !drawn.isEmpty else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(known.merging(drawn) { _, new in new }) else { return }
    try? OutputFile.write(data, to: folder + "/" + Self.name, .own)
  }

  private func key(_ path: String) -> String { PathText(path).name }

  private static func digest(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    var digest = SHA256Digest()
    digest.update(data)
    return digest.hex()
  }
}
