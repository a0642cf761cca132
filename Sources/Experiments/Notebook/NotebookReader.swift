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

  /// The sweeps in the order of the file.
  func sweeps() -> [SweepSpec] {
    let reader = SweepReader(problems: problems, tree: tree, overrides: overrides)
    guard let notebook = tree.root.entry("notebook") else {
      let mark = tree.root.entries?.first { isSweepKey($0.key) }?.keyMark ?? tree.root.mark
      return [reader.sweep(tree.root, name: Self.main, mark: mark)]
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
      return []
    }
    var lines: [String: Int] = [:]
    return items.compactMap { item in
      guard word(of: item) == .sweep else { return nil }
      return sweep(item, reader, &lines)
    }
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
    guard let name = entry.value.text, !name.isEmpty, !entry.value.isNull else {
      problems.report(
        entry.value.mark, ValueReader.sentence(entry.value, "sweep"),
        ["expected the sweep's name in the store"])
      return reader.sweep(item, name: "", mark: entry.keyMark)
    }
    _ = Names.check(name, entry.value.mark, "the sweep", problems)
    if let line = lines[name] {
      problems.report(
        entry.value.mark, "there is a second sweep called \(Words.quoted(name))",
        ["the first is in line \(line); each sweep of a file has a name of its own"])
    }
    lines[name] = lines[name] ?? entry.value.mark.line
    return reader.sweep(item, name: name, mark: entry.value.mark)
  }

  /// The key that begins a cell; `nil` where none does, which `cells` reports.
  private func word(of item: SpecNode) -> CellWord? {
    CellWord.allCases.first { item[$0.rawValue] != nil }
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
      guard let word = word(of: item) else {
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
