import Foundation
import Tracking

/// Reads an experiment file as text, or says in plain words why it cannot be one.
package enum FileText {
  /// What stands on a command line for standard input.
  package static let standardInput = "-"

  /// The largest file that is read, in bytes.
  package static let limit = 16 << 20

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: relative to the current folder.
  ///   - asker: the place of a `base:` that names the file; `nil` for the command line.
  /// - Returns: `nil` where it cannot be read, which is reported.
  package static func read(_ path: String, asker: Mark?, _ problems: SpecProblems) -> SpecSource? {
    if asker == nil, path == standardInput { return readStandardInput(problems) }
    func fail(_ message: String, _ notes: [String] = []) -> SpecSource? {
      let nowhere = SpecSource(name: path, folder: "", text: "")
      let place = asker ?? Mark(nowhere, line: 0, column: 0)
      problems.report(place, asker == nil ? message : "\(path): \(message)", notes)
      return nil
    }
    var info = stat()
    guard stat(path, &info) == 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        return fail("there is no such file", similarFile(to: path))
      }
      return fail("cannot be opened: \(systemReason(errno))")
    }
    switch info.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: return fail("is a folder, not an experiment file", experiments(in: path))
    default: return fail("is not a regular file")
    }
    guard info.st_size <= limit else {
      return fail("has \(info.st_size >> 20) MB; \(mostWords)", [mostNote])
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      return fail("cannot be read: \(systemReason(errno))")
    }
    return source(bytes, name: path, folder: PathText(path).folder, problems)
  }

  private static let mostWords = "an experiment file has at most \(limit >> 20) MB"
  private static let mostNote =
    "numbers to train on belong into a file of their own: data: {source: csv, path: ...}"

  /// Reads standard input to its end; its paths are relative to the current folder.
  private static func readStandardInput(_ problems: SpecProblems) -> SpecSource? {
    let name = "<stdin>"
    func fail(_ message: String, _ notes: [String] = []) -> SpecSource? {
      let nowhere = Mark(SpecSource(name: name, folder: "", text: ""), line: 0, column: 0)
      problems.report(nowhere, message, notes)
      return nil
    }
    var bytes = Data()
    do {
      while let more = try FileHandle.standardInput.read(upToCount: 1 << 20), !more.isEmpty {
        bytes += more
        if bytes.count > limit { return fail("is too large: \(mostWords)", [mostNote]) }
      }
    } catch { return fail("cannot be read: \(fileReason(error))") }
    return source(bytes, name: name, folder: "", problems)
  }

  private static func source(
    _ bytes: Data, name: String, folder: String, _ problems: SpecProblems
  ) -> SpecSource? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      reportNotUnicode(bytes, path: name, folder: folder, problems)
      return nil
    }
    let clean = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    return SpecSource(name: name, folder: folder, text: clean)
  }

  private static func reportNotUnicode(
    _ bytes: Data, path: String, folder: String, _ problems: SpecProblems
  ) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let source = SpecSource(name: path, folder: folder, text: "")
      problems.report(
        Mark(source, line: 1, column: 1), "the file is UTF-16, an experiment file is UTF-8",
        ["save it as UTF-8"])
      return
    }
    // Every byte that is no text becomes one replacement character; the first is the place.
    let source = SpecSource(
      name: path, folder: folder, text: String(decoding: bytes, as: UTF8.self))
    var mark = Mark(source, line: 1, column: 1)
    for (index, line) in source.lines.enumerated() {
      if let place = Array(line).firstIndex(of: "\u{FFFD}") {
        mark = Mark(source, line: index + 1, column: place + 1)
        break
      }
    }
    problems.report(
      mark, "this byte is not UTF-8", ["save the file as UTF-8, or retype the character"])
  }

  private static func similarFile(to path: String) -> [String] {
    if path.contains("=") { return ["a value of the file is replaced by --set \(path)"] }
    let (folder, name) = (PathText(path).folder, PathText(path).name)
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    guard
      let near = nearestExperiment(to: name, among: names) ?? nearestFile(to: name, among: names)
    else { return [] }
    return ["did you mean '\(folder.isEmpty ? near : folder + "/" + near)'?"]
  }

  private static func experiments(in folder: String) -> [String] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    let found = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.prefix(5)
    return found.isEmpty ? [] : ["it has: " + found.joined(separator: ", ")]
  }
}

/// The experiment that was probably meant by a name without extension.
private func nearestExperiment(to name: String, among names: [String]) -> String? {
  guard !name.contains(".") else { return nil }
  let experiments = names.sorted().filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
  func bare(_ file: String) -> String { PathText(file).stem }
  let near =
    experiments.contains { bare($0) == name }
    ? name : nearestName(to: name, among: experiments.map(bare))
  return experiments.first { bare($0) == near }
}

/// The file name that was probably meant.
private func nearestFile(to name: String, among names: [String]) -> String? {
  nearestName(to: name, among: names.filter { !$0.hasPrefix(".") && $0 != name }.sorted())
}
