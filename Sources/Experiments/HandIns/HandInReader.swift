public import FileLanguage
import Languages
import Runs
import Tracking

extension Experiment {
  /// Reads a hand-in for this file.
  ///
  /// A hand-in is a mapping of the keys that `open` names, and of `answers`. Nothing else of the file can
  /// be said in it, however it is written.
  ///
  /// - Parameter path: relative to the current folder.
  /// - Throws: everything that is wrong with it, at its lines.
  public func handIn(_ path: String) throws(Diagnostics) -> HandIn {
    let problems = SpecProblems()
    guard let source = FileText.read(path, asker: nil, problems) else {
      return try problems.finish(nil)
    }
    return try handIn(source, text: source.lines.joined(separator: "\n"), problems)
  }

  /// Reads a text as if it were a hand-in of a path.
  public func handIn(_ text: String, path: String) throws(Diagnostics) -> HandIn {
    try handIn(
      SpecSource(name: path, folder: "", text: text), text: text, SpecProblems())
  }

  private func handIn(
    _ source: SpecSource, text: String, _ problems: SpecProblems
  ) throws(Diagnostics) -> HandIn {
    let root = YAMLReader.read(source, text: text, problems: problems)
    guard problems.list.isEmpty else { return try problems.finish(nil) }
    let nothing = SpecNode(.mapping([]), Mark(source, line: 1, column: 1))
    return try problems.finish(
      HandInReader(experiment: self, source: source, problems: problems).read(root ?? nothing))
  }
}

/// From the tree of a hand-in to what it sets and answers.
struct HandInReader {
  let experiment: Experiment
  let source: SpecSource
  let problems: SpecProblems
  private let tree: FileTree

  init(experiment: Experiment, source: SpecSource, problems: SpecProblems) {
    self.experiment = experiment
    self.source = source
    self.problems = problems
    tree = FileTree(experiment.spec.root)
  }

  private static let answersKey = "answers"
  /// What is in them is told key by key.
  private static let sections = ["data", "models", "train"]

  func read(_ root: SpecNode) -> HandIn? {
    guard let entries = root.entries, !entries.isEmpty else {
      let isNothing = root.isEmpty || root.isNull || root.entries != nil
      problems.report(
        isNothing ? Mark(source, line: 1, column: 1) : root.mark,
        isNothing ? "the hand-in is empty" : "a hand-in is a mapping of keys, such as 'answers'",
        ["expected answers: {\(experiment.exercises.first?.id ?? "ID"): ...}"])
      return nil
    }
    var values: [SweepSpec.Substitution] = []
    var answers: [String: HandIn.Answer] = [:]
    for entry in entries {
      if entry.key == Self.answersKey {
        answers = AnswerReader(experiment: experiment, tree: tree, problems: problems)
          .answers(entry.value)
      } else if !entry.key.hasPrefix("x-") {
        read(entry, below: [], into: &values)
      }
    }
    for value in values where experiment.setsItself(value.path) {
      problems.report(
        value.keyMark,
        "'\(value.written)' changes nothing: the sweeps of all exercises set it themselves",
        ["an answer varies it: answers: {ID: {over: {...}}}"])
    }
    return HandIn(path: source.name, values: values, answers: answers, source: source)
  }

  /// Takes what a key sets, or what the keys below it do.
  private func read(
    _ entry: SpecNode.Entry, below prefix: [String],
    into values: inout [SweepSpec.Substitution]
  ) {
    let parts =
      prefix + entry.key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let written = parts.joined(separator: ".")
    let path = tree.paths(SpecProblems()).path(written, at: entry.keyMark)
    if let path, experiment.open.covers(path) {
      take(path, written, entry, into: &values)
    } else if let inner = entry.value.entries, !inner.isEmpty,
      Self.sections.contains(written) || experiment.open.leads(from: parts)
    {
      for one in inner { read(one, below: parts, into: &values) }
    } else {
      ClosedKey(experiment, tree).report(written, at: entry.keyMark, problems)
    }
  }

  private func take(
    _ path: SettingPath, _ written: String, _ entry: SpecNode.Entry,
    into values: inout [SweepSpec.Substitution]
  ) {
    guard !entry.value.isEmpty, !entry.value.isNull else {
      problems.report(entry.value.mark, ValueReader.sentence(entry.value, written))
      return
    }
    if let first = values.first(where: { $0.path.meets(path) }) {
      problems.report(
        entry.keyMark, "'\(written)' is set twice",
        ["the first is '\(first.written)' in line \(first.keyMark.line)"])
      return
    }
    guard !NamedFiles.report(entry.value, at: path, problems) else { return }
    values.append(
      SweepSpec.Substitution(path, entry.value, keyMark: entry.keyMark, written: written))
  }
}

/// What is said of a key that a hand-in may not set.
struct ClosedKey {
  private let experiment: Experiment
  private let tree: FileTree

  init(_ experiment: Experiment, _ tree: FileTree) {
    self.experiment = experiment
    self.tree = tree
  }

  /// Reports a key with why it is closed and what is open.
  func report(_ written: String, at mark: Mark, _ problems: SpecProblems) {
    let open = experiment.open
    var notes = ["open is: \(open.words)", "answers stand below 'answers'"]
    if let near = meantName(written, among: open.keys.map(\.written) + ["answers"]) {
      notes.append("did you mean '\(near)'?")
    }
    let isKnown = tree.paths(SpecProblems()).path(written, at: mark) != nil
    let why =
      OpenKeyReader.closed(written)
      ?? (isKnown ? "it is the teacher's, and not open" : "there is no such key that is open")
    problems.report(mark, "a hand-in cannot set \(Words.quoted(written)): \(why)", notes)
  }
}

/// Values that would make a run read a file of their own choice.
enum NamedFiles {
  /// Reports a choice that reads a file; whether it is one.
  static func report(_ value: SpecNode, at path: SettingPath, _ problems: SpecProblems) -> Bool {
    guard case .absolute(let parts) = path, parts.first == "train", parts.count == 2,
      case .choice(let set)? = TrainKeys.key(parts[1])?.shape,
      let name = value.text ?? value[set.nameKey]?.text,
      set.choice(name)?.settings.contains(where: { $0.kind.mayHoldPath }) == true
    else { return false }
    problems.report(
      value[set.nameKey]?.mark ?? value.mark,
      "\(parts[1]) cannot be \(Words.quoted(name)) here: a hand-in names no file")
    return true
  }
}

extension OpenKeys {
  /// Whether a key that is open lies below a path of a file, or of the short form of one.
  func leads(from parts: [String]) -> Bool {
    let isWhole = ["data", "models", "train"].contains(parts[0])
    let outer = isWhole ? parts : ["train"] + parts
    return keys.contains { key in
      switch key.path {
      case .absolute(let inner): return inner.starts(with: outer) && inner.count > outer.count
      case .ownModel(let inner):
        let rest =
          outer.first == "models" || outer.prefix(2) == ["train", "model"]
          ? outer.dropFirst(2) : nil
        return rest.map { inner.starts(with: $0) } ?? (outer == ["train"])
      }
    }
  }
}
