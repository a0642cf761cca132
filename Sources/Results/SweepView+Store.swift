import Datasets
import Experiments
import Foundation
import NeuralNet
public import RunStorage
public import Runs
import Sweeps
public import Tracking

extension SweepView {
  /// A sweep as the store alone knows it: its configurations by what differs between them.
  ///
  /// - Throws: `LabbookError` where the store has no such sweep, or several of the name.
  public init(
    sweep: String, experiment: String?, in store: RunStore, former: Bool = false,
    where filter: RunFilter? = nil
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
    try self.init(name, in: store, former: former, where: filter)
  }

  /// Every sweep of an experiment that has runs, in the order in which they came, as the store alone
  /// knows them.
  public static func all(of experiment: String, in store: RunStore) throws -> [SweepView] {
    try store.sweeps(of: experiment).compactMap { sweep in
      try? SweepView(sweep.name, in: store)
    }
  }

  /// A sweep as the store alone knows it.
  ///
  /// - Parameters:
  ///   - former: whether runs that its latest plan does not hold are taken too.
  ///   - filter: which of its runs are taken; `nil` means all.
  /// - Throws: `LabbookError` where it has no such runs; what `filter` throws.
  public init(
    _ name: SweepName, in store: RunStore, former: Bool = false, where filter: RunFilter? = nil
  ) throws {
    var query = RunQuery(name)
    query.includesFormer = former
    let runs = try store.runs(query, where: filter)
    let left = try store.formerCount(query, where: filter)
    if runs.isEmpty {
      throw Self.isEmpty(name, in: store, former: left, isFiltered: filter != nil)
    }
    try self.init(name, of: runs, in: store, former: left)
  }

  /// A sweep as the store alone knows it, with some of its runs.
  ///
  /// - Parameters:
  ///   - runs: at least one, in the order they were registered.
  ///   - left: how many runs that its latest plan does not hold are left out.
  public init(
    _ name: SweepName, of runs: [RunRecord], in store: RunStore, former left: Int = 0
  ) throws {
    guard let first = runs.first else {
      throw Self.isEmpty(name, in: store, former: left, isFiltered: false)
    }
    let library = DataLibrary()
    let groups = runs.groupedByConfiguration().map(\.runs)
    let variants = try Self.variants(of: groups, in: store, name)
    let axes = runs.axes.filter { axis in !Self.follows(axis, from: variants, groups) }
    let told = groups.indices.map { index in
      (variants?[index] ?? [], axes.map { groups[index][0].value(at: $0) })
    }
    let isTold = Set(told.map { Told(variants: $0, values: $1) }).count == told.count
    let points = groups.indices.flatMap { index in
      Point.all(groups[index], variants?[index], axes, isTold: isTold) { run in
        let stored = try store.configuration(of: run.id, in: library)
        try stored.checkFiles { try PlanFacts(library: library).files(of: $0) }
        return stored.configuration
      }
    }
    self.init(
      name: name.sweep, objective: runs.objective ?? first.objective,
      directions: try store.directions(of: first.id),
      axes: (variants == nil ? [] : ["variant"]) + axes.map(\.storedName)
        + (isTold ? [] : [Self.configurationAxis]),
      configurations: Self.distinct(points.map(\.configuration)), points: points,
      planned: runs.count,
      former: left)
  }

  /// What tells one configuration of the store from another.
  private struct Told: Hashable {
    let variants: [String]
    let values: [ParameterValue?]
  }

  /// The variants of each group of runs, where every one has some; `nil` where the sweep has none, or is
  /// known from an older version in part.
  private static func variants(
    of groups: [[RunRecord]], in store: RunStore, _ name: SweepName
  ) throws -> [[String]]? {
    let known = try store.variants(of: name)
    let found = groups.map { group in group.lazy.compactMap { known[$0.id] }.first ?? [] }
    return found.allSatisfy { !$0.isEmpty } ? found : nil
  }

  /// Whether a setting is what variants set: all runs of each variant have one value of it.
  private static func follows(
    _ axis: SettingPath, from variants: [[String]]?, _ groups: [[RunRecord]]
  ) -> Bool {
    guard let variants else { return false }
    var values: [String: ParameterValue?] = [:]
    for (names, group) in zip(variants, groups) {
      for name in names {
        let value = group[0].value(at: axis)
        if let known = values[name], known != value { return false }
        values[name] = .some(value)
      }
    }
    return true
  }

  private static func distinct(_ configurations: [Configuration]) -> [Configuration] {
    var seen: Set<String> = []
    return configurations.filter { seen.insert($0.key).inserted }
  }

  /// What tells configurations apart that no setting does, such as those of other bytes of one data
  /// file: the beginning of their hash, as `labbook runs --by config` lists it.
  fileprivate static let configurationAxis = "configuration"

  private static func isEmpty(
    _ name: SweepName, in store: RunStore, former: Int, isFiltered: Bool
  ) -> LabbookError {
    let runs = former == 1 ? "1 former run" : "\(former) former runs"
    let hint = former == 0 ? "" : "--former takes the \(runs) that its file no longer asks for"
    guard isFiltered else {
      return .input("the sweep '\(name.sweep)' has no runs in \(store.path)", hint: hint)
    }
    return .input(
      "no run of the sweep '\(name.sweep)' fits --where",
      hint: hint.isEmpty ? "`labbook runs --sweep '\(name.sweep)'` lists them" : hint)
  }

  /// What a text means as a key of the sweep's runs, or as several with commas between.
  ///
  /// - Throws: `LabbookError` where it means the seed, or no run has it.
  public func key(_ text: String) throws(LabbookError) -> SweepKey {
    let whole = Self.setting(text)
    let parts = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    // A comma may belong to a model's name.
    guard parts.count > 1, !points.contains(where: { $0.value(whole) != nil }) else {
      return try singleKey(text)
    }
    return SweepKey(all: try parts.map { (part) throws(LabbookError) in try singleKey(part) })
  }

  private static func setting(_ text: String) -> SweepKey {
    if text == "variant" { return .variant }
    return .setting(SettingPath(bare: text) ?? .absolute([text]), written: text)
  }

  private func singleKey(_ text: String) throws(LabbookError) -> SweepKey {
    let key = Self.setting(text)
    guard !key.isSeed else {
      throw LabbookError.input(
        "figures do not tell seeds apart: they show the mean over them",
        hint: "`labbook runs` lists every seed, `labbook show RUN` draws one run's curves")
    }
    if points.contains(where: { $0.value(key) != nil }) || key.isFold && hasFolds { return key }
    if key == .variant {
      throw LabbookError.input("the sweep '\(name)' has no variants in the store")
    }
    let near = nearestName(to: text, among: Set(runs.paths.map(shortPath)).sorted())
    throw LabbookError.input(
      "no run of the sweep '\(name)' has '\(text)'"
        + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }
}

extension SweepView.Point {
  /// The combinations of stored runs that differ in their seeds alone: one, or one a variant that they are.
  ///
  /// - Parameters:
  ///   - axes: what differs between the sweep's runs.
  ///   - isTold: whether that tells every configuration apart.
  ///   - load: the whole configuration of one of them.
  fileprivate static func all(
    _ runs: [RunRecord], _ variants: [String]?, _ axes: [SettingPath], isTold: Bool,
    load: @escaping @Sendable (RunRecord) throws -> RunConfiguration
  ) -> [SweepView.Point] {
    let seeds = runs.sorted { ($0.seed, $0.fold ?? 0) < ($1.seed, $1.fold ?? 0) }
    let first = seeds[0]
    var values = axes.map { axis in
      first.value(at: axis).map {
        SweepView.AxisValue(axis: axis.storedName, value: $0, display: $0.display)
      }
    }
    if !isTold {
      let hash = String(first.configuration.prefix(8))
      values.append(
        SweepView.AxisValue(
          axis: SweepView.configurationAxis, value: .text(hash), display: hash))
    }
    let words =
      (variants?.prefix(1) ?? [])
      + values.compactMap { $0.map { "\($0.axis)=\($0.display)" } }
    let model = first.modelName
    let configuration = SweepView.Configuration(
      key: first.configuration,
      label: words.isEmpty ? model : words.joined(separator: ", "), modelName: model,
      members: seeds.map {
        SweepView.Member(key: $0.key, seed: $0.seed, fold: $0.fold, record: $0)
      },
      value: first.value(at:), load: { try load(first) })
    return (variants.map { $0.map { $0 } } ?? [nil]).map { variant in
      SweepView.Point(
        configuration: configuration, variant: variant, values: values,
        members: configuration.members)
    }
  }
}

extension RunRecord {
  /// The name of the run's model, the description of one written in place, or a program's command.
  public var modelName: String {
    (parameters["train.model"] ?? parameters["train.command"])?.display ?? ""
  }

  /// The path under which the values of the run's own model stand; `nil` for a program's.
  public var modelPath: String? {
    if isProgram { return nil }
    // A network that was written in place stands at the key itself.
    return parameters.hasModelInPlace ? "train.model" : "models." + modelName
  }

  /// What it has at a path of a sweep or a cell.
  package func value(at path: SettingPath) -> ParameterValue? {
    path.key(modelPath: modelPath).flatMap { key in
      parameters[key] ?? ParameterValue.item(at: key) { parameters[$0] }
    }
  }
}

extension SettingPath {
  /// What a path of `run_params` means for every run of a sweep: a setting of an `mlp` is that of each
  /// run's own network, as a bare name in a file.
  fileprivate init(stored path: String) {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isOfMLP =
      parts.count == 4 && (parts[0] == "models" || path.hasPrefix("train.model."))
      && parts[2] == MultilayerPerceptron.choice.name && Self.modelKeys.contains(parts[3])
    self = isOfMLP ? .ownModel(Array(parts[2...])) : .absolute(parts)
  }

  /// What people call it.
  package var storedName: String {
    switch self {
    case .absolute(let parts): shortPath(parts.joined(separator: "."))
    case .ownModel(let parts): parts.last ?? ""
    }
  }
}

extension [RunRecord] {
  /// By what they are judged: a run that is logged through MLflow says it at its end at the earliest.
  fileprivate var objective: Objective? {
    lazy.map(\.objective).first { !$0.metric.name.isEmpty }
  }

  /// What differs between runs: of settings that follow from another one, such as those of a model
  /// that only some runs use, nothing is said.
  package var axes: [SettingPath] {
    var axes: [SettingPath] = []
    for path in differingPaths {
      let axis = SettingPath(stored: path)
      if !axes.contains(axis) { axes.append(axis) }
    }
    return axes
  }
}
