public import FileLanguage

extension Formula {
  /// Reads the `where` of a sweep: an expression that is true or false and asks for no results.
  ///
  /// - Throws: the first error at its place in the file.
  public init(condition: SweepSpec.Condition) throws(Diagnostic) {
    do {
      try self.init(condition.text)
      try checkCondition()
    } catch { throw error.diagnostic(in: condition.text, at: condition.mark) }
  }

  private func checkCondition() throws(FormulaError) {
    if let call = calls.first {
      throw FormulaError(
        column: call.column, width: call.function.rawValue.count,
        "'\(call.function.rawValue)' asks for results, which are not there before the runs",
        hint: "'where' compares the values of one combination")
    }
    if let seed = names.first(where: { $0.text == "seed" || $0.text == "train.seed" }) {
      throw FormulaError(
        column: seed.column, width: seed.width,
        "'where' chooses combinations, and the seed is not part of them",
        hint: "use 'seeds' for the seeds of every combination")
    }
    if kind != .truth, kind != .unknown {
      throw FormulaError(
        column: root.column, width: source.count,
        "'where' needs an expression that is true or false", hint: "as in lr < 0.1")
    }
  }
}
