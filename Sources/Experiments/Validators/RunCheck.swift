import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// Checks whether the values of one combination go together, rule by rule, and makes its
/// configuration.
struct RunCheck {
  let draft: RunDraft
  let tree: FileTree
  let target: TargetCheck
  let weights: InitialWeights
  private let library: DataLibrary
  private let problems: SpecProblems
  /// How much was wrong before.
  private let before: Int

  init(
    _ draft: RunDraft, _ tree: FileTree, _ library: DataLibrary, _ weights: InitialWeights,
    _ problems: SpecProblems
  ) {
    self.weights = weights
    self.library = library
    self.draft = draft
    self.tree = tree
    self.problems = problems
    before = problems.list.count
    target = TargetCheck(draft.data, draft.train["loss"], library, problems)
  }

  private var isRight: Bool { problems.list.count == before }

  /// The configuration; `nil` where rules are broken, each of which is reported.
  func configuration() -> RunConfiguration? {
    guard let shape = target.outline.shape, isRight else { return nil }
    let fit = NetworkFit.Conditions(
      path: draft.modelPath, features: target.features, target: target.target?.kind,
      loss: target.loss)
    let built = draft.network.built(fit)
    problems.report(built.diagnostics)
    guard let train = trainConfiguration() else { return nil }
    let objective = objective(shape)
    let network = NetworkRun(
      data: target.outline.configuration, modelName: draft.modelName,
      modelPath: draft.modelPath, layers: built.layers, train: train)
    var configuration = RunConfiguration(
      network, objective: objective, values: hyperparameters(built))
    configuration.directions = MetricDirections.written(in: tree)
    OptimizerSettings.check(draft, problems)
    LossSettings.check(draft, target.target?.kind, problems)
    LossSettings.checkBalance(draft, network, library, problems)
    ClassMetrics.check(draft, train.log.metrics, shape, problems)
    if let graph = built.graph {
      weights.check(draft, graph, problems)
      BatchHasRows.check(draft, graph, train, shape, problems)
    }
    TargetlessRun.check(draft, shape, problems)
    ObjectiveIsMeasured.check(configuration, shape, tree, problems)
    return isRight ? configuration : nil
  }

  private func hyperparameters(_ built: NetworkFit.Built) -> Hyperparameters {
    var parts: [[Hyperparameter]] = []
    parts.reserveCapacity(draft.train.count + 4)
    parts.append(target.outline.hyperparameters)
    parts.append(built.hyperparameters)
    parts.append(draft.network.name(draft.modelName))
    for key in TrainKeys.all {
      if let part = draft.train[key.name] { parts.append(part.hyperparameters) }
    }
    if draft.train["loss"] == nil { parts.append(target.outline.ownLoss.hyperparameters) }
    return Hyperparameters(parts: parts)
  }

  /// The objective of the file, or the least loss on the best part there is.
  private func objective(_ shape: DataShape) -> Objective {
    if let written = Objective.written(in: tree) { return written }
    return Objective(shape.valRows > 0 ? .valLoss : .trainLoss, .minimize)
  }

  private func trainConfiguration() -> TrainConfiguration? {
    guard let optimizer = draft.train["optimizer"]?.chosen,
      let schedule = draft.train["schedule"]?.chosen, let initializer = draft.train["init"]?.chosen,
      let duration, case .integer(let seed) = draft.value("seed")
    else { return nil }
    return TrainConfiguration(
      loss: target.loss, optimizer: optimizer, learningRate: number("lr"),
      weightDecay: number("weight_decay"), l1: number("l1"),
      clipNorm: draft.value("clip_norm").asNumber, schedule: schedule, batchSize: batchSize,
      duration: duration, shuffle: shuffle, initializer: initializer,
      earlyStopping: earlyStopping, log: log, seed: seed)
  }

  private func number(_ key: String) -> Double { draft.value(key).asNumber ?? 0 }

  private var duration: TrainConfiguration.Duration? {
    if case .integer(let steps) = draft.value("steps") { return .steps(steps) }
    if case .integer(let epochs) = draft.value("epochs") { return .epochs(epochs) }
    return nil
  }

  private var batchSize: TrainConfiguration.BatchSize {
    if case .integer(let rows) = draft.value("batch_size") { return .rows(rows) }
    return .full
  }

  private var shuffle: TrainConfiguration.Shuffle {
    switch draft.value("shuffle") {
    case .flag(let isShuffled): isShuffled ? .everyEpoch : .never
    default: .once
    }
  }

  private var earlyStopping: TrainConfiguration.EarlyStopping? {
    guard case .integer(let patience) = draft.train["early_stopping"]?.values["patience"] else {
      return nil
    }
    return TrainConfiguration.EarlyStopping(patience: patience)
  }

  private var log: TrainConfiguration.Log {
    let values = draft.train["log"]?.values ?? [:]
    var result = TrainConfiguration.Log()
    if case .integer(let updates) = values["every"] { result.everyUpdates = updates }
    if case .flag(let layers) = values["layers"] { result.layers = layers }
    if case .flag(let gradNorm) = values["grad_norm"] { result.gradNorm = gradNorm }
    let asked: [String]
    switch values["metrics"] {
    case .list(let names): asked = names.map(\.display)
    case .text(let name): asked = [name]
    default: asked = []
    }
    result.metrics = TrainConfiguration.ClassMetric.allCases.filter { asked.contains($0.rawValue) }
    return result
  }
}
