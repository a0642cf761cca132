import Foundation
import Testing

/// The map: the rooms in the order of their imports.
///
/// A room imports only rooms above it.
private let rooms = [
  "CCrypto", "CZlib", "CImages", "CTables", "CMD4C", "CPCRE2", "CMachine", "CKernels", "CGnuplot",
  "Tracking",
  "Languages", "Machine",
  "Terminal", "TensorKernels",
  "NeuralNet", "Datasets", "Runs", "Search", "FileLanguage", "Experiments", "RunStorage", "Sweeps",
  "Drawing", "Figures", "GnuplotBackend", "TerminalBackend", "Training", "Programs", "Runner",
  "Cluster", "Results", "Interchange", "Pictures", "Pages", "Web",
  "labbook", "TrackingAPI", "Dashboard", "Serving", "labbook-serve",
]

/// Each library and the only room that may import it.
private let homes = [
  "CKernels": "TensorKernels", "CZlib": "Datasets", "CImages": "Datasets", "CTables": "Datasets",
  "CMD4C": "Pages", "CGnuplot": "GnuplotBackend",
  "CCrypto": "Tracking", "CPCRE2": "Programs", "CMachine": "Machine", "Yams": "FileLanguage",
  "CYaml": "FileLanguage", "GRDB": "RunStorage",
  "GRDBSQLite": "RunStorage", "ArgumentParser": "labbook",
  "HummingbirdCore": "Serving", "Logging": "Serving", "NIOCore": "Serving", "NIOHTTP1": "Serving",
  "NIOPosix": "Serving",
]

/// What comes with a product under another name.
private let products = [
  "CYaml": "Yams", "GRDBSQLite": "GRDB",
]

/// What ships with the toolchain and may be imported anywhere.
private let toolchain: Set = [
  "Foundation", "Glibc", "Dispatch", "Synchronization", "Swift", "FoundationXML",
]

/// Rooms that others are built on, and what they must never see.
private let forbidden = [
  "Figures": ["Experiments", "RunStorage", "Sweeps", "Runs"],
  "Search": ["FileLanguage", "Experiments"],
  "Results": ["GnuplotBackend", "Training", "Figures", "Runner"],
  "Runner": ["Training", "Experiments", "Datasets", "Figures"],
  "Training": ["Experiments", "RunStorage", "Sweeps", "Runner"],
  "Cluster": ["Datasets", "Experiments", "NeuralNet", "RunStorage", "Training"],
  "Programs": ["Experiments", "NeuralNet", "RunStorage", "Sweeps", "Training"],
]

struct ImportTests {
  @Test func noImportClimbs() throws {
    for file in try swiftFiles("Sources") {
      let from = try #require(rooms.firstIndex(of: file.room), "\(file.room) is not on the map")
      for module in file.imports where rooms.contains(module) {
        let to = try #require(rooms.firstIndex(of: module))
        #expect(to < from, "\(file.path) imports \(module), which stands below \(file.room)")
      }
    }
  }

  @Test func roomsDoNotSeeWhatTheyMustNot() throws {
    for file in try swiftFiles("Sources") {
      for module in forbidden[file.room] ?? [] {
        #expect(!file.imports.contains(module), "\(file.path) imports \(module)")
      }
    }
  }

  @Test func everyLibraryHasOneHome() throws {
    for file in try swiftFiles("Sources") {
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
    #expect(folders.count > 20)
  }

  /// A target that imports what it does not declare builds or fails by the order of the build.
  @Test func everyTargetDeclaresExactlyWhatItImports() throws {
    let declared = try declaredDependencies()
    #expect(declared.count > 30)
    for folder in ["Sources", "Tests"] {
      // This room has import lines in its texts.
      let files = try swiftFiles(folder).filter { $0.room != "ArchitectureTests" }
      for (room, files) in Dictionary(grouping: files, by: \.room) {
        let imported = Set(files.flatMap(\.imports)).subtracting(toolchain)
          .subtracting(["Testing", room]).map { products[$0] ?? $0 }
        let known = try #require(declared[room], "\(folder)/\(room) is no target")
        #expect(
          Set(imported).subtracting(known) == [], "\(room) imports what it does not declare")
        #expect(
          known.subtracting(imported).subtracting(Self.linked) == [],
          "\(room) declares what it does not import")
      }
    }
  }

  /// What tests need built without importing it: they spawn the tool, or count in C.
  private static let linked: Set = ["labbook", "labbook-serve", "TrainingWorker"]

  /// All that is printed passes one gate: `print` and `StandardError` of the room labbook, and `Output` of
  /// labbook-serve.
  @Test func nothingIsPrintedBesideTheGate() throws {
    let gate: Set = [
      "labbook/Output/StandardOutput.swift", "labbook/Output/StandardError.swift",
      "labbook-serve/Output.swift",
    ]
    let others = [
      "Swift.print", "FileHandle.standardOutput", "FileHandle.standardError", "fputs(",
      "debugPrint(", "NSLog(", "fwrite(", "putchar(",
    ]
    for file in try swiftFiles("Sources") where !gate.contains(file.path) {
      let text = try String(contentsOfFile: root + "/Sources/" + file.path, encoding: .utf8)
      for other in others { #expect(!text.contains(other), "\(file.path) has \(other)") }
      if file.room == "labbook" { continue }
      let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
      #expect(!lines.contains { $0.hasPrefix("print(") }, "\(file.path) prints")
    }
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

let root = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

/// What every target declares, as the package manager understands Package.swift.
///
/// The file is Swift, so that it is read by what it says of targets: `room(NAME, [...])`,
/// `tests(NAME, [...])` and targets of their own, with the short names of products resolved.
private func declaredDependencies() throws -> [String: Set<String>] {
  let text = try String(contentsOfFile: root + "/Package.swift", encoding: .utf8)
  var names: [String: String] = [:]
  for match in text.matches(of: /let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/) {
    names[String(match.1)] = String(match.2)
  }
  func dependencies(_ list: Substring) -> Set<String> {
    let items = list.split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return Set(
      items.filter { !$0.isEmpty }.map {
        $0.hasPrefix("\"") ? $0.trimmingCharacters(in: ["\""]) : names[$0] ?? $0
      })
  }
  var declared: [String: Set<String>] = [:]
  for match in text.matches(of: /\broom\(\s*"(\w+)",\s*\[([^\]]*)\]/) {
    declared[String(match.1)] = dependencies(match.2)
  }
  for match in text.matches(of: /\btests\(\s*"(\w+)",\s*\[([^\]]*)\]/) {
    declared[match.1 + "Tests"] = dependencies(match.2)
  }
  for match in text.matches(of: /name: "([\w-]+)",\s*dependencies: \[([^\]]*)\]/) {
    declared[String(match.1)] = dependencies(match.2)
  }
  return declared
}

private struct SourceFile {
  let path: String
  let room: String
  let imports: [String]
}

/// Each folder is read once for all tests.
private let folders = [
  "Sources": Result { try readSwiftFiles("Sources") },
  "Tests": Result { try readSwiftFiles("Tests") },
]

private func swiftFiles(_ folder: String) throws -> [SourceFile] {
  try #require(folders[folder]).get()
}

private func readSwiftFiles(_ folder: String) throws -> [SourceFile] {
  let base = root + "/" + folder
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
  text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
    let line = Substring(bytes)
    guard bytes.count < 120, line.contains("import") else { return nil }
    var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    let access: Set = ["public", "package", "internal", "private", "fileprivate"]
    while let first = words.first, first.hasPrefix("@") || access.contains(first) {
      words.removeFirst()
    }
    guard words.count >= 2, words[0] == "import" else { return nil }
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
    // Python, in the text of a test, lists modules with commas.
    return name.hasSuffix(",") ? nil : String(name.prefix { $0 != "." })
  }
}
