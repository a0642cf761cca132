import FileLanguage
import Languages
import Tracking

/// Reads a cell with an exercise.
struct ExerciseReader {
  private let cell: CellReader
  private let open: OpenKeys
  private var problems: SpecProblems { cell.problems }
  private var questions: QuestionReader {
    QuestionReader(
      problems: problems, tree: cell.tree, facts: cell.facts, above: cell.above, open: open)
  }

  init(_ cell: CellReader, open: OpenKeys) {
    self.cell = cell
    self.open = open
  }

  /// The exercise; `nil` where something is wrong, which is reported.
  ///
  /// - Parameter ids: the lines of the exercises above by their ids.
  func exercise(_ ids: inout [String: Int]) -> Cell? {
    guard let entry = cell.item.entry("exercise") else { return nil }
    let before = problems.list.count
    cell.sections.checkKeys(
      cell.item.entries ?? [], known: CellKeys.exercise.map(\.name), in: "an exercise"
    ) { $0 == "sweep" ? "the sweep that it asks about is named by 'of'" : nil }
    let question = text(entry.value, "exercise", "a question")
    let id = id(entry, &ids)
    let task = task(entry)
    let hints = hints()
    let answer = cell.item["answer"].flatMap { text($0, "answer", "Markdown") }
    var points = 1
    if cell.item["points"] != nil, case .integer(let count)? = cell.value(CellKeys.points) {
      points = count
    }
    guard problems.list.count == before, let question, let id, let task else { return nil }
    return .exercise(
      ExerciseCell(
        id: id, question: question, task: task, hints: hints, answer: answer, points: points,
        mark: entry.value.mark))
  }

  // MARK: Texts

  private func text(_ node: SpecNode, _ key: String, _ expected: String) -> TextCell? {
    guard let text = node.text, !text.isEmpty, !node.isNull else {
      problems.report(node.mark, ValueReader.sentence(node, key), ["expected \(expected)"])
      return nil
    }
    return TextCell(
      markdown: text, parts: TextReader(cell, node).parts(text), mark: node.mark)
  }

  private func hints() -> [TextCell] {
    guard let node = cell.item["hints"] else { return [] }
    if let items = node.items {
      return items.compactMap { text($0, "a hint", "Markdown") }
    }
    return text(node, "hints", "a list of texts").map { [$0] } ?? []
  }

  private func id(_ entry: SpecNode.Entry, _ ids: inout [String: Int]) -> String? {
    guard let node = cell.item["id"] else {
      problems.report(
        entry.keyMark, "the exercise needs the key 'id'",
        ["expected id: NAME, by which hand-ins answer it"])
      return nil
    }
    guard let id = node.text, !id.isEmpty, !node.isNull else {
      problems.report(node.mark, ValueReader.sentence(node, "id"), ["expected a name"])
      return nil
    }
    guard Names.check(id, node.mark, "the exercise", problems) else { return nil }
    if let line = ids[id] {
      problems.report(
        node.mark, "there is a second exercise called \(Words.quoted(id))",
        ["the first is in line \(line); hand-ins answer by these names"])
      return nil
    }
    ids[id] = node.mark.line
    return id
  }

  // MARK: Tasks

  private func task(_ entry: SpecNode.Entry) -> ExerciseCell.Task? {
    let ask = cell.item.entry("ask")
    let ofRuns = ["of", "that", "decide_by"].compactMap { cell.item.entry($0) }
    if let ask, let other = ofRuns.first {
      problems.report(
        other.keyMark, "an exercise asks for runs or for a value, not both",
        ["'\(other.key)' is of runs, and 'ask' in line \(ask.keyMark.line) is for a value"])
      return nil
    }
    if ask != nil { return value(entry).map(ExerciseCell.Task.value) }
    if let solution = cell.item.entry("is") {
      problems.report(
        solution.keyMark, "'is' says which value is right, and none is asked for",
        ["write ask: number, ask: text, or ask: [a, b]; what runs have to hold is said by 'that'"])
      return nil
    }
    guard let that = cell.item["that"] else {
      problems.report(
        entry.keyMark, "the exercise says nothing of what is right",
        [
          "of runs: 'of: SWEEP' and 'that: EXPRESSION', as in mean(val/accuracy) > 0.9",
          "of a value: 'ask: number', 'text' or '[a, b]', and 'is: VALUE'",
        ])
      return nil
    }
    return runs(that).map(ExerciseCell.Task.runs)
  }

  private func runs(_ node: SpecNode) -> RunsTask? {
    guard let sweep = sweep() else { return nil }
    guard let text = node.text, !text.isEmpty, !node.isNull else {
      problems.report(
        node.mark, ValueReader.sentence(node, "that"),
        ["expected an expression, as in mean(val/accuracy) > 0.9"])
      return nil
    }
    var rule = DecisionRule.interval
    if cell.item[CellKeys.decideBy.name] != nil {
      guard case .text(let word)? = cell.value(CellKeys.decideBy),
        let found = DecisionRule(rawValue: word)
      else { return nil }
      rule = found
    }
    var reader = questions
    reader.above = sweep.sweep.name
    guard let question = reader.claim(text, at: node.mark, rule) else { return nil }
    guard isOfNetworks([sweep.sweep.name] + question.sweeps, node.mark) else { return nil }
    return RunsTask(sweep: sweep.sweep.name, question: question, rule: rule)
  }

  /// The sweep that `of` names, else the nearest above; `nil` where there is none, which is reported.
  private func sweep() -> SweepFacts? {
    let names = cell.facts.map(\.sweep.name)
    guard let node = cell.item["of"] else {
      if let above = cell.above { return cell.facts.first { $0.sweep.name == above } }
      problems.report(
        cell.item.entries?.first?.keyMark ?? cell.item.mark,
        "there is no sweep above this exercise",
        names.first.map { ["name one: of: \($0)"] } ?? [])
      return nil
    }
    guard case .text(let name)? = cell.value(CellKeys.of) else { return nil }
    if let found = cell.facts.first(where: { $0.sweep.name == name }) { return found }
    problems.report(
      node.mark, "there is no sweep \(Words.quoted(name))", alternatives(name, among: names))
    return nil
  }

  /// Whether no outside program trains any of some sweeps; where one does, that is reported.
  private func isOfNetworks(_ names: [String], _ mark: Mark) -> Bool {
    guard
      let program = cell.facts.first(where: { names.contains($0.sweep.name) && $0.hasPrograms })
    else { return true }
    problems.report(
      mark, "the runs of '\(program.sweep.name)' are a program's, and no exercise asks about them",
      ["'labbook grade' starts no program"])
    return false
  }

  private func value(_ entry: SpecNode.Entry) -> ValueTask? {
    guard let form = form() else { return nil }
    guard let node = cell.item["is"] else {
      problems.report(
        entry.keyMark, "the exercise needs the key 'is'", ["expected is: the right value"])
      return nil
    }
    guard
      let solution = SolutionReader(problems: problems, questions: questions)
        .solution(node, of: form)
    else { return nil }
    if let question = solution.question, !isOfNetworks(question.sweeps, node.mark) { return nil }
    return ValueTask(form: form, solution: solution)
  }

  private func form() -> ValueTask.Form? {
    switch cell.value(CellKeys.ask) {
    case .text("number"): return .number
    case .text("text"): return .text
    case .list(let values):
      let words = values.map(\.display)
      if Set(words.map(ValueTask.plain)).count < words.count {
        problems.report(
          cell.item["ask"]?.mark ?? cell.item.mark, "two of the answers to choose from are alike")
        return nil
      }
      return .choice(words)
    default: return nil
    }
  }
}
