import FileLanguage
import Languages
import Runs
import Tracking

/// Reads `answers` of a hand-in.
struct AnswerReader {
  let experiment: Experiment
  let tree: FileTree
  let problems: SpecProblems

  /// The most seeds of an answer's configurations.
  private static let mostSeeds = 1000

  /// The answers by the ids of their exercises; what is wrong is reported.
  func answers(_ node: SpecNode) -> [String: HandIn.Answer] {
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, "answers"),
        ["expected a mapping from exercises to answers"])
      return [:]
    }
    let exercises = experiment.exercises
    var answers: [String: HandIn.Answer] = [:]
    for entry in entries {
      guard let exercise = exercises.first(where: { $0.id == entry.key }) else {
        problems.report(
          entry.keyMark, "there is no exercise \(Words.quoted(entry.key))",
          alternatives(entry.key, among: exercises.map(\.id)))
        continue
      }
      guard let content = content(entry, exercise) else { continue }
      answers[exercise.id] = HandIn.Answer(content: content, mark: entry.keyMark)
    }
    return answers
  }

  private func content(
    _ entry: SpecNode.Entry, _ exercise: ExerciseCell
  ) -> HandIn.Answer.Content? {
    switch exercise.task {
    case .runs: runs(entry, exercise)
    case .value(let task): value(entry, task).map(HandIn.Answer.Content.value)
    }
  }

  // MARK: Runs

  private func runs(
    _ entry: SpecNode.Entry, _ exercise: ExerciseCell
  ) -> HandIn.Answer.Content? {
    let form = "expected \(entry.key): {over: {KEY: [VALUES]}, seeds: NUMBER}"
    guard let parts = entry.value.entries else {
      problems.report(
        entry.value.mark, ValueReader.sentence(entry.value, entry.key),
        ["the exercise is answered by runs", form])
      return nil
    }
    guard !parts.isEmpty else {
      problems.report(entry.value.mark, "the answer to '\(entry.key)' is empty", [form])
      return nil
    }
    let before = problems.list.count
    for part in parts where part.key != "over" && part.key != "seeds" {
      problems.report(
        part.keyMark, "an answer cannot set \(Words.quoted(part.key)): it is the teacher's",
        ["an answer has 'over' and 'seeds'"] + nearest(part.key))
    }
    let axes = entry.value["over"].map { self.axes($0, exercise) } ?? []
    let seeds = entry.value["seeds"].flatMap(seeds)
    return problems.list.count == before ? .runs(axes: axes, seeds: seeds) : nil
  }

  private func nearest(_ key: String) -> [String] {
    meantName(key, among: ["over", "seeds"]).map { ["did you mean '\($0)'?"] } ?? []
  }

  private func axes(_ node: SpecNode, _ exercise: ExerciseCell) -> [SpecNode.Entry] {
    guard let entries = node.entries, !entries.isEmpty else {
      problems.report(
        node.mark, ValueReader.sentence(node, "over"),
        ["expected a mapping of keys to lists or ranges, such as {lr: [1e-3, 1e-2]}"])
      return []
    }
    for entry in entries { check(entry, exercise) }
    return entries
  }

  private func check(_ entry: SpecNode.Entry, _ exercise: ExerciseCell) {
    let free = experiment.open.keys.filter { experiment.isFree($0.path, for: exercise) }
      .map(\.written)
    let path = tree.paths(SpecProblems()).path(entry.key, at: entry.keyMark)
    guard let path, experiment.open.covers(path) else {
      ClosedKey(experiment, tree).report(entry.key, at: entry.keyMark, problems)
      return
    }
    guard experiment.isFree(path, for: exercise) else {
      problems.report(
        entry.keyMark,
        "the answer to '\(exercise.id)' cannot vary \(Words.quoted(entry.key))",
        [
          "it may vary: " + (free.isEmpty ? "nothing" : free.joined(separator: ", ")),
          "the sweep '\(exercise.sweep ?? "")' sets it, or that of another exercise varies it",
        ])
      return
    }
    for item in entry.value.items ?? entry.value["choice"]?.items ?? [] {
      _ = NamedFiles.report(item, at: path, problems)
    }
  }

  private func seeds(_ node: SpecNode) -> Int? {
    if node.items != nil {
      problems.report(
        node.mark, "an answer says how many seeds there are, not which",
        ["the seeds themselves are the teacher's; expected seeds: NUMBER"])
      return nil
    }
    let values = ValueReader(problems: problems)
    guard
      case .integer(let count)? = values.value(
        node, as: .integer(1...Self.mostSeeds), of: "seeds")
    else { return nil }
    return count
  }

  // MARK: Values

  private func value(_ entry: SpecNode.Entry, _ task: ValueTask) -> ParameterValue? {
    let node = entry.value
    guard let text = node.text, !text.isEmpty, !node.isNull else {
      problems.report(
        node.mark, ValueReader.sentence(node, entry.key),
        ["the exercise is answered by \(task.form.words)"])
      return nil
    }
    switch task.form {
    case .number:
      guard let number = Scalars.number(text), number.isFinite else {
        problems.report(
          node.mark, ValueReader.sentence(node, entry.key), ["expected \(task.form.words)"])
        return nil
      }
      return Int(exactly: number).map(ParameterValue.integer) ?? .number(number)
    case .text: return .text(text)
    case .choice(let words):
      guard words.contains(where: { ValueTask.plain($0) == ValueTask.plain(text) }) else {
        problems.report(
          node.mark, ValueReader.sentence(node, entry.key), alternatives(text, among: words))
        return nil
      }
      return .text(text)
    }
  }
}

extension ValueTask.Form {
  /// What is asked for, in words.
  fileprivate var words: String {
    switch self {
    case .number: "a number"
    case .text: "a text"
    case .choice(let words): "one of: " + words.joined(separator: ", ")
    }
  }
}
