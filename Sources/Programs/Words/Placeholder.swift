/// What one pair of braces in a command stands for.
enum Placeholder: Hashable, Sendable {
  /// `{seed}`: a text of Labbook's, inside a word.
  case context(ContextWord)
  /// `{--seed}`: `--seed=3`.
  case contextOption(ContextWord, option: String)
  /// `{lr}`: a value, inside a word.
  case value(String)
  /// `{w...}`: the items of a list, a word each.
  case items(String)
  /// `{--lr}`: `--lr=0.1`.
  case option(String, option: String)
  /// `{--w...}`: `--w 1 2`.
  case spreadOption(String, option: String)
  /// `{--amp|--no-amp}`: one or the other.
  case choice(String, yes: String, no: String)
  /// `{args}`: every parameter that is not named otherwise.
  case rest(RestStyle)

  /// How `{args}` writes its parameters.
  enum RestStyle: String, Hashable, Sendable, CaseIterable {
    /// `--lr=0.1`
    case options = "args"
    /// `--w 1 2`
    case spread = "args..."
    /// `a.b=1`
    case hydra = "args:hydra"
  }

  /// The parameter that is named, as it was written.
  var parameter: String? {
    switch self {
    case .value(let name), .items(let name), .option(let name, _), .spreadOption(let name, _),
      .choice(let name, _, _):
      name
    case .context, .contextOption, .rest: nil
    }
  }

  /// Whether it makes words of its own, none or several, so that nothing may stand beside it.
  var isWholeWord: Bool {
    switch self {
    case .context, .value: false
    case .contextOption, .items, .option, .spreadOption, .choice, .rest: true
    }
  }

  var context: ContextWord? {
    switch self {
    case .context(let word), .contextOption(let word, _): word
    default: nil
    }
  }
}

extension Placeholder {
  /// Reads what stands between two braces.
  ///
  /// - Throws: what is wrong with it, as a message and the way out.
  init(_ text: String) throws(Refusal) {
    if text.isEmpty {
      throw Refusal(
        "{} names nothing", "name a parameter, as in {lr}, or write {{}} for two braces")
    }
    if text.contains(where: \.isWhitespace) {
      throw Refusal(
        "a placeholder has no blanks: {\(text)}", "write {{ and }} for the braces themselves")
    }
    if text.utf8.contains(UInt8(ascii: "|")) {
      self = try Self.choice(in: text)
      return
    }
    if text == "args" || text.hasPrefix("args:") || text == "args..." {
      guard let style = RestStyle(rawValue: text) else {
        throw Refusal(
          "{\(text)} is no way of writing all parameters",
          "there are " + RestStyle.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", "))
      }
      self = .rest(style)
      return
    }
    let isSpread = text.hasSuffix("...")
    let body = isSpread ? String(text.dropLast(3)) : text
    let name = String(body.drop { $0 == "-" })
    if name.isEmpty {
      throw Refusal("{\(text)} names no parameter", "name one, as in {--lr}")
    }
    let isOption = name != body
    if let word = ContextWord(optionName: name, isOption: isOption) {
      if isSpread { throw Refusal("{\(text)} is no list", "write {\(body)}") }
      self = isOption ? .contextOption(word, option: body) : .context(word)
    } else if isOption {
      self = isSpread ? .spreadOption(name, option: body) : .option(name, option: body)
    } else {
      self = isSpread ? .items(name) : .value(name)
    }
  }

  private static func choice(in text: String) throws(Refusal) -> Placeholder {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let name = String(parts[0].drop { $0 == "-" })
    guard parts.count == 2, !parts[1].isEmpty, !name.isEmpty, name != parts[0] else {
      throw Refusal(
        "{\(text)} is no choice between two options",
        "write {--amp|--no-amp}: the first where amp is true, the second where it is false")
    }
    return .choice(name, yes: parts[0], no: parts[1])
  }

  /// Why something is no placeholder, without its place.
  struct Refusal: Error {
    let message: String
    let hint: String

    init(_ message: String, _ hint: String) {
      self.message = message
      self.hint = hint
    }
  }
}

extension ContextWord {
  /// The word of a placeholder; options may have `-` where the word has `_`.
  init?(optionName name: String, isOption: Bool) {
    let plain = isOption ? String(name.map { $0 == "-" ? "_" : $0 }) : name
    self.init(rawValue: plain)
  }
}
