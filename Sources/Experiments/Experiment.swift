import Datasets
import FileLanguage
public import Languages

/// An experiment that may run: everything the file says, checked.
public struct Experiment: Sendable {
  /// Its name in the store.
  public let name: String
  /// What people read above it, `nil` where the file says nothing.
  public let title: String?
  /// Words to find it by.
  public let tags: [String]
  /// In which its figures, tables and pages speak.
  public let language: Language
  /// The file it was read from, as the user gave it.
  public let file: String
  /// The sweeps in the order of the file.
  public let sweeps: [SweepSpec]
  /// The sweeps whose runs the store has already.
  public let stored: [StoredSweep]
  /// The notebook in the order of the file; for a file without one the cells it stands for.
  public let cells: [Cell]
  /// What a hand-in may set.
  public let open: OpenKeys
  /// The merged file.
  public let spec: ExperimentSpec
  /// Networks that no run uses, by name.
  public let unusedModels: [String]

  let members: [String: [SweepMember]]
  let decoded: DecodedCombinations
  let library: DataLibrary

  /// What the file asks of Slurm; `nil` where it does not name it.
  public var slurm: SlurmSettings? {
    spec.root["slurm"].map { SlurmReader(problems: SpecProblems()).settings($0) }
  }

  /// The configurations of a sweep, one for each combination that `where` keeps, in order.
  public func members(of sweep: SweepSpec) -> [SweepMember] { members[sweep.name] ?? [] }
}

extension Experiment {
  /// Makes an experiment of parts that no file was read for.
  package init(
    name: String, file: String, sweeps: [SweepSpec], cells: [Cell], spec: ExperimentSpec
  ) {
    self.init(
      name: name, title: nil, tags: [], language: .english, file: file, sweeps: sweeps,
      stored: [], cells: cells, open: OpenKeys(), spec: spec, unusedModels: [], members: [:],
      decoded: DecodedCombinations(), library: DataLibrary())
  }
}
