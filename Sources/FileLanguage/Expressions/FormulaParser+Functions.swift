import Tracking

extension FormulaParser {
  mutating func call() throws(FormulaError) -> FormulaNode {
    let token = current
    if let function = FormulaFunction(rawValue: token.source) { return try value(of: function) }
    guard let function = FormulaCall.Function(rawValue: token.source) else {
      let known =
        FormulaCall.Function.allCases.map(\.rawValue) + FormulaFunction.allCases.map(\.rawValue)
      let near = nearestName(to: token.source, among: known).map { "; did you mean '\($0)'?" }
      throw error(
        token, "there is no function '\(token.source)'\(near ?? "")",
        hint: "the functions are " + known.joined(separator: ", "))
    }
    return .call(try typed(function, try arguments(of: function.form), token))
  }

  /// What stands in the brackets after a function's name.
  private mutating func arguments(of form: String) throws(FormulaError) -> [FormulaNode] {
    let token = current
    advance()
    let bracket = current
    advance()
    var arguments: [FormulaNode] = []
    if !current.isSymbol(")") {
      repeat {
        if arguments.count > 4 { throw wrongArguments(form, token) }
        arguments.append(
          try deeper { parser throws(FormulaError) in try parser.alternative() })
      } while take(",")
    }
    if !take(")") { throw unclosed(bracket) }
    return arguments
  }

  /// `low(X)`, `high(X)` or `abs(X)`.
  private mutating func value(of function: FormulaFunction) throws(FormulaError) -> FormulaNode {
    let token = current
    let form = "\(function.rawValue)(EXPRESSION)"
    let arguments = try arguments(of: form)
    guard arguments.count == 1 else { throw wrongArguments(form, token) }
    return .function(function, arguments[0], column: token.column)
  }

  /// Tells SWEEP, METRIC, KEY and CONDITION apart: two names before anything else are sweep and metric.
  private func typed(
    _ function: FormulaCall.Function, _ arguments: [FormulaNode], _ token: FormulaToken
  ) throws(FormulaError) -> FormulaCall {
    func isName(_ index: Int) -> Bool {
      if arguments.indices.contains(index), case .name = arguments[index] { true } else { false }
    }
    let counts: ClosedRange<Int>
    let hasSweep: Bool
    switch function {
    case .diff:
      counts = 3...4
      hasSweep = arguments.count == 4
    case .each:
      counts = 2...4
      hasSweep = arguments.count == 4 || arguments.count == 3 && isName(2)
    case .best, .last, .mean, .count:
      counts = 1...3
      hasSweep = arguments.count == 3 || arguments.count == 2 && isName(1)
    }
    guard counts.contains(arguments.count) else { throw wrongArguments(function.form, token) }
    var rest = arguments[...]
    let sweep = hasSweep ? try name(rest.removeFirst(), "a sweep", function) : nil
    let metric = try name(rest.removeFirst(), "a metric", function)
    let key = function == .each ? try name(rest.removeFirst(), "a key", function) : nil
    for condition in rest { try check(condition, of: function) }
    return FormulaCall(
      function: function, sweep: sweep, metric: metric, conditions: Array(rest), key: key,
      column: token.column)
  }

  private func check(
    _ condition: FormulaNode, of function: FormulaCall.Function
  ) throws(FormulaError) {
    let inner = condition.calls.first.map { ($0.column, $0.function.rawValue) }
    let end = condition.intervalEnd.map { ($0.column, $0.function.rawValue) }
    if let (column, name) = inner ?? end {
      throw FormulaError(
        column: column, width: name.count,
        "a condition cannot hold a function over runs; it compares the values of one run")
    }
    try condition.requireTruth("the condition of '\(function.rawValue)'")
  }

  private func name(
    _ node: FormulaNode, _ role: String, _ function: FormulaCall.Function
  ) throws(FormulaError) -> FormulaName {
    if case .name(let name) = node { return name }
    var hint = "write " + function.form
    if case .literal(.text(let text), _, _) = node {
      hint = "names stand bare or in double quotes: \"\(text)\""
    }
    throw FormulaError(
      column: node.column, width: node.width,
      "'\(function.rawValue)' needs the name of \(role) here", hint: hint)
  }

  private func wrongArguments(_ form: String, _ token: FormulaToken) -> FormulaError {
    error(
      token, "'\(form.prefix { $0 != "(" })' has the wrong number of arguments",
      hint: "write " + form)
  }
}
