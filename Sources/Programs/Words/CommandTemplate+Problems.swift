public import Tracking

extension CommandTemplate {
  /// What keeps these parameters from reaching the program: names that no parameter has, parameters
  /// that no placeholder hands over, values that cannot stand where they would.
  ///
  /// `{args}` and `{params}` reach all.
  public func problems(with parameters: [String: ParameterValue]) -> [CommandProblem] {
    let names = ParameterNames(parameters)
    var problems = names.problems
    for (placeholder, place) in placeholders {
      if let problem = problem(of: placeholder, at: place, names) { problems.append(problem) }
    }
    problems += names.leaves.compactMap(Self.zeroByte)
    return problems + unreached(names)
  }

  private func problem(
    of placeholder: Placeholder, at place: CommandProblem.Place, _ names: ParameterNames
  ) -> CommandProblem? {
    guard let written = placeholder.parameter else { return nil }
    guard let name = names.resolved(written), let value = names.value(name) else {
      return unknown(written, at: place, names)
    }
    guard case .choice(_, let yes, let no) = placeholder else { return nil }
    switch value {
    case .flag, .off: return nil
    default:
      return CommandProblem(
        "'\(name)' is \(value.display.prefix(60)), but {\(yes)|\(no)} chooses by true or false",
        hint: "hand it over by {--\(name)}", at: place, parameter: name)
    }
  }

  private func unknown(
    _ written: String, at place: CommandProblem.Place, _ names: ParameterNames
  ) -> CommandProblem {
    let all = names.all
    let known = all + ContextWord.allCases.map(\.rawValue) + ["args"]
    let hint: String
    if let near = nearestName(to: written, among: known) {
      hint = "did you mean '\(near)'?"
    } else if all.isEmpty {
      hint = "the program has no parameters; give it some in 'params', or write {{ for a brace"
    } else {
      let shown = all.prefix(12).joined(separator: ", ") + (all.count > 12 ? ", ..." : "")
      hint = "its parameters are \(shown); write {{ for a brace"
    }
    return CommandProblem("there is no parameter '\(written)'", hint: hint, at: place)
  }

  private static func zeroByte(_ name: String, _ value: ParameterValue) -> CommandProblem? {
    func holdsZero(_ value: ParameterValue) -> Bool {
      switch value {
      case .text(let text): text.utf8.contains(0)
      case .list(let items): items.contains(where: holdsZero)
      case .mapping(let values): values.values.contains(where: holdsZero)
      case .off, .flag, .integer, .number: false
      }
    }
    if !holdsZero(value) { return nil }
    return CommandProblem(
      "the value of '\(name)' has a zero byte, which no word of a command can hold",
      parameter: name)
  }

  private func unreached(_ names: ParameterNames) -> [CommandProblem] {
    let all = placeholders.map(\.0)
    let hasRest = all.contains { if case .rest = $0 { true } else { false } }
    if hasRest || uses(.parameters) { return [] }
    let left = names.rest(all).map(\.name)
    guard let first = left.first else { return [] }
    let listed = left.prefix(8).joined(separator: ", ") + (left.count > 8 ? ", ..." : "")
    return [
      CommandProblem(
        left.count == 1
          ? "the parameter '\(first)' never reaches the program"
          : "\(left.count) parameters never reach the program: \(listed)",
        hint: "add {args} to the command, or {--\(first)} for one of them, or {params}, "
          + "the path of a JSON file of all",
        parameter: left.count == 1 ? first : nil)
    ]
  }
}

extension ParameterNames {
  /// The values that none of the placeholders names, neither itself nor a mapping around it.
  func rest(_ placeholders: [Placeholder]) -> [(name: String, value: ParameterValue)] {
    let named = Set(placeholders.compactMap(\.parameter).compactMap(resolved))
    return leaves.filter { leaf in
      !named.contains { leaf.name == $0 || leaf.name.hasPrefix($0 + ".") }
    }
  }
}
