public import Datasets
package import NeuralNet
public import Tracking

extension RunConfiguration {
  /// The configuration of a network's run that a flat list of values stands for, as `run_params` has
  /// it: the way back for runs that were stored without their configuration.
  ///
  /// - Parameters:
  ///   - parameters: every value by its path.
  ///   - objective: what judges its epochs.
  ///   - locate: where the file of a path lies.
  ///   - shape: the sizes of data; asked for where an `mlp` ends as wide as its loss needs.
  /// - Throws: `LabbookError` where the values do not make a run; what `shape` throws.
  public init(
    parameters: [Hyperparameter], objective: Objective,
    locate: (String) -> String = { $0 },
    shape: (DataConfiguration) throws -> DataShape
  ) throws {
    let tree = SettingTree(parameters)
    let train = try StoredTraining(tree["train"]).configuration()
    let data = try Self.data(tree["data"], train.loss)
    guard let name = tree["train", "model"].text else {
      throw LabbookError.failure("the stored run has no model")
    }
    // A network written in place has its values below the key itself.
    let isInline = !tree["train", "model"].children.isEmpty
    let model = isInline ? tree["train", "model"] : tree["models", name]
    var network = NetworkRun(
      data: data, modelName: name, modelPath: isInline ? "train.model" : "models.\(name)",
      layers: [], train: train)
    network.relocate(locate)
    network.layers = try StoredNetwork(model).layers(of: network, shape: shape)
    self.init(network, objective: objective, hyperparameters: parameters)
  }

  private static func data(
    _ tree: SettingTree, _ loss: Chosen?
  ) throws(LabbookError) -> DataConfiguration {
    guard let source = tree["source"].text else {
      throw .failure("the stored run has no data source")
    }
    var values = tree.values
    for key in ["normalize", "target_transform"] where values[key] == .off {
      values[key] = .text("none")
    }
    let common = Choice("data", settings: DataConfiguration.commonSettings, "")
    let split = Choice("split", settings: DataConfiguration.splitSettings, "")
    var data = DataConfiguration(
      source: try Chosen(source, values).typed(by: Sources.all, of: "source"),
      common: try Chosen("data", values).typed(by: [common], of: "section").values,
      split: try Chosen("split", tree["split"].values).typed(by: [split], of: "section").values,
      lossTask: loss.flatMap(DataConfiguration.Task.init(askedBy:)))
    data.fold = tree["fold"].integer
    return data
  }
}

extension DataConfiguration.Task {
  /// The kind of target that a loss asks for; `nil` where it takes either.
  public init?(askedBy loss: Chosen) {
    if Losses.outputs(loss, for: .values(1)) == nil {
      self = .classification
    } else if Losses.outputs(loss, for: .classes(2)) == nil {
      self = .regression
    } else {
      return nil
    }
  }
}

/// Everything under `train` but the model.
private struct StoredTraining {
  private let tree: SettingTree

  init(_ tree: SettingTree) { self.tree = tree }

  func configuration() throws(LabbookError) -> TrainConfiguration {
    guard let duration, let seed = tree["seed"].integer else {
      throw .failure("the stored run does not say how long it trains, or with which seed")
    }
    let hasLoss = tree["loss"].text != nil
    return TrainConfiguration(
      loss: hasLoss ? try choice("loss", Losses.all) : nil,
      optimizer: try choice("optimizer", Optimizers.all), learningRate: number("lr"),
      weightDecay: number("weight_decay"), l1: number("l1"),
      clipNorm: tree["clip_norm"].value?.asNumber,
      schedule: try choice("schedule", Schedules.all),
      batchSize: tree["batch_size"].integer.map(TrainConfiguration.BatchSize.rows) ?? .full,
      duration: duration, shuffle: shuffle, initializer: try choice("init", Initializers.all),
      earlyStopping: tree["early_stopping", "patience"].integer
        .map(TrainConfiguration.EarlyStopping.init),
      log: TrainConfiguration.Log(
        everyUpdates: tree["log", "every"].integer,
        layers: tree["log", "layers"].value == .flag(true),
        gradNorm: tree["log", "grad_norm"].value == .flag(true),
        metrics: metrics),
      seed: seed)
  }

  private var metrics: [TrainConfiguration.ClassMetric] {
    switch tree["log", "metrics"].value {
    case .list(let names): names.compactMap { .init(rawValue: $0.display) }
    case .text(let name): [name].compactMap { .init(rawValue: $0) }
    default: []
    }
  }

  private func choice(_ key: String, _ all: [Choice]) throws(LabbookError) -> Chosen {
    guard let name = tree[key].text else { throw .failure("the stored run has no '\(key)'") }
    return try Chosen(name, tree[key].values).typed(by: all, of: key)
  }

  private func number(_ key: String) -> Double { tree[key].value?.asNumber ?? 0 }

  private var duration: TrainConfiguration.Duration? {
    tree["steps"].integer.map(TrainConfiguration.Duration.steps)
      ?? tree["epochs"].integer.map(TrainConfiguration.Duration.epochs)
  }

  private var shuffle: TrainConfiguration.Shuffle {
    switch tree["shuffle"].value {
    case .flag(let isShuffled): isShuffled ? .everyEpoch : .never
    default: .once
    }
  }
}

/// A network: an `mlp`, or layers by number.
private struct StoredNetwork {
  private let tree: SettingTree

  init(_ tree: SettingTree) { self.tree = tree }

  func layers(
    of run: NetworkRun, shape: (DataConfiguration) throws -> DataShape
  ) throws -> [LayerSpec] {
    let perceptron = MultilayerPerceptron.choice.name
    guard tree[perceptron].children.isEmpty else {
      let chosen = try Chosen(perceptron, tree[perceptron].values)
        .typed(by: [MultilayerPerceptron.choice], of: "network")
      let sizes = try shape(run.data)
      let outputs = run.train.loss.flatMap { loss in
        sizes.targetKind.flatMap { Losses.outputs(loss, for: $0) }
      }
      return MultilayerPerceptron.layers(chosen, outputs: outputs ?? sizes.features)
    }
    guard !tree.items.isEmpty else {
      throw LabbookError.failure("the stored run has no layers of its model '\(run.modelName)'")
    }
    return try tree.items.map { try Self.layer($0) }
  }

  private static func layer(_ tree: SettingTree) throws(LabbookError) -> LayerSpec {
    let named = Layers.all.first { $0.main != nil && tree.children[$0.name] != nil }
    guard let choice = named ?? Layers.all.first(where: { $0.name == tree.text }) else {
      throw .failure("the stored run has a layer of no kind that is known")
    }
    var values = tree.values
    if let main = choice.main { values[main] = values.removeValue(forKey: choice.name) }
    var inner: [LayerSpec] = []
    for item in tree[choice.name].items { inner.append(try layer(item)) }
    return LayerSpec(
      try Chosen(choice.name, values).typed(by: Layers.all, of: "layer"), name: tree["name"].text,
      inputs: inputs(tree["from"].value), share: tree["share"].text, layers: inner)
  }

  private static func inputs(_ value: ParameterValue?) -> [String]? {
    switch value {
    case .text(let name): [name]
    case .list(let names): names.map(\.display)
    default: nil
    }
  }
}

extension DataShape {
  /// What there is to be learned, as a loss asks for it; `nil` for nothing.
  package var targetKind: TargetKind? {
    classes.map(TargetKind.classes) ?? values.map(TargetKind.values)
  }
}
