/// A proposal of a search with what came of it.
package struct SearchTrial: Sendable {
  /// A value an axis that is searched; `nil` where the configuration has no such key.
  package let values: [Double?]
  /// The objective, smaller is better; infinity where a run diverged or failed, or `where` left the
  /// proposal out.
  package let score: Double

  /// Makes a trial.
  package init(values: [Double?], score: Double) {
    self.values = values
    self.score = score.isNaN ? .infinity : score
  }
}
