/// An experiment that may run: everything the file says, checked.
public struct Experiment: Sendable {
  public let name: String
  public let title: String?
  public let tags: [String]
  /// The file it was read from, as the user gave it.
  public let file: String
  /// The sweeps in the order of the file.
  public let sweeps: [SweepSpec]
  /// The notebook in the order of the file; for a file without one the cells it stands for.
  public let cells: [Cell]
  /// The merged file, for decoding combinations of its sweeps.
  public let spec: ExperimentSpec

  /// What a combination of substitutions stands for, or everything that is wrong with it.
  ///
  /// Substitutions apply in the given order; one whose key the combination does not have is left
  /// out. For many combinations use one `ConfigurationReader`.
  public func configuration(
    for combination: [SweepSpec.Substitution]
  ) -> Result<RunConfiguration, Diagnostics> {
    ConfigurationReader(spec).configuration(for: combination)
  }
}
