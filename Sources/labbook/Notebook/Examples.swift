import Foundation
import Machine
import Terminal
import Tracking

/// The notebooks that Labbook is shipped with, where it was installed or built.
struct Examples {
  /// The folder that holds them.
  let folder: URL

  /// Finds them: beside an installed `labbook` in `share/labbook/experiments`, else in the folder in
  /// which it was built.
  ///
  /// - Throws: `LabbookError` where neither is there.
  init() throws {
    let executable = OwnExecutable.url
    let installed = executable.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "share/labbook/experiments")
    if Self.isFolder(installed) {
      folder = installed
      return
    }
    var above = executable.deletingLastPathComponent()
    while above.path.count > 1 {
      let candidate = above.appending(path: "experiments")
      if Self.isFolder(candidate),
        FileManager.default.fileExists(atPath: above.appending(path: "Package.swift").path)
      {
        folder = candidate
        return
      }
      above.deleteLastPathComponent()
    }
    throw LabbookError.input(
      "the shipped notebooks are not here: there is no \(installed.path)",
      hint: "scripts/install puts them beside labbook")
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The folders of notebooks: of networks, and of programs.
  private var shelves: [URL] { [folder, folder.appending(path: "programs")] }

  /// Their names, as `--example` takes them.
  var names: [String] { shelves.flatMap(Self.notebooks).sorted() }

  private static func notebooks(in shelf: URL) -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: shelf.path)) ?? []
    return entries.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }
  }

  /// The text of one, and the tables and programs beside it that it names; paths are relative to it.
  ///
  /// - Throws: `LabbookError` where there is none of that name.
  func files(of name: String) throws -> [(path: String, bytes: Data)] {
    guard let shelf = shelves.first(where: { Self.notebooks(in: $0).contains(name) }) else {
      let near = nearestName(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
      throw LabbookError.input(
        "there is no example '\(printable(name))'",
        hint: near + "The examples are: " + names.joined(separator: ", "))
    }
    let notebook = try Self.read(shelf.appending(path: name + ".yaml"))
    let text = String(decoding: notebook, as: UTF8.self)
    let companions = Self.companions(in: shelf).filter { text.contains($0) }
    return [(name + ".yaml", notebook)]
      + (try companions.map { ($0, try Self.read(shelf.appending(path: $0))) })
  }

  /// What lies beside notebooks and is none, relative to their folder.
  private static func companions(in shelf: URL) -> [String] {
    let root = shelf.resolvingSymlinksInPath().path + "/"
    let walk = FileManager.default.enumerator(
      at: shelf, includingPropertiesForKeys: [.isRegularFileKey])
    return (walk?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
      .map { String($0.resolvingSymlinksInPath().path.dropFirst(root.count)) }
      .filter { !$0.hasSuffix(".yaml") }.sorted()
  }

  private static func read(_ file: URL) throws -> Data {
    do { return try Data(contentsOf: file) } catch {
      throw LabbookError.input(
        "\(file.path) cannot be read: \(fileReason(error))", hint: "install Labbook anew")
    }
  }
}
