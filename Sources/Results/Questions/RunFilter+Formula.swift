import Experiments
public import FileLanguage
public import RunStorage
import Runs
import Tracking

extension RunFilter {
  /// The runs for which an expression holds.
  ///
  /// A bare name is, in this order, a column of `run_table`, `tag`, `mlflow.runName`, a key of `train`, a setting of
  /// the run's own network (`hidden`), a metric (its final value); a dotted path reaches every
  /// resolved value. A name that only other runs have is off.
  ///
  /// - Throws: a name that nothing in the store has.
  public init(_ formula: Formula, in store: RunStore) throws {
    let known = try store.names()
    let candidates = Self.candidates(known)
    var fields: [Field] = []
    var places: [String: Range<Int>] = [:]
    for name in formula.names where places[name.text] == nil {
      let found = Self.fields(of: name.text, known)
      guard !found.isEmpty else { throw FormulaError.unknownName(name, among: candidates) }
      places[name.text] = fields.count..<(fields.count + found.count)
      fields += found
    }
    let meaning = places
    self.init(fields) { values in
      try formula.holds(in: FilterContext(values: values, places: meaning))
    }
  }

  private typealias Names = (parameters: [String], metrics: [String])

  /// What a name may be, the first that a run has counts.
  private static func fields(of name: String, _ known: Names) -> [Field] {
    if RunRecord.columns.contains(name) { return [.column(name)] }
    var fields = known.parameters.filter { $0 == "train." + name || $0 == name }
      .sorted { $0 == "train." + name && $1 != $0 }.map(Field.parameter)
    if name == SettingPath.foldWord, known.parameters.contains(RunConfiguration.foldPath) {
      fields.append(.parameter(RunConfiguration.foldPath))
    }
    // A bare name of a program's run is one of its parameters.
    fields += known.parameters.filter { $0 == "train.params." + name }.map(Field.parameter)
    if case .ownModel(let parts)? = SettingPath(bare: name) {
      let end = "." + parts.joined(separator: ".")
      fields += known.parameters.filter { path in
        path == "train.model" + end || path.hasPrefix("models.") && path.hasSuffix(end)
      }.map(Field.parameter)
    }
    if known.metrics.contains(name) { fields.append(.metric(Metric(name))) }
    return fields
  }

  private static func candidates(_ known: Names) -> [String] {
    RunRecord.columns + known.parameters.flatMap { [$0, shortPath($0)] } + known.metrics
  }
}

/// The values of one run that an expression asks for.
private struct FilterContext: FormulaContext {
  let values: [ParameterValue]
  let places: [String: Range<Int>]
  var names: [String] { [] }

  func value(of name: String) -> ParameterValue? {
    guard let range = places[name] else { return nil }
    return values[range].first { $0 != .off } ?? .off
  }
}
