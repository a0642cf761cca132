package import FileLanguage

extension SweepSpec.Condition {
  /// Reads the `where` of a sweep: an expression that is true or false and asks for no results.
  ///
  /// - Returns: `nil` where it is none; the first error is reported.
  package func formula(_ problems: SpecProblems) -> Formula? {
    do {
      let formula = try Formula(text)
      try formula.checkCondition()
      return formula
    } catch {
      problems.report(error, in: text, at: mark)
      return nil
    }
  }
}

extension Formula {
  fileprivate func checkCondition() throws(FormulaError) {
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
    if let fold = names.first(where: { $0.text == "fold" || $0.text == "data.fold" }) {
      throw FormulaError(
        column: fold.column, width: fold.width,
        "'where' chooses combinations, and each trains on all folds",
        hint: "to see one fold's runs: labbook runs --where \"fold = 2\"; in tables: show: [fold]")
    }
    if kind != .truth, kind != .unknown {
      throw FormulaError(
        column: root.column, width: source.count,
        "'where' needs an expression that is true or false", hint: "as in lr < 0.1")
    }
  }
}
