import Datasets
import NeuralNet
import Tracking

extension RunKey {
  /// The data without paths, with the fingerprint of what lies at them.
  static func data(_ data: DataConfiguration, _ files: FileFingerprints) -> CanonicalJSON {
    var parts: [String: CanonicalJSON] = [
      "source": choice(data.source, known: Sources.all), "seed": .integer(data.seed),
    ]
    if !files.data.isEmpty { parts["fingerprint"] = .text(files.data) }
    parts["version"] = files.dataVersion.map(CanonicalJSON.integer)
    if data.scale != .all(1) { parts["scale"] = perColumn(data.scale) }
    if data.shift != .all(0) { parts["shift"] = perColumn(data.shift) }
    if data.labelNoise != 0 { parts["label_noise"] = .value(.number(data.labelNoise)) }
    if let take = data.take { parts["take"] = .integer(take) }
    if data.normalize != .none { parts["normalize"] = .text(data.normalize.rawValue) }
    if data.targetTransform != .none {
      parts["target_transform"] = .text(data.targetTransform.rawValue)
    }
    var split: [String: CanonicalJSON] = [:]
    split["val"] = data.split.val.map(partSize)
    split["test"] = data.split.test.map(partSize)
    if data.split.isOrdered { split["order"] = .value(.flag(true)) }
    split["groups"] = data.split.groups.map(CanonicalJSON.text)
    if !data.split.isStratified { split["stratify"] = .value(.flag(false)) }
    split["folds"] = data.split.folds.map(CanonicalJSON.integer)
    parts["fold"] = data.fold.map(CanonicalJSON.integer)
    if !split.isEmpty { parts["split"] = .object(split) }
    return .object(parts)
  }

  private static func perColumn(_ value: DataConfiguration.PerColumn) -> CanonicalJSON {
    switch value {
    case .all(let value): .value(.number(value))
    case .columns(let values): .value(.list(values.map(ParameterValue.number)))
    }
  }

  /// A share is below 1 and a number of rows at least 1, so that one number says which it is.
  private static func partSize(_ size: DataConfiguration.PartSize) -> CanonicalJSON {
    switch size {
    case .share(let share): .value(.number(share))
    case .rows(let rows): .integer(rows)
    }
  }

  /// A layer as the graph gets it.
  static func layer(_ layer: LayerSpec) -> CanonicalJSON {
    var parts: [String: CanonicalJSON] = ["kind": choice(layer.kind)]
    parts["name"] = layer.name.map(CanonicalJSON.text)
    parts["inputs"] = layer.inputs.map { .list($0.map(CanonicalJSON.text)) }
    parts["share"] = layer.share.map(CanonicalJSON.text)
    if !layer.layers.isEmpty { parts["layers"] = .list(layer.layers.map { Self.layer($0) }) }
    return .object(parts)
  }

  /// Everything under `train` but the model; the seed only where one is given.
  static func train(
    _ train: TrainConfiguration, _ initialWeights: String?, seed: Int?, hasDuration: Bool = true
  ) -> CanonicalJSON {
    var parts: [String: CanonicalJSON] = [
      "optimizer": choice(train.optimizer), "lr": .value(.number(train.learningRate)),
      "schedule": choice(train.schedule),
    ]
    parts["seed"] = seed.map(CanonicalJSON.integer)
    parts["loss"] = train.loss.map { choice($0) }
    let options: [String: ParameterValue] = [
      "weight_decay": .number(train.weightDecay), "l1": .number(train.l1),
      "clip_norm": train.clipNorm.map(ParameterValue.number) ?? .off,
    ]
    for (name, value) in options where !value.isOff { parts[name] = .value(value) }
    switch train.batchSize {
    case .full: parts["batch_size"] = .text("full")
    case .rows(let rows): parts["batch_size"] = .integer(rows)
    }
    switch train.duration {
    case .epochs(let epochs) where hasDuration: parts["epochs"] = .integer(epochs)
    case .steps(let steps) where hasDuration: parts["steps"] = .integer(steps)
    default: break
    }
    switch train.shuffle {
    case .everyEpoch: parts["shuffle"] = .value(.flag(true))
    case .once: parts["shuffle"] = .text("once")
    case .never: break
    }
    parts["init"] = choice(
      train.initializer, known: Initializers.all,
      adding: initialWeights.map { ["contents": .text($0)] } ?? [:])
    if let stopping = train.earlyStopping {
      parts["early_stopping"] = .object(["patience": .integer(stopping.patience)])
    }
    let log = CanonicalJSON.settings([
      "every": train.log.everyUpdates.map(ParameterValue.integer) ?? .off,
      "layers": .flag(train.log.layers), "grad_norm": .flag(train.log.gradNorm),
      "metrics": train.log.metrics.isEmpty
        ? .off : .list(train.log.metrics.map { .text($0.rawValue) }),
    ])
    if log != .object([:]) { parts["log"] = log }
    return .object(parts)
  }

  /// A choice: its name alone, or with the settings that are not off and not the path of a file.
  private static func choice(
    _ chosen: Chosen, known: [Choice] = [], adding further: [String: ParameterValue] = [:]
  ) -> CanonicalJSON {
    let described = known.first { $0.name == chosen.name }
    let paths = Set(described?.settings.filter(\.kind.holdsPath).map(\.name) ?? [])
    // Where nothing said is a value of its own, false and 0 say something.
    let unset = Set(described?.settings.filter { $0.standard == .off }.map(\.name) ?? [])
    let values = chosen.values.filter { name, value in
      !paths.contains(name) && (unset.contains(name) ? value != .off : !value.isOff)
    }
    .merging(further) { _, new in new }
    if values.isEmpty { return .text(chosen.name) }
    return .object([chosen.name: .object(values.mapValues(CanonicalJSON.value))])
  }
}

extension Setting.Kind {
  /// Whether it can hold the path of a file, which a key leaves out.
  var holdsPath: Bool {
    switch self {
    case .path: true
    case .orOff(let inner): inner.holdsPath
    case .either(let kinds): kinds.contains(where: \.holdsPath)
    case .list(let inner, _), .mapping(let inner): inner.holdsPath
    case .number, .integer, .flag, .text, .word, .layers: false
    }
  }
}
