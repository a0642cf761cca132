public import Experiments
public import RunStorage
public import Tracking

/// What the names of an expression mean for one run of the store.
///
/// A bare name is, in this order, a column of `run_table`, a key of `train`, a metric (its final
/// value); a dotted path reaches every resolved value. A name that only other runs of the list have
/// is off.
public struct RunContext: FormulaContext {
  private let run: RunRecord
  /// Every name that some run of the list has.
  public let names: [String]
  private let known: Set<String>

  /// Makes the context of one run; `names` are those of the whole list.
  public init(_ run: RunRecord, names: [String], known: Set<String>) {
    self.run = run
    self.names = names
    self.known = known
  }

  /// Every name that means something for some of `runs`.
  public static func names(of runs: [RunRecord]) -> [String] {
    var names = Set(RunRecord.columns)
    for run in runs {
      for path in run.parameters.keys { names.formUnion([path, shortPath(path)]) }
      names.formUnion(run.metrics.keys.map(\.name))
    }
    return names.sorted()
  }

  /// The value of a name for this run.
  public func value(of name: String) -> ParameterValue? {
    if let column = run.value(ofColumn: name) { return column }
    if let value = run.parameters["train." + name] ?? run.parameters[name] { return value }
    if let value = run.value(of: Metric(name), .last) { return .number(value) }
    return known.contains(name) ? .off : nil
  }
}

extension Array where Element == RunRecord {
  /// The runs for which an expression holds.
  ///
  /// - Throws: an unknown name, or a value an operator cannot use.
  public func filtered(by formula: Formula) throws(FormulaError) -> [RunRecord] {
    let names = RunContext.names(of: self)
    let known = Set(names)
    var kept: [RunRecord] = []
    for run in self where try formula.holds(in: RunContext(run, names: names, known: known)) {
      kept.append(run)
    }
    return kept
  }
}
