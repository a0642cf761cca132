import Tracking

/// The parameters of a program by their full names: what lies in a mapping is `outer.inner`.
struct ParameterNames {
  /// Every single value, by the bytes of its name; an empty mapping is one too.
  let leaves: [(name: String, value: ParameterValue)]
  private let values: [String: ParameterValue]
  /// Names that two parameters have: `a.b` and `b` within `a`.
  let met: [String]

  init(_ parameters: [String: ParameterValue]) {
    var leaves: [(String, ParameterValue)] = []
    var values: [String: ParameterValue] = [:]
    var met: [String] = []
    func add(_ name: String, _ value: ParameterValue) {
      if values.updateValue(value, forKey: name) != nil { met.append(name) }
      guard case .mapping(let inner) = value, !inner.isEmpty else {
        leaves.append((name, value))
        return
      }
      for (key, value) in inner.byName { add(name + "." + key, value) }
    }
    for (name, value) in parameters.byName { add(name, value) }
    self.leaves = leaves.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    self.values = values
    self.met = met.sorted()
  }

  /// All names, of mappings too.
  var all: [String] { values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  func value(_ name: String) -> ParameterValue? { values[name] }

  /// The parameter that a placeholder means: the one of this name, otherwise the only one whose name
  /// differs in `-` and `_` alone.
  func resolved(_ written: String) -> String? {
    if values[written] != nil { return written }
    let wanted = Self.underscored(written)
    let alike = values.keys.filter { Self.underscored($0) == wanted }
    return alike.count == 1 ? alike.first : nil
  }

  private static func underscored(_ name: String) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }

  /// The problems of the names by themselves.
  var problems: [CommandProblem] {
    met.map {
      CommandProblem(
        "two parameters are called '\($0)'",
        hint: "one of them lies in a mapping; give it another name", parameter: $0)
    } + values.keys.sorted().compactMap(Self.problem)
  }

  private static func problem(_ name: String) -> CommandProblem? {
    if name == "args" || ContextWord(optionName: name, isOption: true) != nil {
      return CommandProblem(
        "no parameter can be called '\(name)': {\(name)} is a word of Labbook's own",
        hint: name == "seed"
          ? "leave it out: {seed} hands over the seed of each run, and 'seeds' says how many there are"
          : "call it otherwise", parameter: name)
    }
    let isRight =
      !name.isEmpty && !name.hasPrefix("-") && !name.hasSuffix("...")
      && !name.hasPrefix("args:")
      && !name.unicodeScalars.contains {
        "{}|=".unicodeScalars.contains($0) || $0.properties.isWhitespace
          || HiddenCharacters.isHidden($0)
      }
    if isRight { return nil }
    return CommandProblem(
      "'\(name)' is no name of a parameter",
      hint: "a name has no blanks, no { } | =, no - at its start and no ... at its end",
      parameter: name)
  }
}
