import Datasets
public import FileLanguage
import NeuralNet
public import Runs
import Tracking

/// Decodes combinations of one file's sweeps; remembers what they have in common, so that thousands
/// of them cost little more than what differs.
public final class ConfigurationReader {
  let tree: FileTree
  private let overrides: [SweepSpec.Substitution]
  let library: DataLibrary
  let names: CombinationNames
  private let weights = InitialWeights()
  private let programFiles: ProgramFiles
  /// The places of substitutions that some combination had the key for.
  private(set) var used: Set<Mark> = []

  let decoded: DecodedCombinations
  /// Whether combinations that were read before are taken; otherwise they are kept for who plans.
  private let isPlanning: Bool

  private var shapes: [DataConfiguration: DataShape] = [:]
  private var data: [SpecNode: Cached<DataEntry>] = [:]
  private var networks: [SpecNode: Cached<NetworkEntry>] = [:]
  private var parts: [String: [SpecNode?: Cached<TrainPart>]] = [:]
  /// What the file itself says at each key of `train`.
  private var own: [String: Cached<TrainPart>] = [:]

  /// Something read once, with what was wrong in it.
  private struct Cached<Value> {
    private let value: Value?
    private let diagnostics: [Diagnostic]

    init(_ read: (SpecProblems) -> Value?) {
      let problems = SpecProblems()
      value = read(problems)
      diagnostics = problems.list
    }

    /// The value; what was wrong is reported.
    func told(to problems: SpecProblems) -> Value? {
      problems.report(diagnostics)
      return value
    }
  }

  /// Makes a reader of a merged file.
  ///
  /// - Parameters:
  ///   - library: where sizes of the data come from.
  ///   - decoded: what was read of it to check it; `nil` for who checks.
  init(_ spec: ExperimentSpec, library: DataLibrary, decoded: DecodedCombinations? = nil) {
    self.decoded = decoded ?? DecodedCombinations()
    isPlanning = decoded != nil
    tree = FileTree(spec.root)
    overrides = spec.overrides
    names = CombinationNames(tree)
    self.library = library
    programFiles = ProgramFiles(folder: tree.root.mark.source.folder)
  }

  /// What a combination stands for, or everything that is wrong with it.
  ///
  /// What `--set` says and its substitutions apply with the shorter paths first; one whose key the
  /// combination does not have is left out. A combination that the checks found to be right is not
  /// read a second time to plan it.
  ///
  /// - Parameter condition: the sweep's `where`.
  /// - Returns: `nil` where `condition` does not hold.
  public func configuration(
    for combination: Combination, where condition: Formula? = nil
  ) -> Result<RunConfiguration?, Diagnostics> {
    configuration(for: combination, where: condition, at: tree.root.mark)
  }

  /// The same; an error of evaluating the condition stands at `mark`.
  func configuration(
    for combination: Combination, where condition: Formula?, at mark: Mark
  ) -> Result<RunConfiguration?, Diagnostics> {
    let asked = DecodedCombinations.Asked(combination: combination, condition: condition?.source)
    if isPlanning, let known = decoded.take(asked) { return .success(known) }
    let problems = SpecProblems()
    let found = configuration(for: combination, where: condition, at: mark, problems)
    guard problems.list.isEmpty else { return .failure(Diagnostics(problems.list)) }
    if !isPlanning { decoded.keep(found, for: asked) }
    return .success(found)
  }

  private func configuration(
    for combination: Combination, where condition: Formula?, at mark: Mark,
    _ problems: SpecProblems
  ) -> RunConfiguration? {
    let (edits, modelEdits) = edits(combination)
    if edits.isProgram {
      return program(edits, combination, where: condition, at: mark, problems)
    }
    guard let draft = draft(edits, modelEdits, combination, problems) else { return nil }
    // Values that are wrong by themselves are told with those that do not go together.
    if problems.list.isEmpty, let condition {
      let isKept = holds(
        condition, mark, problems, variant: draft.variant
      ) { draft.value(at: $0) }
      guard isKept else { return nil }
    }
    return RunCheck(draft, tree, library, weights, problems).configuration()
  }

  /// Whether a `where` keeps a combination; where it cannot be said, that is reported.
  private func holds(
    _ condition: Formula, _ mark: Mark, _ problems: SpecProblems, variant: String?,
    at value: (SettingPath) -> ParameterValue?
  ) -> Bool {
    withoutActuallyEscaping(value) { value in
      let names = FormulaLookup(names: CombinationNames.known + tree.parameters) { [names] name in
        names.value(of: name, variant: variant, at: value)
      }
      do throws(FormulaError) { return try condition.holds(in: names) } catch {
        problems.report(error, in: condition.source, at: mark)
        return false
      }
    }
  }

  /// The configuration of a combination that an outside program trains.
  private func program(
    _ edits: Edits, _ combination: Combination, where condition: Formula?, at mark: Mark,
    _ problems: SpecProblems
  ) -> RunConfiguration? {
    let reader = ProgramReader(
      problems: problems, train: edits.train, folder: tree.root.mark.source.folder)
    guard let program = reader.program(programFiles) else { return nil }
    let configuration = ProgramCheck(tree: tree, problems: problems).configuration(
      program, at: edits.train["command"]?.mark ?? mark)
    guard let configuration else { return nil }
    if let condition {
      let isKept = holds(condition, mark, problems, variant: combination.variant) {
        configuration.value(at: $0)
      }
      guard isKept else { return nil }
    }
    return configuration
  }

  /// The sizes of a configuration's data.
  func shape(of configuration: RunConfiguration) -> DataShape? {
    guard let data = configuration.network?.data else { return nil }
    if let known = shapes[data] { return known }
    let shape = try? library.shape(of: data)
    shapes[data] = shape
    return shape
  }

  // MARK: Drafts

  /// Reads a combination's values, each by itself.
  ///
  /// - Returns: the draft where data, network and loss could be read; what is wrong is reported.
  private func draft(
    _ edits: Edits, _ modelEdits: [SweepSpec.Substitution], _ combination: Combination,
    _ problems: SpecProblems
  ) -> RunDraft? {
    let data = entry(data: edits.data, problems)
    let train = train(edits, problems)
    let model = model(edits, modelEdits, problems)
    guard let data, let model, edits.train["loss"] == nil || train["loss"] != nil else {
      return nil
    }
    return RunDraft(
      data: data, modelName: model.name, modelPath: model.path, network: model.entry,
      train: train, variant: combination.variant)
  }

  /// The file's nodes with what a combination changes, but for its network.
  private func edits(_ combination: Combination) -> (Edits, models: [SweepSpec.Substitution]) {
    let substitutions = overrides + combination.substitutions
    var edits = Edits(tree, isProgram: isProgram(substitutions))
    let longest = substitutions.map(\.path.depth).max() ?? 0
    var modelEdits: [SweepSpec.Substitution] = []
    for depth in stride(from: 0, through: longest, by: 1) {
      for substitution in substitutions where substitution.path.depth == depth {
        if substitution.path.isModel, !edits.isProgram {
          modelEdits.append(substitution)
        } else if edits.apply(substitution) {
          used.insert(substitution.keyMark)
        }
      }
    }
    return (edits, modelEdits)
  }

  /// Whether an outside program trains a combination.
  private func isProgram(_ substitutions: [SweepSpec.Substitution]) -> Bool {
    substitutions.last { $0.path == .absolute(["train", "command"]) }
      .map { !$0.value.isNone } ?? tree.isProgram
  }

  private func entry(data node: SpecNode?, _ problems: SpecProblems) -> DataEntry? {
    guard let node else { return nil }
    let cached =
      data[node] ?? Cached { DataReader(problems: $0).data(node).map(DataEntry.init) }
    data[node] = cached
    return cached.told(to: problems)
  }

  private func train(_ edits: Edits, _ problems: SpecProblems) -> [String: TrainPart] {
    var result: [String: TrainPart] = [:]
    for key in TrainKeys.all where key.name != "model" {
      let node = edits.train[key.name] ?? nil
      if node == nil, key.name == "epochs", edits.train["steps"] != nil { continue }
      let part = edits.changed.contains(key.name) ? part(key, node) : ownPart(key)
      result[key.name] = part.told(to: problems)
    }
    return result
  }

  private func ownPart(_ key: Key) -> Cached<TrainPart> {
    if let known = own[key.name] { return known }
    let cached = part(key, tree.train[key.name])
    own[key.name] = cached
    return cached
  }

  private func part(_ key: Key, _ node: SpecNode?) -> Cached<TrainPart> {
    if let known = parts[key.name]?[node] { return known }
    let cached = Cached { TrainReader(problems: $0).part(key, node) }
    parts[key.name, default: [:]][node] = cached
    return cached
  }

  // MARK: The model

  private func model(
    _ edits: Edits, _ substitutions: [SweepSpec.Substitution], _ problems: SpecProblems
  ) -> (name: String, path: String, entry: NetworkEntry)? {
    guard let choice = tree.model(edits.train["model"] ?? nil, problems) else { return nil }
    var node = choice.node
    for substitution in substitutions {
      guard let rest = substitution.path.withinModel(choice.name, isInline: choice.isInline),
        let changed = Substituting.network(substitution.value, at: rest, over: node)
      else { continue }
      node = changed
      used.insert(substitution.keyMark)
    }
    guard let entry = entry(network: node, choice.title, problems) else { return nil }
    let name = choice.isInline ? entry.draft.description : choice.name
    return (name, choice.path, entry)
  }

  private func entry(
    network node: SpecNode, _ title: String, _ problems: SpecProblems
  ) -> NetworkEntry? {
    let cached =
      networks[node]
      ?? Cached { NetworkReader(problems: $0).network(node, of: title).map(NetworkEntry.init) }
    networks[node] = cached
    return cached.told(to: problems)
  }

  /// Checks a model that no run uses, on the file's own data and loss.
  ///
  /// - Parameter fits: whether it is also checked that layers fit, not only their values.
  func checkUnused(_ name: String, _ node: SpecNode, fits: Bool, _ problems: SpecProblems) {
    let edits = Edits(tree)
    let title = name == FileTree.single ? "model" : "model '\(name)'"
    guard let entry = self.entry(network: node, title, problems), fits,
      let data = self.entry(data: edits.data, problems)
    else { return }
    // What is wrong with the loss is told by the runs.
    let quiet = SpecProblems()
    let loss = TrainKeys.key("loss").flatMap {
      part($0, edits.train["loss"]).told(to: SpecProblems())
    }
    let check = TargetCheck(data, loss, library, quiet)
    guard let target = check.target, quiet.list.isEmpty else { return }
    let fit = NetworkFit.Conditions(
      path: "models.\(name)", features: check.features, target: target.kind, loss: check.loss)
    problems.report(entry.built(fit).diagnostics)
  }
}
