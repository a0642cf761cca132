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
    let plain = text.replacing(/"""[\s\S]*?"""/, with: "")
    for line in plain.split(separator: "\n") {
      let code = line.replacing(/"(?:\\.|[^"\\])*"/, with: "").replacing(/\/\/.*/, with: "")
      if depth == 0,
        let type = code.firstMatch(
          of: /\b(?:struct|class|enum|protocol|actor|typealias) ([A-Z]\w*)/)
      {
        declared.insert(String(type.1))
      }
      used.formUnion(code.matches(of: /\b[A-Z]\w*/).map { String($0.0) })
      depth += code.count { $0 == "{" } - code.count { $0 == "}" }
    }
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
