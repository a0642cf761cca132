import NeuralNet
import Tracking

extension TrainConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case loss, optimizer, learningRate = "lr", weightDecay = "weight_decay", l1
    case clipNorm = "clip_norm", schedule, batchSize = "batch_size", epochs, steps, shuffle
    case initializer = "init", patience, every, layers, gradNorm = "grad_norm", seed
  }

  /// Reads what `encode` wrote; what was added since is off.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func choice(_ key: CodingKeys, _ all: [Choice]) throws -> Chosen {
      try container.decode(Chosen.self, forKey: key).typed(by: all, of: key.rawValue)
    }
    try self.init(
      loss: container.contains(.loss) ? choice(.loss, Losses.all) : nil,
      optimizer: choice(.optimizer, Optimizers.all),
      learningRate: container.decode(Double.self, forKey: .learningRate),
      weightDecay: container.decode(Double.self, forKey: .weightDecay),
      l1: container.decode(Double.self, forKey: .l1),
      clipNorm: container.decodeIfPresent(Double.self, forKey: .clipNorm),
      schedule: choice(.schedule, Schedules.all),
      batchSize: container.decodeIfPresent(Int.self, forKey: .batchSize).map(BatchSize.rows)
        ?? .full,
      duration: container.decodeIfPresent(Int.self, forKey: .epochs).map(Duration.epochs)
        ?? .steps(container.decode(Int.self, forKey: .steps)),
      shuffle: container.decode(Shuffle.self, forKey: .shuffle),
      initializer: choice(.initializer, Initializers.all),
      earlyStopping: container.decodeIfPresent(Int.self, forKey: .patience)
        .map(EarlyStopping.init),
      log: Log(
        everyUpdates: container.decodeIfPresent(Int.self, forKey: .every),
        layers: container.decodeIfPresent(Bool.self, forKey: .layers) ?? false,
        gradNorm: container.decodeIfPresent(Bool.self, forKey: .gradNorm) ?? false),
      seed: container.decode(Int.self, forKey: .seed))
  }

  /// Writes every value by the file's name; what is absent is off, and a batch without a size is all
  /// rows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(loss, forKey: .loss)
    try container.encode(optimizer, forKey: .optimizer)
    try container.encode(learningRate, forKey: .learningRate)
    try container.encode(weightDecay, forKey: .weightDecay)
    try container.encode(l1, forKey: .l1)
    try container.encodeIfPresent(clipNorm, forKey: .clipNorm)
    try container.encode(schedule, forKey: .schedule)
    if case .rows(let rows) = batchSize { try container.encode(rows, forKey: .batchSize) }
    switch duration {
    case .epochs(let epochs): try container.encode(epochs, forKey: .epochs)
    case .steps(let steps): try container.encode(steps, forKey: .steps)
    }
    try container.encode(shuffle, forKey: .shuffle)
    try container.encode(initializer, forKey: .initializer)
    try container.encodeIfPresent(earlyStopping?.patience, forKey: .patience)
    try container.encodeIfPresent(log.everyUpdates, forKey: .every)
    if log.layers { try container.encode(true, forKey: .layers) }
    if log.gradNorm { try container.encode(true, forKey: .gradNorm) }
    try container.encode(seed, forKey: .seed)
  }
}
