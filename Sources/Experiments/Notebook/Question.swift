public import FileLanguage

/// An expression over results that a cell asks, checked.
public struct Question: Hashable, Sendable {
  /// What is asked.
  public let formula: Formula
  /// The sweep that calls without one speak of: the nearest above.
  public let sweep: String?
  /// The place of the expression.
  public let mark: Mark

  /// Makes a question.
  public init(_ formula: Formula, sweep: String?, mark: Mark) {
    self.formula = formula
    self.sweep = sweep
    self.mark = mark
  }

  /// The sweeps it speaks of, each once.
  public var sweeps: [String] {
    var names: [String] = []
    for call in formula.calls {
      if let name = call.sweep?.text ?? sweep, !names.contains(name) { names.append(name) }
    }
    return names
  }
}

/// By what a claim is decided.
public enum DecisionRule: String, Hashable, Sendable, CaseIterable {
  /// By the 95 % intervals of differences between means over seeds.
  case interval
  /// By the means alone, however sure they are.
  case mean
}

/// A sentence with an expression that says whether it is true.
public struct ClaimCell: Hashable, Sendable {
  /// What is claimed, as Markdown.
  public let sentence: String
  /// What has to hold.
  public let question: Question
  /// By what it is decided.
  public let rule: DecisionRule
  /// The cell's place in the file.
  public let mark: Mark

  /// Makes a claim.
  public init(
    sentence: String, question: Question, rule: DecisionRule = .interval, mark: Mark
  ) {
    self.sentence = sentence
    self.question = question
    self.rule = rule
    self.mark = mark
  }
}

/// A piece of a text cell.
public enum TextPart: Hashable, Sendable {
  case markdown(String)
  /// What stands between `{{` and `}}`.
  case value(Question)
}
