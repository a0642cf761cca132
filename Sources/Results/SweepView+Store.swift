import Datasets
import Experiments
public import RunStorage
public import Runs
import Sweeps
public import Tracking

extension SweepView {
  /// A sweep as the store alone knows it: its configurations by what differs between them.
  ///
  /// - Throws: `LabbookError` where the store has no such sweep, or several of the name.
  public init(
    sweep: String, experiment: String?, in store: RunStore, former: Bool = false
  ) throws {
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
    try self.init(name, in: store, former: former)
  }

  /// A sweep as the store alone knows it.
  ///
  /// - Parameter former: whether runs that its latest plan does not hold are taken too.
  /// - Throws: `LabbookError` where it has no runs.
  public init(_ name: SweepName, in store: RunStore, former: Bool = false) throws {
    var query = RunQuery(name)
    query.includesFormer = former
    let runs = try store.runs(query)
    let library = DataLibrary()
    guard let first = runs.first else {
      throw LabbookError.input("the sweep '\(name.sweep)' has no runs in \(store.path)")
    }
    let paths = runs.axisPaths
    let points = runs.groupedByConfiguration().map { group in
      Point(group.runs, paths) { run in
        let stored = try store.configuration(of: run.id, in: library)
        try stored.checkFiles { try PlanFacts(library: library).files(of: $0) }
        return stored.configuration
      }
    }
    self.init(
      name: name.sweep, objective: first.objective, directions: try store.directions(of: first.id),
      axes: paths.map(shortPath),
      configurations: points.map(\.configuration), points: points, planned: runs.count,
      former: try store.formerCount(query))
  }

  /// What a text means as a key of the sweep's runs.
  ///
  /// - Throws: `LabbookError` where it means the seed, or no run has it.
  public func key(_ text: String) throws(LabbookError) -> SweepKey {
    let path = SettingPath(bare: text) ?? .absolute([text])
    let key = SweepKey.setting(path, written: text)
    guard !key.isSeed else {
      throw LabbookError.input(
        "figures do not tell seeds apart: they show the mean over them",
        hint: "`labbook runs` lists every seed, `labbook show RUN` draws one run's curves")
    }
    if points.contains(where: { $0.value(key) != nil }) { return key }
    let known = Set(runs.flatMap { $0.parameters.keys.map(shortPath) })
    let near = nearestName(to: text, among: known.sorted())
    throw LabbookError.input(
      "no run of the sweep '\(name)' has '\(text)'"
        + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }
}

extension SweepView.Point {
  /// A combination of stored runs that differ in their seeds alone.
  ///
  /// - Parameter load: the whole configuration of one of them.
  fileprivate init(
    _ runs: [RunRecord], _ paths: [String],
    load: @escaping @Sendable (RunRecord) throws -> RunConfiguration
  ) {
    let seeds = runs.sorted { $0.seed < $1.seed }
    let parameters = seeds[0].parameters
    let values = paths.map { path in
      parameters[path].map {
        SweepView.AxisValue(axis: shortPath(path), value: $0, display: $0.display)
      }
    }
    let words = values.compactMap { $0.map { "\($0.axis)=\($0.display)" } }
    let model = seeds[0].modelName
    let modelPath = seeds[0].modelPath
    let configuration = SweepView.Configuration(
      key: seeds[0].configuration,
      label: words.isEmpty ? model : words.joined(separator: ", "), modelName: model,
      members: seeds.map { SweepView.Member(key: $0.key, seed: $0.seed, record: $0) },
      value: { path in path.key(modelPath: modelPath).flatMap { parameters[$0] } },
      load: { try load(seeds[0]) })
    self.init(
      configuration: configuration, variant: nil, values: values,
      members: configuration.members)
  }
}

extension RunRecord {
  /// The name of the run's model, the description of one written in place, or a program's command.
  public var modelName: String {
    (parameters["train.model"] ?? parameters["train.command"])?.display ?? ""
  }

  /// The path under which the values of the run's own model stand.
  public var modelPath: String {
    // A network that was written in place stands at the key itself.
    let isInPlace = parameters.keys.contains { $0.hasPrefix("train.model.") }
    return isInPlace ? "train.model" : "models." + modelName
  }
}

extension [RunRecord] {
  /// What differs between runs: of settings that follow from another one, such as those of a model
  /// that only some runs use, nothing is said.
  fileprivate var axisPaths: [String] {
    differingPaths.filter { path in
      let values = compactMap { $0.parameters[path] }
      return values.count == count || Set(values).count > 1
    }
  }
}
