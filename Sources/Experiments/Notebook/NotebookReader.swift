import Datasets
import FileLanguage
import Languages
import Tracking

/// Reads the notebook, or makes the one that a file without it stands for.
struct NotebookReader {
  let problems: SpecProblems
  let tree: FileTree
  let overrides: [SweepSpec.Substitution]
  /// What a hand-in may set.
  var open = OpenKeys()

  private var sections: SectionReader { SectionReader(problems: problems) }
  private var items: [SpecNode]? { tree.root["notebook"]?.items }

  /// The name of the only sweep of a file without a notebook.
  static let main = "main"

  // MARK: Sweeps

  /// The sweeps in the order of the file: those whose runs are made, and those whose runs the store has.
  func sweeps() -> (made: [SweepSpec], stored: [StoredSweep]) {
    let reader = SweepReader(problems: problems, tree: tree, overrides: overrides)
    guard let notebook = tree.root.entry("notebook") else {
      let mark = tree.root.entries?.first { isSweepKey($0.key) }?.keyMark ?? tree.root.mark
      return ([reader.sweep(tree.root, name: Self.main, mark: mark)], [])
    }
    for entry in tree.root.entries ?? [] where isSweepKey(entry.key) {
      problems.report(
        entry.keyMark, "'\(entry.key)' stands at the top only in a file without a notebook",
        ["write it into a cell: - {sweep: NAME, \(entry.key): ...}"])
    }
    guard let items = notebook.value.items, !items.isEmpty else {
      problems.report(
        notebook.value.mark,
        notebook.value.items == nil
          ? ValueReader.sentence(notebook.value, "notebook") : "notebook is an empty list",
        ["expected a list of cells that begin with text, sweep, plot, table, claim or exercise"])
      return ([], [])
    }
    var lines: [String: Int] = [:]
    var found: (made: [SweepSpec], stored: [StoredSweep]) = ([], [])
    for item in items where CellWord(item) == .sweep {
      if item[CellKeys.stored.name] != nil {
        found.stored += stored(item, reader, &lines).map { [$0] } ?? []
      } else {
        found.made += sweep(item, reader, &lines).map { [$0] } ?? []
      }
    }
    return found
  }

  private func isSweepKey(_ key: String) -> Bool { SweepKeys.all.contains { $0.name == key } }

  private func sweep(
    _ item: SpecNode, _ reader: SweepReader, _ lines: inout [String: Int]
  ) -> SweepSpec? {
    guard let entry = item.entry("sweep") else { return nil }
    sections.checkKeys(
      item.entries ?? [], known: ["sweep"] + SweepKeys.all.map(\.name), in: "a sweep"
    ) { key in
      TrainKeys.key(key) == nil ? nil : "a key of train is set by with: {\(key): ...}"
    }
    guard let name = name(entry, &lines) else {
      return reader.sweep(item, name: "", mark: entry.keyMark)
    }
    return reader.sweep(item, name: name, mark: entry.value.mark)
  }

  /// A sweep of runs that the store has; `nil` where something is wrong, which is reported.
  private func stored(
    _ item: SpecNode, _ reader: SweepReader, _ lines: inout [String: Int]
  ) -> StoredSweep? {
    let keys = ["sweep", CellKeys.stored.name, "where"]
    sections.checkKeys(item.entries ?? [], known: keys, in: "a stored sweep") { key in
      SweepKeys.all.contains { $0.name == key }
        ? "its runs are the store's, and are taken as they are" : nil
    }
    let condition = reader.condition(item["where"])
    guard let entry = item.entry("sweep"), let name = name(entry, &lines),
      let node = item[CellKeys.stored.name]
    else { return nil }
    // An experiment's name may have slashes where programs have named it.
    guard let text = node.text, !node.isNull, let slash = text.lastIndex(of: "/"),
      slash > text.startIndex, text.index(after: slash) < text.endIndex
    else {
      problems.report(
        node.mark, ValueReader.sentence(node, CellKeys.stored.name),
        ["expected EXPERIMENT/SWEEP as `labbook experiments` lists them, such as Default/logged"])
      return nil
    }
    return StoredSweep(
      name: name, experiment: String(text[..<slash]),
      sweep: String(text[text.index(after: slash)...]), condition: condition,
      mark: node.mark)
  }

  /// The name of a sweep's cell, which no other has; `nil` where there is none, which is reported.
  private func name(_ entry: SpecNode.Entry, _ lines: inout [String: Int]) -> String? {
    guard let name = entry.value.text, !name.isEmpty, !entry.value.isNull else {
      problems.report(
        entry.value.mark, ValueReader.sentence(entry.value, "sweep"),
        ["expected the sweep's name in the store"])
      return nil
    }
    _ = Names.check(name, entry.value.mark, "the sweep", problems)
    if let line = lines[name] {
      problems.report(
        entry.value.mark, "there is a second sweep called \(Words.quoted(name))",
        ["the first is in line \(line); each sweep of a file has a name of its own"])
    }
    lines[name] = lines[name] ?? entry.value.mark.line
    return name
  }

  // MARK: Cells

  /// The cells in order, checked against what the sweeps measure.
  func cells(_ facts: [SweepFacts]) -> [Cell] {
    guard tree.root["notebook"] != nil else {
      return facts.first.map { StandardCells(facts: $0, tree: tree).cells() } ?? []
    }
    var above: String?
    var pictures = PictureNames(problems: problems)
    var exercises: [String: Int] = [:]
    return (items ?? []).compactMap { item in
      guard let word = CellWord(item) else {
        reportUnknown(item)
        return nil
      }
      let reader = CellReader(
        problems: problems, tree: tree, facts: facts, above: above, item: item)
      switch word {
      case .text: return reader.text()
      case .sweep:
        guard let name = item[word.rawValue]?.text else { return nil }
        above = name
        return .sweep(name)
      case .claim: return ClaimReader(reader).claim()
      case .exercise: return ExerciseReader(reader, open: open).exercise(&exercises)
      case .plot: return PlotReader(reader).plot(&pictures)
      case .table: return TableReader(reader).table()
      }
    }
  }

  private func reportUnknown(_ item: SpecNode) {
    let known = CellKeys.all.map(\.name)
    guard let entries = item.entries, let first = entries.first else {
      problems.report(
        item.mark, "a notebook cannot hold \(Words.found(item))",
        ["expected a cell that begins with " + Words.joined(known)])
      return
    }
    problems.report(
      first.keyMark, "there is no cell \(Words.quoted(first.key))",
      alternatives(first.key, among: known))
  }
}
