import Tracking

/// A command as somebody types it, turned into one with placeholders: options with values, flags,
/// numbers, and settings in Hydra's style become parameters.
public struct CommandProposal: Sendable {
  /// A parameter with its value or values as they were typed.
  public struct Parameter: Hashable, Sendable {
    /// Its name, with `_` in place of `-`.
    public let name: String
    /// One for a value, several for a list.
    public let values: [String]
    /// Whether it is a list, also of one.
    public let isList: Bool

    /// The value, where it is one.
    public var value: String { values.first ?? "" }
  }

  /// The words with placeholders.
  public private(set) var words: [String] = []
  /// The parameters in order.
  public private(set) var parameters: [Parameter] = []
  /// Variables that stood before the program, as in a shell.
  public let environment: [(name: String, value: String)]
  /// The file or module that is started, behind launchers and interpreters.
  public let program: String
  /// The words that are asked for help.
  public let asked: [String]
  /// What the help says.
  public let help: ProgramHelp

  /// Names of options that are the seed of all random numbers.
  private static let seeds: Set = ["seed", "random_seed", "random_state", "rng_seed"]

  private var positionals = 0
  private var positionalNames: [String] = []

  /// Takes a command apart.
  ///
  /// - Parameters:
  ///   - isFile: whether there is a file of this name.
  ///   - ask: what a program's help says.
  /// - Throws: a quote that is not closed.
  public init(
    _ text: String, isFile: (String) -> Bool = { _ in false },
    ask: ([String]) -> ProgramHelp = { _ in ProgramHelp() }
  ) throws(CommandProblem) {
    let start = CommandStart(try ShellWords.split(text), isFile: isFile)
    environment = start.environment
    program = start.program
    // Names of commands within a program, and files that come before its options.
    let commands = start.rest.prefix {
      !$0.hasPrefix("-") && !$0.contains("=") && Double($0) == nil
    }
    asked = start.asked + commands
    help = ask(asked)
    words = (start.words + commands).map(Self.literal)
    let rest = Array(start.rest.dropFirst(commands.count))
    positionalNames = help.positionals
    // The last names are those of the words that stand alone; those before name commands.
    let surplus = commands.count + Self.alone(rest, help) - help.positionals.count
    positionals = help.positionals.isEmpty ? 0 : commands.count - max(0, surplus)
    var index = 0
    while index < rest.count { index += take(rest[index], Array(rest.dropFirst(index + 1))) }
  }

  /// How many words belong to no option.
  private static func alone(_ words: [String], _ help: ProgramHelp) -> Int {
    var count = 0
    var index = 0
    while index < words.count {
      let word = words[index]
      if isOption(word) {
        index +=
          1
          + (word.contains("=")
            ? 0 : values(of: word, Array(words.dropFirst(index + 1)), help).count)
      } else {
        if !word.contains("=") { count += 1 }
        index += 1
      }
    }
    return count
  }

  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("-") && word.count > 1 && Double(word) == nil && word != "--"
  }

  /// The words behind an option that are its values.
  private static func values(
    of option: String, _ rest: [String], _ help: ProgramHelp
  ) -> [String] {
    let free = Array(rest.prefix { !isOption($0) })
    if let known = help.option(option) {
      guard known.takesValue else { return [] }
      return known.isMany ? free : Array(rest.prefix(1))
    }
    // Several numbers without help are a list.
    let numbers = free.prefix { Double($0) != nil }
    return numbers.count > 1 && help.options.isEmpty ? Array(numbers) : Array(free.prefix(1))
  }

  /// Takes a word, and says how many were used.
  private mutating func take(_ word: String, _ rest: [String]) -> Int {
    if Self.isOption(word) {
      if let equals = word.firstIndex(of: "=") {
        let option = String(word[..<equals])
        let value = String(word[word.index(after: equals)...])
        return attach(option + "=", name: name(of: option), value, word)
      }
      return takeOption(word, Self.values(of: word, rest, help))
    }
    if let equals = word.firstIndex(of: "="), equals > word.startIndex {
      let option = String(word[..<equals])
      return attach(option + "=", name: option, String(word[word.index(after: equals)...]), word)
    }
    positionals += 1
    let index = positionals - 1
    let name =
      positionalNames.indices.contains(index)
      ? positionalNames[index].replacing("-", with: "_") : "arg\(max(1, positionals))"
    guard Double(word) != nil, let found = add(name, [word]) else {
      words.append(Self.literal(word))
      return 1
    }
    words.append("{\(found)}")
    return 1
  }

  /// A word with its value in it, such as `--lr=0.1` and `a.b=2`.
  private mutating func attach(
    _ beginning: String, name: String, _ value: String, _ word: String
  ) -> Int {
    if let found = add(name, [value]) {
      words.append(beginning + "{\(found)}")
    } else {
      words.append(Self.literal(word))
    }
    return 1
  }

  private mutating func takeOption(_ word: String, _ values: [String]) -> Int {
    let known = help.option(word)
    if values.isEmpty, let negation = known?.negation {
      let positive = "--" + negation.dropFirst(5)
      if let found = add(name(of: positive), [word == negation ? "false" : "true"]),
        found != ContextWord.seed.rawValue
      {
        words.append("{\(positive)|\(negation)}")
        return 1
      }
    }
    let isList = values.count > 1 || (known?.isMany == true && !values.isEmpty)
    guard let found = add(name(of: word), values.isEmpty ? ["true"] : values, isList: isList)
    else {
      words += ([word] + values).map(Self.literal)
      return 1 + values.count
    }
    if isList {
      words += [word, "{\(found)...}"]
    } else if values.isEmpty {
      words.append("{\(known?.name ?? word)}")
    } else {
      words += [word, "{\(found)}"]
    }
    return 1 + values.count
  }

  /// The name of an option's parameter: that of its long form.
  private func name(of option: String) -> String {
    String((help.option(option)?.name ?? option).drop { $0 == "-" })
  }

  /// The name of a parameter of an option; `seed` stands for Labbook's own word; `nil` where the text
  /// cannot be a name.
  private mutating func add(_ option: String, _ values: [String], isList: Bool = false) -> String? {
    let name = String(option.map { $0 == "-" ? "_" : $0 })
    if Self.seeds.contains(name) { return ContextWord.seed.rawValue }
    let isName = option.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0))
    }
    guard isName, !name.isEmpty, ContextWord(rawValue: name) == nil, name != "args",
      !parameters.contains(where: { $0.name == name })
    else { return nil }
    parameters.append(Parameter(name: name, values: values, isList: isList))
    return name
  }

  private static func literal(_ word: String) -> String {
    word.replacing("{", with: "{{").replacing("}", with: "}}")
  }

  /// Whether settings stand in it as Hydra takes them: `model.width=64`.
  public var isHydra: Bool {
    parameters.contains { parameter in
      words.contains("\(parameter.name)={\(parameter.name)}") && parameter.name.contains(".")
    }
  }

  /// Whether the program is told its seed.
  public var hasSeed: Bool { words.contains { $0.contains("{seed}") } }

  /// Adds the option for the seed that the help names, where it names one.
  public mutating func addSeed() {
    let option = help.options.first { option in
      Self.seeds.contains(name(of: option.name).replacing("-", with: "_")) && option.takesValue
    }
    if let option, !hasSeed { words += [option.name, "{seed}"] }
  }

  /// Adds the seed as a setting of Hydra's, where its name says that it is one; whether it did.
  public mutating func addSeed(setting name: String) -> Bool {
    let last = name.split(separator: ".").last.map(String.init) ?? ""
    guard Self.seeds.contains(last), !hasSeed else { return false }
    words.append(name + "={seed}")
    return true
  }

  /// The options that the help names and the command does not, in order.
  public var unused: [String] {
    let used = Set(parameters.map(\.name))
    return help.options.filter { option in
      let name = name(of: option.name).replacing("-", with: "_")
      return option.name.hasPrefix("--") && !used.contains(name) && !Self.seeds.contains(name)
    }.map(\.name)
  }
}
