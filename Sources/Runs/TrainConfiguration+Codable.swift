import NeuralNet
import Tracking

extension TrainConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case loss, optimizer, learningRate = "lr", weightDecay = "weight_decay", l1
    case clipNorm = "clip_norm", schedule, batchSize = "batch_size", epochs, steps, shuffle
    case initializer = "init", patience, every, layers, gradNorm = "grad_norm", metrics, seed
  }

  /// Reads what `encode` wrote; what was added since is off.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func number(_ key: CodingKeys) throws -> Double {
      try Self.checked(
        try container.decode(Double.self, forKey: key), in: 0...(.greatestFiniteMagnitude), key)
    }
    func count(_ key: CodingKeys, from least: Int) throws -> Int? {
      try container.decodeIfPresent(Int.self, forKey: key)
        .map { try Self.checked($0, in: least...Self.greatestCount, key) }
    }
    func choice(_ key: CodingKeys, _ all: [Choice]) throws -> Chosen {
      try container.decode(Chosen.self, forKey: key).typed(by: all, of: key.rawValue)
    }
    try self.init(
      loss: container.contains(.loss) ? choice(.loss, Losses.all) : nil,
      optimizer: choice(.optimizer, Optimizers.all),
      learningRate: number(.learningRate),
      weightDecay: number(.weightDecay),
      l1: number(.l1),
      clipNorm: container.contains(.clipNorm) ? number(.clipNorm) : nil,
      schedule: choice(.schedule, Schedules.all),
      batchSize: count(.batchSize, from: 1).map(BatchSize.rows) ?? .full,
      duration: count(.epochs, from: 0).map(Duration.epochs)
        ?? .steps(count(.steps, from: 0) ?? container.decode(Int.self, forKey: .steps)),
      shuffle: container.decode(Shuffle.self, forKey: .shuffle),
      initializer: choice(.initializer, Initializers.all),
      earlyStopping: count(.patience, from: 1).map(EarlyStopping.init),
      log: Log(
        everyUpdates: count(.every, from: 1),
        layers: container.decodeIfPresent(Bool.self, forKey: .layers) ?? false,
        gradNorm: container.decodeIfPresent(Bool.self, forKey: .gradNorm) ?? false,
        metrics: container.decodeIfPresent([ClassMetric].self, forKey: .metrics) ?? []),
      seed: container.decode(Int.self, forKey: .seed))
  }

  /// The greatest count that a file may have.
  private static let greatestCount = 1_000_000_000

  private static func checked<Value>(
    _ value: Value, in range: ClosedRange<Value>, _ key: CodingKeys
  ) throws(LabbookError) -> Value {
    if range.contains(value) { return value }
    throw .failure("'train.\(key.rawValue)' cannot be \(value)")
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
    if !log.metrics.isEmpty { try container.encode(log.metrics, forKey: .metrics) }
    try container.encode(seed, forKey: .seed)
  }
}
