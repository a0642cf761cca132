public import Datasets
public import FileLanguage

extension Experiment {
  /// A reader of the configurations of this file's combinations.
  ///
  /// It knows those that the file says, which were read to check it.
  public func reader() -> ConfigurationReader {
    ConfigurationReader(spec, library: library, decoded: decoded)
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
    guard let root = reader.read(path) else { return try problems.finish(nil) }
    return try ExperimentReader(file: path, root: root, problems: problems, library: library)
      .experiment(overrides: overrides)
  }

  /// The files that an experiment is written in: its own and those it is based on, as far as they are named,
  /// also where one of them is not there.
  public static func files(ofFile path: String) -> [String] {
    var reader = SpecReader(SpecProblems())
    _ = reader.read(path)
    return reader.files
  }

  /// The name in the store of a file's experiment; nothing else of the file is checked.
  ///
  /// - Throws: what keeps the file from being read, or is wrong with the name.
  public static func name(ofFile path: String) throws(Diagnostics) -> String {
    let problems = SpecProblems()
    var reader = SpecReader(problems)
    guard let root = reader.read(path), !problems.lacksBase else { return try problems.finish(nil) }
    return try problems.finish(
      ExperimentReader(file: path, root: root, problems: problems, library: DataLibrary())
        .experimentName())
  }

  /// Reads and checks a text as if it stood in a file called `name` in the current folder.
  public static func parse(
    _ text: String, name: String = "experiment.yaml", overrides: [String] = [],
    library: DataLibrary
  ) throws(Diagnostics) -> Experiment {
    let problems = SpecProblems()
    var reader = SpecReader(problems)
    let source = SpecSource(name: name, folder: "", text: text)
    guard let root = reader.read(source, text: text) else { return try problems.finish(nil) }
    return try ExperimentReader(file: name, root: root, problems: problems, library: library)
      .experiment(overrides: overrides)
  }
}
