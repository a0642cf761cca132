public import Tracking

/// The command of a program with placeholders where values will stand.
///
/// It is taken apart once: into words by the shell's quoting rules where it was written as a text, then
/// every word into letters and placeholders, quoted or not. Values are put in afterwards, once: what they
/// hold is never split, and a brace within them is a brace. `{{` and `}}` are braces.
///
/// | written | word or words |
/// | --- | --- |
/// | `{lr}` | the value within a word: `0.1`, `true`, `null`, `1,2` |
/// | `{w...}` | the items of a list, a word each; nothing for null |
/// | `{--lr}`, `{-l}` | `--lr=0.1`; `--amp` or nothing; nothing for null; `--w=1,2`; a mapping's as `--a.b=1` |
/// | `{--w...}` | the same in words of their own: `--w 1 2` |
/// | `{--amp\|--no-amp}` | the first where `amp` is true, the second where it is false, nothing for null |
/// | `{args}`, `{args...}`, `{args:hydra}` | all parameters not named otherwise, by name |
/// | `{params}` | the path of a JSON file of all parameters |
/// | `{run_dir}`, `{checkpoint}`, `{seed}`, `{gpu}`, `{cpus}`, `{attempt}` | what Labbook gives; also `{--seed}` |
///
/// In an option `-` may stand for a parameter's `_`: `{--weight-decay}` hands over `weight_decay`. What
/// lies in a mapping is named `outer.inner`.
public struct CommandTemplate: Hashable, Sendable {
  /// The words before substitution: what a run's key holds.
  public let words: [String]
  private let pieces: [[CommandPiece]]

  /// Reads a command that is written as one text.
  ///
  /// - Throws: all problems, with columns of the text.
  public init(text: String) throws(CommandProblems) {
    let placed: [PlacedWord]
    do { placed = try ShellWords.placed(text) } catch { throw CommandProblems([error]) }
    try self.init(placed)
  }

  /// Takes words as they are, such as the items of a list or those of a stored run.
  ///
  /// - Throws: all problems, with columns of their words.
  public init(words: [String]) throws(CommandProblems) {
    try self.init(
      words.map {
        let scalars = Array($0.unicodeScalars)
        return PlacedWord(scalars: scalars, columns: Array(1..<(scalars.count + 1)))
      })
  }

  private init(_ placed: [PlacedWord]) throws(CommandProblems) {
    let taken = placed.enumerated().map { CommandPieces($1, word: $0) }
    words = placed.map(\.text)
    pieces = taken.map(\.pieces)
    var problems = taken.flatMap(\.problems)
    if words.first?.isEmpty ?? true {
      problems.append(
        CommandProblem(
          "the command names no program", hint: "write one, as in: python train.py {args}",
          at: words.isEmpty ? nil : CommandProblem.Place(word: 0, column: 1, width: 1)))
    }
    var rests = 0
    for case (.rest, let place) in placeholders {
      rests += 1
      if rests == 2 {
        problems.append(CommandProblem("all parameters are handed over twice", at: place))
      }
    }
    if !problems.isEmpty { throw CommandProblems(problems) }
  }

  var placeholders: [(Placeholder, CommandProblem.Place)] {
    pieces.joined().compactMap {
      if case .placeholder(let placeholder, let place) = $0 { (placeholder, place) } else { nil }
    }
  }

  /// The parameter that a word hands over where it does nothing else, as `{--ema}`; `nil` for others.
  static func parameterAlone(in word: String) -> String? {
    guard let template = try? CommandTemplate(words: ["program", word]),
      template.pieces.count == 2, template.pieces[1].count == 1,
      case .placeholder(let placeholder, _) = template.pieces[1][0], placeholder.isWholeWord
    else { return nil }
    // In an option a hyphen may stand for the parameter's underscore.
    return placeholder.parameter.map { $0.replacing("-", with: "_") }
  }

  /// Whether a placeholder for one of Labbook's own words stands in the command.
  public func uses(_ word: ContextWord) -> Bool { placeholders.contains { $0.0.context == word } }

  /// Whether the program is told its seed: without it every run of a configuration is the same.
  public var usesSeed: Bool { uses(.seed) }

  /// Whether the program is told where its checkpoint is.
  public var usesCheckpoint: Bool { uses(.checkpoint) }

  /// The words of one start.
  ///
  /// - Throws: the problems of the parameters, where `problems(with:)` finds any.
  public func words(
    parameters: [String: ParameterValue], context: CommandContext
  ) throws(CommandProblems) -> [String] {
    let problems = problems(with: parameters)
    if !problems.isEmpty { throw CommandProblems(problems) }
    let filling = CommandFilling(
      names: ParameterNames(parameters), context: context, placeholders: placeholders.map(\.0))
    return pieces.flatMap(filling.words)
  }
}

/// Puts values into the pieces of a command.
private struct CommandFilling {
  let names: ParameterNames
  let context: CommandContext
  let placeholders: [Placeholder]

  func words(_ pieces: [CommandPiece]) -> [String] {
    if pieces.count == 1, case .placeholder(let placeholder, _) = pieces[0],
      placeholder.isWholeWord
    {
      return whole(placeholder)
    }
    return [pieces.map(text).joined()]
  }

  private func text(_ piece: CommandPiece) -> String {
    switch piece {
    case .literal(let text): text
    case .placeholder(.context(let word), _): context[word]
    case .placeholder(let placeholder, _): ParameterWords.text(value(of: placeholder))
    }
  }

  private func whole(_ placeholder: Placeholder) -> [String] {
    switch placeholder {
    case .context(let word): [context[word]]
    case .contextOption(let word, let option):
      context[word].isEmpty ? [] : [option + "=" + context[word]]
    case .value: [ParameterWords.text(value(of: placeholder))]
    case .items: ParameterWords.items(value(of: placeholder))
    case .option(_, let option): ParameterWords.option(option, value(of: placeholder))
    case .spreadOption(_, let option): ParameterWords.spreadOption(option, value(of: placeholder))
    case .choice(_, let yes, let no):
      switch value(of: placeholder) {
      case .flag(true): [yes]
      case .flag(false): [no]
      default: []
      }
    case .rest(let style): names.rest(placeholders).flatMap { rest(style, $0, $1) }
    }
  }

  private func rest(
    _ style: Placeholder.RestStyle, _ name: String, _ value: ParameterValue
  ) -> [String] {
    switch style {
    case .options: ParameterWords.option("--" + name, value)
    case .spread: ParameterWords.spreadOption("--" + name, value)
    case .hydra: HydraWords.words(name, value)
    }
  }

  private func value(of placeholder: Placeholder) -> ParameterValue {
    placeholder.parameter.flatMap(names.resolved).flatMap(names.value) ?? .off
  }
}
