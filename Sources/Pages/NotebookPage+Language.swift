import Languages
import Terminal

extension NotebookPage {
  /// The page with the numbers of its cells as its language writes them; texts of the user, expressions and
  /// commands stay as they are.
  var localized: NotebookPage {
    guard language != .english else { return self }
    return NotebookPage(
      title: title, experiment: experiment, file: file, language: language, tags: tags,
      blocks: blocks.map(localized), origin: origin, settings: settings.map(localized))
  }

  private func localized(_ fact: Fact) -> Fact {
    fact.isCode ? fact : Fact(name: fact.name, text: language.numbers(fact.text))
  }

  private func localized(_ prose: Prose) -> Prose {
    Prose(markdown: prose.markdown, values: prose.values.map { $0.written(in: language) })
  }

  private func localized(_ block: Block) -> Block {
    switch block {
    case .prose(let prose): return .prose(localized(prose))
    case .exercise(let exercise):
      return .exercise(
        Exercise(
          id: exercise.id, question: localized(exercise.question), points: exercise.points,
          sweep: exercise.sweep, form: exercise.form, handIn: exercise.handIn,
          expression: exercise.expression, hints: exercise.hints.map(localized),
          answer: exercise.answer.map(localized)))
    case .sweep(let sweep):
      return .sweep(
        Sweep(
          name: sweep.name, facts: sweep.facts.map(localized),
          notes: sweep.notes.map(language.numbers)))
    case .table(let table):
      return .table(
        TableBlock(
          title: table.title, table: table.table?.texts(language.numbers),
          note: table.note.map(language.numbers), problem: table.problem))
    case .picture, .claim: return block
    }
  }
}

extension InlineValue {
  fileprivate func written(in language: Language) -> InlineValue {
    var value = InlineValue(
      text: isAnswered ? language.numbers(text) : text, question: question, isAnswered: isAnswered)
    value.number = number
    value.answers = answers
    return value
  }
}
