public import Datasets
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
  /// The places of substitutions that some combination had the key for.
  private(set) var used: Set<Mark> = []

  private var shapes: [DataConfiguration: DataShape] = [:]
  private var data: [SpecNode: Cached<DataEntry>] = [:]
  private var networks: [SpecNode: Cached<NetworkEntry>] = [:]
  private var parts: [String: [SpecNode?: Cached<TrainPart>]] = [:]

  /// Something read once, with what was wrong in it.
  private struct Cached<Value> {
    let value: Value?
    let diagnostics: [Diagnostic]
  }

  /// Makes a reader of a merged file.
  ///
  /// - Parameter library: where sizes of the data come from.
  public init(_ spec: ExperimentSpec, library: DataLibrary) {
    tree = FileTree(spec.root)
    overrides = spec.overrides
    names = CombinationNames(tree)
    self.library = library
  }

  /// What a combination stands for, or everything that is wrong with it.
  ///
  /// What `--set` says and its substitutions apply with the shorter paths first; one whose key the combination does not
  /// have is left out.
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
    do throws(Diagnostics) {
      let (found, wrong) = draft(combination)
      guard let draft = found, wrong.isEmpty else {
        throw Diagnostics(wrong + (found.map(misfits) ?? []))
      }
      if let condition, try !holds(condition, draft, mark) { return .success(nil) }
      return .success(try RunCheck(draft, tree, library, weights).configuration())
    } catch {
      return .failure(error)
    }
  }

  /// Whether a `where` keeps a combination.
  private func holds(
    _ condition: Formula, _ draft: RunDraft, _ mark: Mark
  ) throws(Diagnostics) -> Bool {
    let names = FormulaLookup(names: CombinationNames.known) { [names] name in
      names.value(of: name, in: draft)
    }
    do throws(FormulaError) { return try condition.holds(in: names) } catch {
      throw Diagnostics([error.diagnostic(in: condition.source, at: mark)])
    }
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

  /// What does not go together among the values of a run that are right by themselves.
  private func misfits(_ draft: RunDraft) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try RunCheck(draft, tree, library, weights).configuration()
      return []
    } catch { return error.list }
  }

  /// Reads a combination's values, each by itself.
  ///
  /// - Returns: the draft where data, network and loss could be read, and what is wrong.
  private func draft(_ combination: Combination) -> (RunDraft?, [Diagnostic]) {
    var edits = Edits(tree)
    let substitutions = overrides + combination.substitutions
    let longest = substitutions.map(\.path.depth).max() ?? 0
    var modelEdits: [SweepSpec.Substitution] = []
    for depth in stride(from: 0, through: longest, by: 1) {
      for substitution in substitutions where substitution.path.depth == depth {
        if substitution.path.isModel {
          modelEdits.append(substitution)
        } else if edits.apply(substitution) {
          used.insert(substitution.keyMark)
        }
      }
    }
    var problems: [Diagnostic] = []
    let data = entry(data: edits.data, &problems)
    let train = train(edits, &problems)
    let model = model(edits, modelEdits, &problems)
    guard let data, let model, edits.train["loss"] == nil || train["loss"] != nil else {
      return (nil, problems)
    }
    let draft = RunDraft(
      data: data, modelName: model.name, modelPath: model.path, network: model.entry,
      train: train, variant: combination.variant)
    return (draft, problems)
  }

  private func entry(data node: SpecNode?, _ problems: inout [Diagnostic]) -> DataEntry? {
    guard let node else { return nil }
    if let known = data[node] {
      problems += known.diagnostics
      return known.value
    }
    let found = SpecProblems()
    let entry = DataReader(problems: found).data(node).map(DataEntry.init)
    data[node] = Cached(value: entry, diagnostics: found.list)
    problems += found.list
    return entry
  }

  private func train(_ edits: Edits, _ problems: inout [Diagnostic]) -> [String: TrainPart] {
    var result: [String: TrainPart] = [:]
    for key in TrainKeys.all where key.name != "model" {
      let node = edits.train[key.name] ?? nil
      if node == nil, key.name == "epochs", edits.train["steps"] != nil { continue }
      let cached = part(key, node)
      problems += cached.diagnostics
      result[key.name] = cached.value
    }
    return result
  }

  private func part(_ key: Key, _ node: SpecNode?) -> Cached<TrainPart> {
    if let known = parts[key.name]?[node] { return known }
    let found = SpecProblems()
    let part = TrainReader(problems: found).part(key, node)
    let cached = Cached(value: part, diagnostics: found.list)
    parts[key.name, default: [:]][node] = cached
    return cached
  }

  // MARK: The model

  private func model(
    _ edits: Edits, _ substitutions: [SweepSpec.Substitution], _ problems: inout [Diagnostic]
  ) -> (name: String, path: String, entry: NetworkEntry)? {
    guard let choice = tree.model(edits.train["model"] ?? nil, &problems) else { return nil }
    var node = choice.node
    for substitution in substitutions {
      guard let rest = substitution.path.withinModel(choice.name, isInline: choice.isInline),
        let changed = Substituting.network(substitution.value, at: rest, over: node)
      else { continue }
      node = changed
      used.insert(substitution.keyMark)
    }
    guard let entry = entry(network: node, choice.title, &problems) else { return nil }
    let name = choice.isInline ? entry.draft.description : choice.name
    return (name, choice.path, entry)
  }

  private func entry(
    network node: SpecNode, _ title: String, _ problems: inout [Diagnostic]
  ) -> NetworkEntry? {
    if let known = networks[node] {
      problems += known.diagnostics
      return known.value
    }
    let found = SpecProblems()
    let entry = NetworkReader(problems: found).network(node, of: title).map(NetworkEntry.init)
    networks[node] = Cached(value: entry, diagnostics: found.list)
    problems += found.list
    return entry
  }

  /// A model that no run uses, on the file's own data and loss.
  ///
  /// - Parameter fits: whether it is also checked that layers fit, not only their values.
  func unusedModel(_ name: String, _ node: SpecNode, fits: Bool) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let edits = Edits(tree)
    let title = name == FileTree.single ? "model" : "model '\(name)'"
    guard let entry = self.entry(network: node, title, &problems), fits,
      let data = self.entry(data: edits.data, &problems)
    else { return problems }
    let loss = part(TrainKeys.all.first { $0.name == "loss" }, edits)
    let check = TargetCheck(data, loss?.value, library)
    guard let target = check.target, check.diagnostics.isEmpty else { return [] }
    let fit = NetworkEntry.Fit(
      path: "models.\(name)", features: check.features, target: target.kind, loss: check.loss)
    return entry.built(fit).diagnostics
  }

  private func part(_ key: Key?, _ edits: Edits) -> Cached<TrainPart>? {
    key.map { part($0, edits.train[$0.name] ?? nil) }
  }
}

/// A file's nodes with some of them changed.
struct Edits {
  var data: SpecNode?
  var train: [String: SpecNode]

  init(_ tree: FileTree) {
    data = tree.data
    train = tree.train
  }

  /// Writes one value; `false` where there is no such key here.
  mutating func apply(_ substitution: SweepSpec.Substitution) -> Bool {
    guard case .absolute(let parts) = substitution.path else { return false }
    let rest = Array(parts.dropFirst(parts[0] == "data" ? 1 : 2))
    if parts[0] == "data" {
      guard let data, let changed = Substituting.data(substitution.value, at: rest, over: data)
      else { return false }
      self.data = changed
      return true
    }
    guard let key = TrainKeys.key(parts[1]),
      let changed = Substituting.train(key, substitution.value, at: rest, over: train[parts[1]])
    else { return false }
    for rival in ChoiceRule.rivals(of: parts[1], at: ["train"]) { train[rival] = nil }
    train[parts[1]] = changed
    return true
  }
}
