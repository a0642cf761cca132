import ArgumentParser
import FileLanguage
import Results
import RunStorage
import Terminal
import Tracking

/// `--where`, and its errors with the place they stand at.
struct WhereOptions: ParsableArguments {
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only runs for which this holds.", valueName: "expression"))
  var condition: String?

  /// Calls `body` with the condition, where one was written.
  ///
  /// - Throws: errors of the expression with a caret below it; what `body` throws.
  func filtering<Result>(
    _ store: RunStore, _ body: (RunFilter?) throws -> Result
  ) throws -> Result {
    do {
      return try body(try condition.map { try RunFilter(Formula($0), in: store) })
    } catch let error as FormulaError { throw described(error) }
  }

  private func described(_ error: FormulaError) -> LabbookError {
    let excerpt = Excerpt(condition ?? "", from: error.column - 1, count: error.width)
    return .input(
      "--where: \(error.message)\n  \(excerpt.line)\n  \(excerpt.caret)", hint: error.hint)
  }
}
