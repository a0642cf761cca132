import Datasets
public import Experiments
import NeuralNet
public import RunStorage
public import Runs
public import Tracking

extension PlottedSweep {
  /// A sweep as the store alone knows it: its configurations by what differs between them.
  init(_ name: SweepName, in store: RunStore, library: DataLibrary) throws {
    let runs = try store.runs(RunQuery(name))
    guard let first = runs.first else {
      throw LabbookError.input("the sweep '\(name.sweep)' has no runs in \(store.path)")
    }
    let paths = PlottedSweep.axes(of: runs)
    let points = runs.groupedByConfiguration().map { group -> Point in
      let seeds = group.runs.sorted { $0.seed < $1.seed }
      let parameters = seeds[0].parameters
      let model = parameters["train.model"]?.display ?? ""
      // A network that was written in place stands at the key itself.
      let isInPlace = parameters.keys.contains { $0.hasPrefix("train.model.") }
      let modelPath = isInPlace ? "train.model" : "models." + model
      let axes = paths.compactMap { path in
        parameters[path].map { (axis: shortPath(path), display: $0.display) }
      }
      let words = axes.map { "\($0.axis)=\($0.display)" }.joined(separator: ", ")
      return Point(
        configurationKey: seeds[0].configuration, label: words.isEmpty ? model : words,
        modelName: model, axes: axes, runs: seeds,
        value: { key in
          guard case .setting(let path, _) = key else { return nil }
          return path.key(modelPath: modelPath).flatMap { parameters[$0] }
        },
        network: {
          try StoredConfiguration(seeds[0]).read(library).network(for: "a figure of networks")
        })
    }
    self.init(name: name.sweep, points: points, objective: first.objective)
  }

  /// What differs between runs: of settings that follow from another one, such as those of a model
  /// that only some runs use, nothing is said.
  private static func axes(of runs: [RunRecord]) -> [String] {
    runs.differingPaths.filter { path in
      let values = runs.compactMap { $0.parameters[path] }
      return values.count == runs.count || Set(values).count > 1
    }
  }
}

extension FigureMaker {
  /// Makes figures of a sweep of the store, without its file.
  ///
  /// - Throws: `LabbookError` where the store has no such sweep, or several.
  public init(sweep: String, experiment: String?, in store: RunStore) throws {
    let all = try store.sweeps(of: experiment).map(\.name)
    let found = all.filter { $0.sweep == sweep }
    guard let name = found.first else {
      let near = nearestName(to: sweep, among: all.map(\.sweep))
      throw LabbookError.input(
        "there is no sweep '\(sweep)' in \(store.path)"
          + (near.map { "; did you mean '\($0)'?" } ?? ""),
        hint: "`labbook experiments` lists them")
    }
    guard found.count == 1 else {
      throw LabbookError.input(
        "the sweep '\(sweep)' is in several experiments: "
          + found.map(\.experiment).joined(separator: ", "),
        hint: "say which with --experiment")
    }
    let library = DataLibrary()
    self.init(try PlottedSweep(name, in: store, library: library), in: store, library: library)
  }

  /// The experiment of the sweep's runs, for the name of a picture's folder.
  public var experiment: String { sweep.runs.first?.sweep.experiment ?? "" }

  /// The sweep as the options of `labbook plot KIND` speak of it.
  public var subject: PlotSubject {
    var names: [String] = []
    for axis in sweep.points.flatMap(\.axes) where !names.contains(axis.axis) {
      names.append(axis.axis)
    }
    let points = sweep.points
    return PlotSubject(
      stored: sweep.name, axes: names.compactMap { try? key($0) },
      key: { text in
        do { return .success(try key(text)) } catch {
          return .failure(error as? LabbookError ?? .input("\(error)"))
        }
      },
      values: { key in points.compactMap { $0.value(key) } })
  }

  /// What a path means as a key of the sweep's runs: a bare name is short for `train.<name>`, and
  /// `hidden`, `activation`, `dropout` for those of the run's own model.
  ///
  /// - Throws: `LabbookError` where no run has it.
  public func key(_ text: String) throws -> SweepKey {
    let key = SweepKey.setting(FigureMaker.path(text), written: text)
    guard !key.isSeed else {
      throw LabbookError.input(
        "figures do not tell seeds apart: they show the mean over them",
        hint: "`labbook runs` lists every seed, `labbook show RUN` draws one run's curves")
    }
    if sweep.points.contains(where: { $0.value(key) != nil }) { return key }
    let known = Set(sweep.runs.flatMap { $0.parameters.keys.map(shortPath) })
    let near = nearestName(to: text, among: known.sorted())
    throw LabbookError.input(
      "no run of the sweep '\(sweep.name)' has '\(text)'"
        + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }

  private static func path(_ text: String) -> SettingPath {
    if ["hidden", "activation", "dropout"].contains(text) {
      return .ownModel([MultilayerPerceptron.choice.name, text])
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return ["data", "models", "train"].contains(parts[0])
      ? .absolute(parts) : .absolute(["train"] + parts)
  }
}
