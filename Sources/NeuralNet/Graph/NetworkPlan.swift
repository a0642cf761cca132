public import Tracking

/// Everything that is fixed before the first update of one run.
public struct NetworkPlan: Sendable {
  /// The checked network.
  public let graph: Graph
  /// Rows that go through forward and backward together, and stay in the caches doing so.
  public let blockRows: Int
  /// Rows that go through forward together in inference mode.
  package let inferenceRows: Int
  package let loss: (any Loss)?
  package let optimizer: (any Optimizer)?
  package let weightDecay: Double
  package let l1: Double
  package let clipNorm: Double?
  package let measuresNorm: Bool
  /// Whether an update can be taken with every number kept.
  public let isTraced: Bool
  /// Rows of a full batch.
  package let batchRows: Int
  /// Whether every layer can be measured.
  public let measuresLayers: Bool
  package let seed: Int
  package let augmentation: Augmentation?
  /// Rows of an epoch whose outputs are kept as they were trained; 0 for none.
  public let keptRows: Int
  /// Where each parameter begins in the flat vector.
  package let offsets: [Int]
  /// How many numbers the flat vector has.
  package let parameterCount: Int
  /// Where each of the graph's buffers begins, behind the parameters.
  package let bufferOffsets: [Int]
  /// How many numbers parameters and buffers take together.
  package let weightCount: Int

  /// Plans a run.
  ///
  /// - Parameters:
  ///   - graph: the network.
  ///   - loss: a checked choice of `Losses.all`; `nil` for a network that is only looked at.
  ///   - optimizer: a checked choice of `Optimizers.all`; `nil` where nothing is trained.
  ///   - weightDecay: `train.weight_decay`.
  ///   - l1: `train.l1`.
  ///   - clipNorm: `train.clip_norm`.
  ///   - measuresNorm: whether every update measures the gradient's norm.
  ///   - measuresLayers: whether `measureLayers` will be asked for.
  ///   - isTraced: whether `traceStep` will be asked for.
  ///   - cyclesMomentum: whether the schedule sets the optimizer's momentum.
  ///   - batchRows: rows of a full batch.
  ///   - seed: `train.seed`, for dropout and for changes of images.
  ///   - augmentation: how rows of images change in every update; `nil` for not at all.
  ///   - keptRows: rows of an epoch whose outputs are kept as they were trained; 0 for none.
  public init(
    graph: Graph, loss: Chosen?, optimizer: Chosen?, weightDecay: Double = 0, l1: Double = 0,
    clipNorm: Double? = nil, measuresNorm: Bool = false,
    measuresLayers: Bool = false, isTraced: Bool = false, cyclesMomentum: Bool = false,
    batchRows: Int, seed: Int, augmentation: Augmentation? = nil,
    keptRows: Int = 0
  ) {
    self.graph = graph
    self.loss = loss.flatMap { Losses.loss($0) }
    self.optimizer = optimizer.flatMap {
      Optimizers.optimizer($0, cyclesMomentum: cyclesMomentum)
    }
    self.weightDecay = weightDecay
    self.l1 = l1
    self.clipNorm = clipNorm
    self.measuresNorm = measuresNorm
    self.measuresLayers = measuresLayers
    self.isTraced = isTraced
    self.batchRows = max(1, batchRows)
    self.seed = seed
    self.augmentation = augmentation
    self.keptRows = optimizer == nil ? 0 : keptRows
    var offsets: [Int] = []
    var end = 0
    for parameter in graph.parameters {
      offsets.append(end)
      end += ScratchLayout.rounded(parameter.shape.count)
    }
    self.offsets = offsets
    parameterCount = end
    var bufferOffsets: [Int] = []
    for buffer in graph.buffers {
      bufferOffsets.append(end)
      end += ScratchLayout.rounded(buffer.shape.count)
    }
    self.bufferOffsets = bufferOffsets
    weightCount = end
    blockRows =
      graph.nodes.contains { $0.module.needsWholeBatch }
      ? max(1, batchRows) : BlockSize.rows(for: graph, batch: batchRows)
    inferenceRows = BlockSize.rows(for: graph, batch: .max)
  }

  /// Numbers that the optimizer keeps beside each parameter.
  public var optimizerVectors: Int { optimizer?.slots ?? 0 }

  /// About how many bytes the run's arena takes, and no more than it does.
  public var memoryBytes: Int {
    let vectors = weightCount + (optimizer == nil ? 0 : parameterCount * (1 + optimizerVectors))
    let width = graph.nodes.map(\.outputShape.count).reduce(0, +)
    let rows = optimizer == nil ? min(inferenceRows, batchRows) : blockRows
    return vectors.addedSaturating(rows.multipliedSaturating(by: width / 2))
      .addedSaturating(keptRows.multipliedSaturating(by: graph.output.count))
      .multipliedSaturating(by: MemoryLayout<Float>.stride)
  }

  /// About how many bytes the activations of a batch take.
  package var activationBytes: Int {
    graph.nodes.map(\.outputShape.count).reduce(graph.input.count, +)
      .multipliedSaturating(by: batchRows).multipliedSaturating(by: MemoryLayout<Float>.stride)
  }

  /// The rows of a full block of a kind of pass.
  func rows(of kind: PassKind) -> Int {
    switch kind {
    case .training: blockRows
    case .trace: batchRows
    case .evaluation, .inference, .measurement: inferenceRows
    }
  }

  /// Whether updates measure what weight decay and l1 add to the loss.
  public var hasPenalty: Bool { l1 > 0 || penalizedDecay > 0 }

  /// The weight decay that is part of the objective: none where the optimizer keeps it apart.
  package var penalizedDecay: Double { (optimizer?.decaysApart ?? false) ? 0 : weightDecay }
}

/// How many rows go through forward and backward together.
enum BlockSize {
  /// Numbers a block's activations may take where every product is thin: they stay in the
  /// first-level cache.
  static let thinBudget = 8192
  /// The same where the general product multiplies, which wants many rows: the second-level cache,
  /// and rows enough for the copies it makes of the weights to pay.
  static let denseBudget = 131_072

  /// The rows of a block: at least 256 where weights are copied, and at least 16 elsewhere; of images,
  /// each of which is large and is convolved by itself, at least 8.
  static func rows(for graph: Graph, batch: Int) -> Int {
    let width = graph.nodes.map(\.outputShape.count).reduce(graph.input.count, +)
    let demands = Set(
      graph.nodes.map { $0.module.blockDemand(for: $0.inputShapes, output: $0.outputShape) })
    let rows = (demands.contains(.many) ? denseBudget : thinBudget) / width
    let least = demands.contains(.images) ? 8 : demands.contains(.many) ? 256 : 16
    return max(1, min(batch, max(least, rows / 16 * 16)))
  }
}
