import Foundation
import Testing

/// Folders of a room stand in an order too: none of them uses, by way of others, a folder that uses
/// it.
struct FolderTests {
  @Test func foldersDoNotGoInCircles() throws {
    let rooms = Dictionary(grouping: try files(), by: \.room)
    try #require(rooms.count > 15)
    for (room, files) in rooms {
      let circle = Folders(files).circle
      #expect(circle.isEmpty, "\(room): \(circle)")
    }
  }

  @Test func aCircleIsFound() {
    let texts = [
      ("A", "struct One { let two: Two }"), ("B", "/// One\npublic enum Two { case a }"),
      ("C", "struct Three { let name = \"Two\" }"),
    ]
    #expect(Folders(texts.map { SwiftText("R", $0.0, $0.1) }).circle.isEmpty)
    let back = texts + [("B", "extension Two { func a(_: Four) {} }"), ("A", "protocol Four {}")]
    #expect(Set(Folders(back.map { SwiftText("R", $0.0, $0.1) }).circle) == ["A", "B"])
  }

  private func files() throws -> [SwiftText] {
    let base =
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path + "/Sources/"
    let enumerator = try #require(FileManager.default.enumerator(atPath: base))
    return try enumerator.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map {
      path in
      let parts = path.split(separator: "/").map(String.init)
      return SwiftText(
        parts[0], parts.dropFirst().dropLast().joined(separator: "/"),
        try String(contentsOfFile: base + path, encoding: .utf8))
    }
  }
}

/// A file's types, by their names in its text without comments and texts.
private struct SwiftText {
  let room: String
  let folder: String
  /// Those that stand at its top level.
  private(set) var declared: Set<String> = []
  private(set) var used: Set<String> = []

  init(_ room: String, _ folder: String, _ text: String) {
    self.room = room
    self.folder = folder
    var depth = 0
    // Texts of several lines are every second piece.
    let plain = text.components(separatedBy: "\"\"\"").enumerated()
      .filter { $0.offset % 2 == 0 }.map(\.element).joined()
    for line in plain.utf8.split(separator: UInt8(ascii: "\n")) {
      let code = Self.code(line)
      var before: String?
      for word in Self.words(code) {
        if word.first?.isUppercase == true {
          used.insert(word)
          if depth == 0, before.map(Self.declaring.contains) == true { declared.insert(word) }
        }
        before = word
      }
      depth += code.count { $0 == UInt8(ascii: "{") } - code.count { $0 == UInt8(ascii: "}") }
    }
  }

  private static let declaring: Set = [
    "struct", "class", "enum", "protocol", "actor", "typealias",
  ]

  /// A line without its texts and its comment.
  private static func code(_ line: Substring.UTF8View) -> [UInt8] {
    var code: [UInt8] = []
    var isText = false
    var isEscaped = false
    for byte in line {
      if isText {
        isText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else if byte == UInt8(ascii: "\"") {
        isText = true
      } else if byte == UInt8(ascii: "/"), code.last == byte {
        code.removeLast()
        break
      } else {
        code.append(byte)
      }
    }
    return code
  }

  private static func words(_ code: [UInt8]) -> [String] {
    code.split { byte in
      !(byte == UInt8(ascii: "_") || (48...57).contains(byte) || (65...90).contains(byte)
        || (97...122).contains(byte) || byte >= 0x80)
    }.map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Which folders of a room use which.
private struct Folders {
  private var uses: [String: Set<String>] = [:]

  init(_ files: [SwiftText]) {
    var homes: [String: Set<String>] = [:]
    for file in files {
      for type in file.declared { homes[type, default: []].insert(file.folder) }
    }
    for file in files {
      for type in file.used.subtracting(file.declared) {
        // A name that stands in several folders is private to each.
        guard let places = homes[type], places.count == 1, let place = places.first,
          place != file.folder
        else { continue }
        uses[file.folder, default: []].insert(place)
      }
    }
  }

  /// Folders that reach themselves.
  var circle: [String] {
    uses.keys.filter { start in
      var reached: Set<String> = []
      var open = Array(uses[start] ?? [])
      while let next = open.popLast() {
        guard reached.insert(next).inserted else { continue }
        open += uses[next] ?? []
      }
      return reached.contains(start)
    }.sorted()
  }
}
