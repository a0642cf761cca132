import Tracking

/// Collects everything that is wrong while a file is read, so that all of it is told at once.
///
/// Every reader and rule reports here. What is read once for many combinations keeps its list and
/// reports it again for each; what is thrown at the end is `Diagnostics` of the whole list.
package final class SpecProblems {
  /// What was reported, in that order.
  package private(set) var list: [Diagnostic] = []
  /// Whether a base could not be read, so that what the file lacks may stand there.
  package var lacksBase = false

  /// Starts with nothing wrong.
  package init() {}

  /// After so many errors further ones help nobody.
  package static let most = 100

  /// Adds an error.
  package func report(_ mark: Mark, _ message: String, _ notes: [String] = []) {
    report([Diagnostic(mark, message, notes: notes)])
  }

  /// Adds an error of a value that nobody knows, so that nothing further is said of it.
  package func reportUnknown(_ mark: Mark, _ message: String, _ notes: [String] = []) {
    report(mark, message, notes)
    unknown.insert(mark)
  }

  /// Adds errors that were found before.
  package func report(_ diagnostics: [Diagnostic]) {
    list += unknown.isEmpty ? diagnostics : diagnostics.filter { !unknown.contains($0.mark) }
  }

  /// Adds those of some errors that are not there yet.
  package func reportOnce(_ diagnostics: [Diagnostic]) {
    report(diagnostics.filter { known.insert($0).inserted })
  }

  private var known: Set<Diagnostic> = []
  private var unknown: Set<Mark> = []

  /// Adds an error of an expression at its place in the file.
  ///
  /// - Parameters:
  ///   - text: the expression that was parsed.
  ///   - mark: the place of the scalar in the file.
  package func report(_ error: FormulaError, in text: String, at mark: Mark) {
    report([error.diagnostic(in: text, at: mark)])
  }

  /// What was read, where nothing is wrong.
  ///
  /// - Throws: everything that was reported, by place.
  package func finish<Value>(_ value: Value?) throws(Diagnostics) -> Value {
    guard let value, list.isEmpty else { throw Diagnostics(list) }
    return value
  }
}
