public import Datasets
public import FileLanguage
public import Runs

/// An experiment that may run: everything the file says, checked.
public struct Experiment: Sendable {
  /// Its name in the store.
  public let name: String
  /// What people read above it, `nil` where the file says nothing.
  public let title: String?
  /// Words to find it by.
  public let tags: [String]
  /// The file it was read from, as the user gave it.
  public let file: String
  /// The sweeps in the order of the file.
  public let sweeps: [SweepSpec]
  /// The notebook in the order of the file; for a file without one the cells it stands for.
  public let cells: [Cell]
  /// The merged file.
  public let spec: ExperimentSpec
  /// Networks that no run uses, by name.
  public let unusedModels: [String]

  let members: [String: [Member]]
  let library: DataLibrary

  /// The configurations of a sweep, one for each combination that `where` keeps, in order.
  public func members(of sweep: SweepSpec) -> [Member] { members[sweep.name] ?? [] }

  /// A reader of the configurations of this file's combinations.
  public func reader() -> ConfigurationReader { ConfigurationReader(spec, library: library) }

  /// One configuration of a sweep.
  public struct Member: Hashable, Sendable {
    /// The variant's name; `nil` where the sweep has no variants.
    public let variant: String?
    /// With the first of the sweep's seeds.
    public let configuration: RunConfiguration
    /// The seeds it is run with.
    public let seeds: [Int]
  }

  /// Reads and checks a file.
  ///
  /// - Parameters:
  ///   - path: relative to the current folder.
  ///   - overrides: what `--set` says, each `PATH=VALUE`.
  ///   - library: where sizes of the data come from; shared with training, nothing is read twice.
  /// - Throws: everything that is wrong, at once.
  public static func read(
    _ path: String, overrides: [String] = [], library: DataLibrary
  ) throws(Diagnostics) -> Experiment {
    let problems = SpecProblems()
    var reader = SpecReader(problems)
    guard let root = reader.read(path) else { throw Diagnostics(problems.list) }
    return try ExperimentReader(file: path, root: root, problems: problems, library: library)
      .experiment(overrides: overrides)
  }

  /// The name in the store of a file's experiment; nothing else of the file is checked.
  ///
  /// - Throws: what keeps the file from being read, or is wrong with the name.
  public static func name(ofFile path: String) throws(Diagnostics) -> String {
    let problems = SpecProblems()
    var reader = SpecReader(problems)
    guard let root = reader.read(path), !problems.lacksBase else {
      throw Diagnostics(problems.list)
    }
    let name = ExperimentReader(
      file: path, root: root, problems: problems, library: DataLibrary()
    ).experimentName()
    guard problems.list.isEmpty else { throw Diagnostics(problems.list) }
    return name
  }

  /// Reads and checks a text as if it stood in a file called `name` in the current folder.
  public static func parse(
    _ text: String, name: String = "experiment.yaml", overrides: [String] = [],
    library: DataLibrary
  ) throws(Diagnostics) -> Experiment {
    let problems = SpecProblems()
    var reader = SpecReader(problems)
    let source = SpecSource(name: name, folder: "", text: text)
    guard let root = reader.read(source, text: text) else { throw Diagnostics(problems.list) }
    return try ExperimentReader(file: name, root: root, problems: problems, library: library)
      .experiment(overrides: overrides)
  }
}

extension Experiment {
  /// Makes an experiment of parts that no file was read for.
  package init(
    name: String, file: String, sweeps: [SweepSpec], cells: [Cell], spec: ExperimentSpec
  ) {
    self.init(
      name: name, title: nil, tags: [], file: file, sweeps: sweeps, cells: cells, spec: spec,
      unusedModels: [], members: [:], library: DataLibrary())
  }
}
