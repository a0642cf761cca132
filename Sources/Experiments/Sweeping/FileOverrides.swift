import FileLanguage

/// What `--set` says of the file itself rather than of its runs: its name, its tags, and the seeds and
/// axes of its sweeps.
///
/// It is written into the tree, so that all that follows reads it as if the file said it.
struct FileOverrides {
  private let problems: SpecProblems
  private let parameters: Set<String>
  private var seen: [String: String] = [:]
  /// The file with what was set.
  private(set) var root: SpecNode
  /// What is left for the runs, as it was typed.
  private(set) var ofRuns: [String] = []

  /// Writes what concerns the file over `root`.
  init(_ texts: [String], over root: SpecNode, _ problems: SpecProblems) {
    self.root = root
    self.problems = problems
    parameters = Set(FileTree(root).parameters)
    for text in texts where !take(text) { ofRuns.append(text) }
  }

  /// Takes an argument; `false` where it is one of runs.
  private mutating func take(_ text: String) -> Bool {
    let path = String(text.prefix { $0 != "=" })
    let head = String(path.prefix { $0 != "." })
    // A parameter of a program may have any name.
    guard path != text, !parameters.contains(path) else { return false }
    switch head {
    case "experiment", "tags", "seeds", "over":
      guard path == head || head == "over" else { return false }
      guard let argument = SetArgument(text, path: path, problems) else { return true }
      if let first = seen.updateValue(text, forKey: path) {
        problems.report(
          argument.mark, "'\(path)' is set twice", ["the other is --set \(first)"])
        return true
      }
      set(argument)
      return true
    case _ where Self.fixed.contains(head):
      let argument = SetArgument(text, path: path, SpecProblems())
      problems.report(
        argument?.mark ?? root.mark, "--set cannot set '\(head)'",
        [
          "it sets keys of data, models and train, the seeds and axes of sweeps (seeds=3, over.lr=[0.1, 1]),",
          "tags and experiment; the rest stands in the file",
        ])
      return true
    default: return false
    }
  }

  /// What stands at the top or in a sweep and is no setting of a run.
  private static let fixed = Set(TopKey.names)
    .subtracting(["data", "models", "model", "train", "experiment", "tags", "seeds", "over"])

  private mutating func set(_ argument: SetArgument) {
    let entry = { SpecNode.Entry($0, argument.mark, argument.value) }
    switch argument.path {
    case "experiment", "tags": root = root.with(entry(argument.path))
    case "seeds":
      changeSweeps(where: { _ in true }, change: { $0.with(entry("seeds")) })
    case "over":
      guard sweeps.count == 1 else { return reportSweeps(argument) }
      changeSweeps(where: { _ in true }, change: { $0.withOver(entry("over")) })
    default:
      let name = String(argument.path.dropFirst("over.".count))
      let isOnly = sweeps.count == 1
      let varies = { (sweep: SpecNode) in
        isOnly || sweep["over"]?.entries?.contains { Self.isSame($0.key, name) } == true
      }
      guard sweeps.contains(where: varies) else { return reportSweeps(argument) }
      changeSweeps(where: varies) { sweep in
        let over = sweep["over"] ?? SpecNode(.mapping([]), argument.mark)
        let key = over.entries?.first { Self.isSame($0.key, name) }?.key ?? name
        return sweep.withOver(
          SpecNode.Entry(
            "over", sweep.entry("over")?.keyMark ?? argument.mark, over.with(entry(key))))
      }
    }
  }

  private func reportSweeps(_ argument: SetArgument) {
    let names = sweeps.compactMap { $0["sweep"]?.text }.joined(separator: ", ")
    problems.report(
      argument.mark,
      argument.path == "over"
        ? "it is open for which sweep 'over' is set"
        : "no sweep varies '\(argument.path.dropFirst(5))'",
      ["the sweeps of the file are: \(names)"])
  }

  /// Whether two keys of `over` are the same path: a bare one is short for one of `train`.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    func whole(_ key: String) -> String { key.hasPrefix("train.") ? key : "train." + key }
    return whole(one) == whole(other)
  }

  // MARK: Sweeps

  /// The mappings that make sweeps: cells of the notebook, or the file where it has none.
  private var sweeps: [SpecNode] {
    guard let items = root["notebook"]?.items else { return [root] }
    return items.filter { $0["sweep"] != nil }
  }

  private mutating func changeSweeps(
    where isMeant: (SpecNode) -> Bool, change: (SpecNode) -> SpecNode
  ) {
    guard let notebook = root.entry("notebook"), let items = notebook.value.items else {
      if isMeant(root) { root = change(root) }
      return
    }
    let changed = items.map { $0["sweep"] != nil && isMeant($0) ? change($0) : $0 }
    root = root.with(
      SpecNode.Entry(
        "notebook", notebook.keyMark, SpecNode(.list(changed), notebook.value.mark)))
  }
}

/// One `--set PATH=VALUE`, taken apart.
struct SetArgument {
  let path: String
  let value: SpecNode
  /// The place of the path.
  let mark: Mark

  /// Reads the value; `nil` where there is none, which is reported.
  init?(_ text: String, path: String, _ problems: SpecProblems) {
    let source = SpecSource(
      name: "--set " + text, folder: "", kind: .argument, offset: path.count + 1, text: text)
    self.path = path
    mark = Mark(source, line: 1, column: 1, width: path.count)
    let before = problems.list.count
    let written = String(text.dropFirst(path.count + 1))
    guard let node = YAMLReader.read(source, text: written, problems: problems), !node.isEmpty,
      !node.isNull
    else {
      if problems.list.count == before {
        problems.report(
          Mark(source, line: 1, column: path.count + 2), "\(path) has no value",
          ["a setting that is off is written 'none'"])
      }
      return nil
    }
    value = node
  }
}

extension SpecNode {
  /// The sweep with other axes; a search that has nothing left to search is a grid.
  fileprivate func withOver(_ over: Entry) -> SpecNode {
    let changed = with(over)
    guard isSearch, !changed.isSearch, case .mapping(let entries) = changed.content else {
      return changed
    }
    return SpecNode(.mapping(entries.filter { $0.key != "strategy" }), mark)
  }

  private var isSearch: Bool {
    self["over"]?.entries?.contains { axis in
      SearchReader.isSearched(axis.value)
        || axis.value.items?.contains(where: SearchReader.isSearched) == true
    } == true
  }

  /// The mapping with an entry in place of the one of its key, or at the end.
  fileprivate func with(_ entry: Entry) -> SpecNode {
    var entries = entries ?? []
    if let index = entries.firstIndex(where: { $0.key == entry.key }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
    return SpecNode(.mapping(entries), mark)
  }
}
