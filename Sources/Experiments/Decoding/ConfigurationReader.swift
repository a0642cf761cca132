/// Decodes combinations of one file's sweeps; remembers what they have in common.
public final class ConfigurationReader {
  private let spec: ExperimentSpec

  /// Makes a reader of a merged file.
  public init(_ spec: ExperimentSpec) { self.spec = spec }

  /// What a combination of substitutions stands for, or everything that is wrong with it.
  public func configuration(
    for combination: [SweepSpec.Substitution]
  ) -> Result<RunConfiguration, Diagnostics> {
    .failure(Diagnostics([]))
  }
}
