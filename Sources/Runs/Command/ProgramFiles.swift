import Foundation
public import Tracking

/// Finds the files whose contents decide what an outside program computes.
///
/// Where a file names none, these are the words of the command that are files and, for Python, the modules
/// beside them that they import, followed.
public final class ProgramFiles {
  private let folder: String
  private var known: [Asked: [String]] = [:]

  private struct Asked: Hashable {
    let words: [String]
    let files: [String]?
    let inputs: [String]
  }

  /// The most files that a glob may stand for.
  static let most = 10_000

  /// Makes a finder for programs that work in a folder.
  public init(folder: String) { self.folder = folder }

  /// The paths, as the file writes them, sorted, each once.
  ///
  /// - Parameters:
  ///   - words: the command's.
  ///   - files: paths, folders or globs that stand for the program itself; `nil` to find them.
  ///   - inputs: paths, folders or globs of data.
  /// - Throws: `LabbookError` for a pattern that no file fits.
  public func paths(
    of words: [String], files: [String]?, inputs: [String]
  ) throws(LabbookError) -> [String] {
    let asked = Asked(words: words, files: files, inputs: inputs)
    if let found = known[asked] { return found }
    var all: Set<String> = []
    for pattern in (files ?? []) + inputs { all.formUnion(try matching(pattern)) }
    if files == nil {
      for (place, word) in words.enumerated() {
        if isFile(word) { follow(word, &all) }
        // python -m project.train
        if place > 0, words[place - 1] == "-m" {
          for name in [word, word + ".__main__"] {
            for found in self.files(of: name, beside: "") { follow(found, &all) }
          }
        }
      }
    }
    let sorted = all.sorted()
    known[asked] = sorted
    return sorted
  }

  private func place(_ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
  }

  private func isFile(_ path: String) -> Bool {
    var status = stat()
    return !path.isEmpty && !path.contains("{")
      && stat(place(path), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  // MARK: Patterns

  /// The files that a path, a folder or a glob stands for; `**` goes through folders.
  private func matching(_ pattern: String) throws(LabbookError) -> [String] {
    if isFile(pattern) { return [pattern] }
    var status = stat()
    let isFolder =
      stat(place(pattern), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    let wanted = isFolder ? pattern + (pattern.hasSuffix("/") ? "**" : "/**") : pattern
    let base = Self.base(of: wanted)
    var found: [String] = []
    for path in below(base) where Self.fits(path[...], wanted[...]) {
      found.append(path)
      guard found.count <= Self.most else {
        throw .input(
          "'\(pattern)' stands for more than \(Self.most) files",
          hint: "name fewer, or the folder's own archive")
      }
    }
    guard !found.isEmpty else {
      throw .input("no file fits '\(pattern)'", hint: "paths are relative to the experiment's file")
    }
    return found
  }

  /// The folder above the first part with a sign of a pattern; empty for the working folder.
  private static func base(of pattern: String) -> String {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.prefix { part in !part.contains { "*?[".contains($0) } }
    return plain.count == parts.count
      ? parts.dropLast().joined(separator: "/") : plain.joined(separator: "/")
  }

  /// Every regular file below a folder but hidden ones and Python's caches; links to folders are not
  /// followed.
  private func below(_ base: String) -> [String] {
    var found: [String] = []
    var waiting = [base]
    while let next = waiting.popLast(), found.count <= Self.most * 10 {
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: place(next.isEmpty ? "." : next)))
        ?? []
      for name in names where !name.hasPrefix(".") && name != "__pycache__" {
        let path = next.isEmpty ? name : next.hasSuffix("/") ? next + name : next + "/" + name
        var status = stat()
        guard lstat(place(path), &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          waiting.append(path)
        } else if isFile(path) {
          found.append(path)
        }
      }
    }
    return found
  }

  /// Whether a path fits a glob: `*` and `?` within a part, `**` across parts.
  static func fits(_ path: Substring, _ pattern: Substring) -> Bool {
    guard let sign = pattern.first else { return path.isEmpty }
    if pattern.hasPrefix("**/") {
      let rest = pattern.dropFirst(3)
      if fits(path, rest) { return true }
      guard let slash = path.firstIndex(of: "/") else { return false }
      return fits(path[path.index(after: slash)...], pattern)
    }
    if pattern == "**" { return true }
    if sign == "*" {
      let rest = pattern.dropFirst()
      var tail = path
      while true {
        if fits(tail, rest) { return true }
        guard let next = tail.first, next != "/" else { return false }
        tail = tail.dropFirst()
      }
    }
    guard let letter = path.first, sign == "?" ? letter != "/" : letter == sign else {
      return false
    }
    return fits(path.dropFirst(), pattern.dropFirst())
  }

  // MARK: Python

  /// Adds a file and, of a Python program, the project's modules that it imports.
  private func follow(_ path: String, _ all: inout Set<String>) {
    guard all.insert(path).inserted, path.hasSuffix(".py"), all.count < Self.most,
      let data = FileManager.default.contents(atPath: place(path)), data.count < 10 << 20
    else { return }
    let here = PathText(path).folder
    for module in Self.imports(String(decoding: data, as: UTF8.self)) {
      for found in files(of: module, beside: here == "." ? "" : here) { follow(found, &all) }
    }
  }

  /// The modules that a Python text imports: names with dots, those of the same package with a dot before.
  static func imports(_ text: String) -> [String] {
    var found: [String] = []
    for line in statements(text) {
      let words = line.split { " \t,;()".contains($0) }.map(String.init)
      guard let first = words.first else { continue }
      if first == "import" {
        var isAlias = false
        for word in words.dropFirst() {
          if word.hasPrefix("#") { break }
          if word == "as" {
            isAlias = true
          } else if isAlias {
            isAlias = false
          } else {
            found.append(word)
          }
        }
      } else if first == "from", words.count > 2, words[2] == "import" {
        found.append(words[1])
        let separator = words[1].hasSuffix(".") ? "" : "."
        for word in words.dropFirst(3) {
          if word.hasPrefix("#") { break }
          found.append(words[1] + separator + word.filter { $0 != "\\" })
        }
      }
    }
    return found
  }

  /// The lines of a text; names in brackets over several lines stand in one.
  private static func statements(_ text: String) -> [String] {
    var found: [String] = []
    var isOpen = false
    for line in text.split(whereSeparator: \.isNewline) {
      if isOpen, let last = found.popLast() {
        found.append(last + " " + line)
      } else {
        found.append(String(line))
      }
      let words = found.last ?? ""
      isOpen = words.hasPrefix("from ") && words.contains("(") && !words.contains(")")
    }
    return found
  }

  /// The files of a module, where it is one of the project: beside the program, or in the working folder.
  private func files(of module: String, beside here: String) -> [String] {
    let dots = module.prefix { $0 == "." }.count
    let parts = module.split(separator: ".").map(String.init)
    var folders = dots > 0 ? [here] : [here, ""]
    for _ in 0..<max(0, dots - 1) { folders = folders.map { PathText($0).folder } }
    for folder in folders {
      var found: [String] = []
      var path = folder == "." ? "" : folder
      for (index, part) in parts.enumerated() {
        path = path.isEmpty ? part : path + "/" + part
        if isFile(path + "/__init__.py") { found.append(path + "/__init__.py") }
        if index == parts.count - 1, isFile(path + ".py") { found.append(path + ".py") }
      }
      if !found.isEmpty { return found }
    }
    return []
  }
}
