import Foundation
import Testing

/// The rooms in the order of their imports: a room imports only rooms above it.
private let rooms = [
  "CZlib", "CMD4C", "CKernels", "CGnuplot", "Tracking", "Terminal", "TensorKernels", "NeuralNet",
  "Datasets", "Experiments", "RunStorage", "Figures", "Sweeps", "GnuplotBackend", "Training",
  "Reports", "Runner", "Dashboard", "labbook",
]

/// Each library and the only room that may import it.
private let homes = [
  "CKernels": "TensorKernels", "CZlib": "Datasets",
  "CMD4C": "Reports",
  "CGnuplot": "GnuplotBackend", "CCrypto": "Tracking", "Yams": "Experiments", "CYaml": "Experiments",
  "GRDB": "RunStorage", "GRDBSQLite": "RunStorage", "ArgumentParser": "labbook",
]

/// What ships with the toolchain and may be imported anywhere.
private let toolchain: Set = ["Foundation", "Glibc", "Dispatch", "Synchronization", "Swift"]

struct ImportTests {
  @Test func noImportClimbs() throws {
    for file in try swiftFiles() {
      for module in file.imports where rooms.contains(module) {
        let from = try #require(rooms.firstIndex(of: file.room), "\(file.room) is not on the map")
        let to = try #require(rooms.firstIndex(of: module))
        #expect(to < from, "\(file.path) imports \(module), which stands below \(file.room)")
      }
    }
  }

  @Test func everyLibraryHasOneHome() throws {
    for file in try swiftFiles() {
      for module in file.imports where !rooms.contains(module) || homes[module] != nil {
        if toolchain.contains(module) { continue }
        #expect(
          homes[module] == file.room,
          "\(file.path) imports \(module), whose home is \(homes[module] ?? "not on the map")")
      }
    }
  }

  @Test func everyFolderIsARoomOfTheMap() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: root + "/Sources")
    for folder in folders where !folder.hasPrefix(".") {
      #expect(rooms.contains(folder), "Sources/\(folder) is not on the map")
    }
    #expect(folders.count > 10)
  }

  @Test func importLinesAreRead() {
    let text = """
      // import Yams
      public import Tracking
      @preconcurrency internal import struct Foundation.URL
        import GRDB
      let imported = "import CCrypto"
      """
    #expect(importedModules(in: text) == ["Tracking", "Foundation", "GRDB"])
  }
}

private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

private struct SourceFile {
  let path: String
  let room: String
  let imports: [String]
}

private func swiftFiles() throws -> [SourceFile] {
  let base = root + "/Sources"
  let enumerator = try #require(FileManager.default.enumerator(atPath: base))
  let paths = enumerator.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
  try #require(paths.count > 10)
  return try paths.map { path in
    let text = try String(contentsOfFile: base + "/" + path, encoding: .utf8)
    return SourceFile(
      path: path, room: String(path.prefix { $0 != "/" }), imports: importedModules(in: text))
  }
}

private func importedModules(in text: String) -> [String] {
  text.split(separator: "\n").compactMap { line in
    var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    let access: Set = ["public", "package", "internal", "private", "fileprivate"]
    while let first = words.first, first.hasPrefix("@") || access.contains(first) {
      words.removeFirst()
    }
    guard words.count >= 2, words[0] == "import" else { return nil }
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
    return String(name.prefix { $0 != "." })
  }
}
