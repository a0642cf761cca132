import FileLanguage
import Foundation

/// Reads a file, the files it is based on and what the command line sets into one tree.
struct SpecReader {
  private let problems: SpecProblems
  /// Every file that was asked for, whether it could be read or not.
  private(set) var files: [String] = []
  /// The files being read, each based on the one after; to find cycles.
  private var chain: [String] = []

  /// The longest chain of files that are based on each other.
  private static let longestChain = 50

  init(_ problems: SpecProblems) { self.problems = problems }

  /// The merged tree of a file; `nil` where nothing can be made of it.
  mutating func read(_ path: String) -> SpecNode? { read(path, asker: nil) }

  /// The tree of a text that is no file.
  mutating func read(_ source: SpecSource, text: String) -> SpecNode? {
    tree(source, text: text).flatMap { based($0, source) }
  }

  private mutating func read(_ path: String, asker: Mark?) -> SpecNode? {
    files.append(path)
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if let asker, chain.contains(real) {
      problems.report(
        asker,
        chain.last == real ? "the file is based on itself" : "'\(path)' is based on this file",
        ["bases cannot form a circle"])
      return nil
    }
    if let asker, chain.count >= Self.longestChain {
      problems.report(asker, "more than \(Self.longestChain) files are based on each other")
      return nil
    }
    guard let source = FileText.read(path, asker: asker, problems) else { return nil }
    chain.append(real)
    defer { chain.removeLast() }
    return tree(source, text: source.lines.joined(separator: "\n")).flatMap { based($0, source) }
  }

  private func tree(_ source: SpecSource, text: String) -> SpecNode? {
    let before = problems.list.count
    let root = YAMLReader.read(source, text: text, problems: problems)
    let start = Mark(source, line: 1, column: 1)
    guard let root, !root.isEmpty, !root.isNull else {
      if problems.list.count == before {
        problems.report(
          start, "the file is empty",
          ["'labbook init' writes an experiment to start from"])
      }
      return nil
    }
    guard root.entries != nil else {
      problems.report(
        root.mark, "an experiment is a mapping of keys such as data, models and train")
      return nil
    }
    return FileVariables(problems).replaced(root)
  }

  /// Puts a tree over the tree of its base.
  private mutating func based(_ root: SpecNode, _ source: SpecSource) -> SpecNode? {
    guard case .mapping(let all) = root.content else { return nil }
    let own = SpecNode(
      .mapping(all.filter { $0.key != "base" && !$0.key.hasPrefix("x-") }), root.mark)
    guard let base = root.entry("base") else {
      return SpecMerger(problems, hasBase: false).withoutRemovals(own)
    }
    guard let path = base.value.text, !path.isEmpty, !base.value.isNull else {
      problems.report(
        base.value.mark, "base has no path of a file",
        ["expected the path of an experiment file, relative to this file"])
      problems.lacksBase = true
      return own
    }
    guard let below = read(source.resolve(path), asker: base.value.mark) else {
      problems.lacksBase = true
      return own
    }
    return SpecMerger(problems).merge(own, over: below, at: [])
  }
}
