/// Decodes combinations of one file's sweeps; remembers what they have in common.
public final class ConfigurationReader {
  private let spec: ExperimentSpec

  /// Makes a reader of a merged file.
  public init(_ spec: ExperimentSpec) { self.spec = spec }

  /// What a combination stands for, or everything that is wrong with it.
  ///
  /// Its substitutions apply in order; one whose key the combination does not have is left out.
  ///
  /// - Parameter condition: the sweep's `where`.
  /// - Returns: `nil` where `condition` does not hold.
  public func configuration(
    for combination: Combination, where condition: Formula? = nil
  ) -> Result<RunConfiguration?, Diagnostics> {
    .failure(Diagnostics([]))
  }
}
