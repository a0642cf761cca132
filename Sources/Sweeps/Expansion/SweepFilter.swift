import Experiments
import Tracking

/// The `where` of a sweep: which combinations are kept.
///
/// A name is `variant` or a path as elsewhere in a sweep: a full one, a key of `train`, or `hidden`,
/// `activation`, `dropout` of the run's own model. A key that other combinations have and this one
/// has not is `none`. The seed has no value yet: all seeds of a combination are kept or none.
struct SweepFilter {
  private let condition: (formula: Formula, source: SweepSpec.Condition)?
  private let known: [String]

  /// - Throws: everything that is wrong with the expression, at its place.
  init(_ sweep: SweepSpec, _ candidates: [SweepCandidate]) throws(Diagnostics) {
    guard let source = sweep.condition else {
      condition = nil
      known = []
      return
    }
    let formula: Formula
    do {
      formula = try Formula(source.text)
      try Self.check(formula)
    } catch { throw Diagnostics([error.diagnostic(in: source.text, at: source.mark)]) }
    condition = (formula, source)
    known = Self.names(sweep, candidates)
    let unknown = formula.names.filter { name in !Self.isKnown(name.text, candidates) }
    if !unknown.isEmpty {
      throw Diagnostics(
        unknown.map {
          Self.unknown($0, known).diagnostic(in: source.text, at: source.mark)
        })
    }
  }

  /// Whether a combination is kept.
  func keeps(_ candidate: SweepCandidate) throws(Diagnostic) -> Bool {
    guard let (formula, source) = condition else { return true }
    do {
      return try formula.holds(in: FormulaLookup(names: known) { Self.value($0, candidate) })
    } catch { throw error.diagnostic(in: source.text, at: source.mark) }
  }

  private static func check(_ formula: Formula) throws(FormulaError) {
    if let call = formula.calls.first {
      throw FormulaError(
        column: call.column, width: call.function.rawValue.count,
        "'\(call.function.rawValue)' asks for results, which are not there before the runs",
        hint: "'where' compares the values of one combination")
    }
    if formula.kind != .truth, formula.kind != .unknown {
      throw FormulaError(
        column: formula.root.column, width: formula.source.count,
        "'where' needs an expression that is true or false", hint: "as in lr < 0.1")
    }
  }

  private static func unknown(_ name: FormulaName, _ known: [String]) -> FormulaError {
    guard path(name.text) != .absolute(["train", "seed"]) else {
      return FormulaError(
        column: name.column, width: name.width,
        "'where' chooses combinations, and the seed is not part of them",
        hint: "use 'seeds' for the seeds of every combination")
    }
    return .unknownName(name, among: known)
  }

  /// Names a wrong one may have been meant to be.
  private static func names(_ sweep: SweepSpec, _ candidates: [SweepCandidate]) -> [String] {
    var names = sweep.axes.map(\.written) + (sweep.variants.isEmpty ? [] : ["variant"])
    for case .success(let configuration) in candidates.prefix(1).map(\.decoded) {
      for path in configuration.hyperparameters.map(\.path) where path != "train.seed" {
        names.append(path.hasPrefix("train.") ? String(path.dropFirst(6)) : path)
      }
    }
    return names
  }

  private static func isKnown(_ name: String, _ candidates: [SweepCandidate]) -> Bool {
    let path = path(name)
    if path == .absolute(["train", "seed"]) { return false }
    return candidates.contains { candidate in
      switch candidate.decoded {
      case .success(let configuration):
        name == "variant" ? candidate.variant != nil : configuration.value(at: path) != nil
      // What cannot be decoded has an error of its own.
      case .failure: true
      }
    }
  }

  /// A name's value; of a combination that cannot be decoded as far as the sweep itself sets it, so
  /// that `where` can leave out what would be wrong.
  private static func value(_ name: String, _ candidate: SweepCandidate) -> ParameterValue? {
    if name == "variant", let variant = candidate.variant { return .text(variant) }
    let path = path(name)
    switch candidate.decoded {
    case .success(let configuration): return configuration.value(at: path) ?? .off
    case .failure: return candidate.substitutions.last { $0.path == path }?.value.untyped
    }
  }

  private static func path(_ name: String) -> SettingPath {
    if ["hidden", "activation", "dropout"].contains(name) { return .ownModel(["mlp", name]) }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if let first = parts.first, parts.count > 1, ["data", "models", "train"].contains(first) {
      return .absolute(parts)
    }
    return .absolute(["train"] + parts)
  }
}
