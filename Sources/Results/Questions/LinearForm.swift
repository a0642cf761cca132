import FileLanguage
import Tracking

/// An expression as a sum: a constant, calls and magnitudes, each times a number.
struct LinearForm {
  var constant = 0.0
  /// The calls with their coefficients, in the order of writing.
  var terms: [(call: FormulaCall, coefficient: Double)] = []
  /// What stands in `abs(...)`, with its coefficient.
  var magnitudes: [(inner: FormulaNode, coefficient: Double)] = []

  /// Reads an expression; `nil` where it is not linear in its calls and magnitudes, as a ratio.
  ///
  /// Counts and ends of intervals are numbers, as they stand.
  init?(_ node: FormulaNode, in context: AnswerContext) throws(FormulaError) {
    if node.measured.isEmpty {
      constant = try node.value(in: context).asNumber ?? .nan
      return
    }
    switch node {
    case .call(let call): terms = [(call, 1)]
    case .function(_, let inner, _): magnitudes = [(inner, 1)]
    case .negative(let inner, _):
      guard let form = try LinearForm(inner, in: context) else { return nil }
      self = form.times(-1)
    case .arithmetic(let operation, let left, let right, _):
      guard let form = try Self.form(operation, left, right, context) else { return nil }
      self = form
    default: return nil
    }
  }

  private init() {}

  private static func form(
    _ operation: FormulaArithmetic, _ left: FormulaNode, _ right: FormulaNode,
    _ context: AnswerContext
  ) throws(FormulaError) -> LinearForm? {
    guard let a = try LinearForm(left, in: context), let b = try LinearForm(right, in: context)
    else { return nil }
    switch operation {
    case .add: return a.plus(b)
    case .subtract: return a.plus(b.times(-1))
    case .multiply:
      if right.measured.isEmpty { return a.times(b.constant) }
      return left.measured.isEmpty ? b.times(a.constant) : nil
    case .divide: return right.measured.isEmpty ? a.times(1 / b.constant) : nil
    }
  }

  private func times(_ factor: Double) -> LinearForm {
    var form = LinearForm()
    form.constant = constant * factor
    form.terms = terms.map { ($0.call, $0.coefficient * factor) }
    form.magnitudes = magnitudes.map { ($0.inner, $0.coefficient * factor) }
    return form
  }

  private func plus(_ other: LinearForm) -> LinearForm {
    var form = self
    form.constant += other.constant
    for term in other.terms {
      if let place = form.terms.firstIndex(where: { $0.call.text == term.call.text }) {
        form.terms[place].coefficient += term.coefficient
      } else {
        form.terms.append(term)
      }
    }
    form.magnitudes += other.magnitudes
    return form
  }
}
