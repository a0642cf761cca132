import FileLanguage
import Tracking

/// An expression over means, with how sure its value is.
///
/// A sum of means goes by common seeds, anything else by the jackknife. `abs(X)` beside a sum is the
/// greater of X and -X: its interval reaches from the greater lower end to the greater upper one, so
/// that `abs(X) < m` is held where the whole interval of X lies between -m and m.
struct ExpressionEstimate {
  /// The expression itself, or with X and with -X in place of `abs(X)`.
  private let contrasts: [Contrast]
  private let joined: Joined
  /// A bound that the expression cannot pass: what stands beside `abs(X)`, where that is a number.
  private let limit: Double?

  private enum Joined { case alone, greater, smaller }

  init(_ node: FormulaNode, in context: AnswerContext) throws(FormulaError) {
    guard let form = try LinearForm(node, in: context), form.magnitudes.count == 1 else {
      contrasts = [try Self.contrast(node, in: context)]
      joined = .alone
      limit = nil
      return
    }
    let magnitude = form.magnitudes[0]
    var signed: [Contrast] = []
    for sign in [1.0, -1.0] {
      let rest = FormulaNode.sum(form, magnitude.inner, sign * magnitude.coefficient)
      signed.append(try Self.contrast(rest, in: context))
    }
    contrasts = signed
    joined = magnitude.coefficient < 0 ? .smaller : .greater
    limit = form.terms.isEmpty ? form.constant : nil
  }

  private static func contrast(
    _ node: FormulaNode, in context: AnswerContext
  ) throws(FormulaError) -> Contrast {
    if let form = try LinearForm(node, in: context), form.magnitudes.isEmpty {
      let terms = form.terms.filter { $0.coefficient != 0 }
      var samples: [SeedSample] = []
      for term in terms { samples.append(try context.answer(to: term.call).sample ?? SeedSample()) }
      return Contrast(samples, coefficients: terms.map(\.coefficient), constant: form.constant)
    }
    let answers = try context.answers(to: node.measured)
    let samples = answers.map { $0.sample ?? SeedSample() }
    return try Contrast(samples) { (means) throws(FormulaError) -> Double in
      let names = answers.map(\.text)
      let replaced = Replaced(
        context: context,
        means: Dictionary(zip(names, means)) { first, _ in first })
      return try node.value(in: replaced).asNumber ?? .nan
    }
  }

  /// The value that the means over common seeds give; `nil` where a part has fewer than two seeds.
  var value: Double? {
    let values = contrasts.compactMap { $0.estimate?.value }
    return joined == .smaller ? values.min() : values.max()
  }

  /// The first estimate; where there are two they have the same method and seeds.
  var estimate: Estimate? { contrasts[0].estimate }

  /// The mean, deviation and number of the common seeds' values, for one sum by common seeds.
  var statistics: SeedStatistics? {
    guard contrasts.count == 1, !contrasts[0].values.isEmpty else { return nil }
    return SeedStatistics(
      hasNoSpread ? contrasts[0].values.map { _ in value ?? .nan } : contrasts[0].values)
  }

  /// Over which combinations it is.
  var shared: Contrast.Shared { contrasts[0].shared }

  /// Whether no seed has another value.
  var hasNoSpread: Bool { contrasts.allSatisfy { $0.estimate?.hasNoSpread == true } }

  /// The interval that leaves a share outside; `nil` where a part has fewer than two seeds.
  func interval(outside share: Double) -> ClosedRange<Double>? {
    let all = contrasts.compactMap { $0.estimate?.interval(outside: share) }
    guard all.count == contrasts.count else { return nil }
    let lows = all.map(\.lowerBound), highs = all.map(\.upperBound)
    guard (lows + highs).allSatisfy(\.isFinite) else { return nil }
    switch joined {
    case .alone: return all[0]
    case .greater:
      let low = max(lows.max() ?? 0, limit ?? -.infinity)
      return low...max(low, highs.max() ?? 0)
    case .smaller:
      let high = min(highs.min() ?? 0, limit ?? .infinity)
      return min(high, lows.min() ?? 0)...high
    }
  }

  /// With how many seeds the interval would leave out 0; `nil` where no number would do.
  func seedsNeeded(outside share: Double) -> Int? {
    let needed = contrasts.map { $0.estimate?.seedsNeeded(outside: share) }
    // Both have to lie on the side, or one of them.
    let value = value ?? 0
    let isEither = joined == .greater && value > 0 || joined == .smaller && value < 0
    if isEither {
      return zip(contrasts, needed).filter { ($0.0.estimate?.value ?? 0) * value > 0 }
        .compactMap(\.1).min()
    }
    return needed.contains(nil) ? nil : needed.compactMap { $0 }.max()
  }
}

/// The values of calls where some of them have other means.
private struct Replaced: FormulaContext {
  let context: AnswerContext
  let means: [String: Double]
  var names: [String] { [] }

  func value(of name: String) -> ParameterValue? { nil }

  func value(of call: FormulaCall) throws(FormulaError) -> ParameterValue {
    if let mean = means[call.text] { return .number(mean) }
    return try context.value(of: call)
  }

  func end(
    _ function: FormulaFunction, of inner: FormulaNode, column: Int
  ) throws(FormulaError) -> Double {
    try context.end(function, of: inner, column: column)
  }
}

extension FormulaNode {
  /// The sum of a form's calls and constant, and of an expression times a number.
  fileprivate static func sum(
    _ form: LinearForm, _ inner: FormulaNode, _ coefficient: Double
  ) -> FormulaNode {
    func literal(_ number: Double) -> FormulaNode {
      .literal(.number(number), column: 1, width: 1)
    }
    func times(_ number: Double, _ node: FormulaNode) -> FormulaNode {
      .arithmetic(.multiply, literal(number), node, column: 1)
    }
    let start = FormulaNode.arithmetic(
      .add, literal(form.constant), times(coefficient, inner), column: 1)
    return form.terms.reduce(start) {
      .arithmetic(.add, $0, times($1.coefficient, .call($1.call)), column: 1)
    }
  }
}
