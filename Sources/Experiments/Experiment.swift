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

  /// A reader of the configurations of this file's combinations.
  public func reader() -> ConfigurationReader { ConfigurationReader(spec) }
}
