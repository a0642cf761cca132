public import Tracking

/// How a network is trained: everything under `train` but the model.
public struct TrainConfiguration: Hashable, Sendable {
  /// `nil` where the data has no target, so that nothing is trained.
  public var loss: Chosen?
  /// The gradient method with all of its settings.
  public var optimizer: Chosen
  /// The learning rate before the schedule.
  public var learningRate: Double
  /// The L2 penalty, 0 for none.
  public var weightDecay: Double
  /// The L1 penalty, 0 for none.
  public var l1: Double
  /// The largest global norm of the gradient; `nil` means none.
  public var clipNorm: Double?
  /// The schedule with its settings; `warmup`, in epochs, is among them where it has one.
  public var schedule: Chosen
  /// The rows of one update.
  public var batchSize: BatchSize
  /// How long the run trains.
  public var duration: Duration
  /// When the order of the rows is drawn.
  public var shuffle: Shuffle
  /// How the weights are set before the first update.
  public var initializer: Chosen
  /// When the run ends before its time, `nil` for never.
  public var earlyStopping: EarlyStopping?
  /// What is measured beside losses and accuracies.
  public var log: Log
  /// The seed of weights, shuffling and dropout.
  public var seed: Int

  /// Makes a configuration of checked values.
  public init(
    loss: Chosen?, optimizer: Chosen, learningRate: Double, weightDecay: Double, l1: Double,
    clipNorm: Double?, schedule: Chosen, batchSize: BatchSize, duration: Duration,
    shuffle: Shuffle, initializer: Chosen, earlyStopping: EarlyStopping?, log: Log, seed: Int
  ) {
    self.loss = loss
    self.optimizer = optimizer
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.l1 = l1
    self.clipNorm = clipNorm
    self.schedule = schedule
    self.batchSize = batchSize
    self.duration = duration
    self.shuffle = shuffle
    self.initializer = initializer
    self.earlyStopping = earlyStopping
    self.log = log
    self.seed = seed
  }

  /// Rows of one update.
  public enum BatchSize: Hashable, Sendable {
    /// All training rows.
    case full
    case rows(Int)

    /// The rows of a full batch when there are `rows` to train on.
    public func count(of rows: Int) -> Int {
      switch self {
      case .full: rows
      case .rows(let size): min(size, rows)
      }
    }
  }

  /// How long a run trains.
  public enum Duration: Hashable, Sendable {
    case epochs(Int)
    /// Updates.
    case steps(Int)

    /// The epochs that were asked for; `nil` where updates were.
    public var epochs: Int? {
      if case .epochs(let epochs) = self { epochs } else { nil }
    }
  }

  /// When the order of the training rows is drawn.
  public enum Shuffle: String, Hashable, Codable, Sendable {
    case everyEpoch = "every_epoch"
    case once, never
  }

  /// When a run ends before its time.
  public struct EarlyStopping: Hashable, Sendable {
    /// Epochs without a better objective.
    public var patience: Int

    /// Makes a rule of its patience.
    public init(patience: Int) { self.patience = patience }
  }

  /// What is measured beside the metrics every run has.
  public struct Log: Hashable, Sendable {
    /// The updates between two measurements of a batch; `nil` means none within an epoch.
    public var everyUpdates: Int?
    /// Whether metrics of every layer are measured.
    public var layers: Bool
    /// Whether the gradient's norm is measured.
    public var gradNorm: Bool
    /// What is measured of classes on every part, each once, in the order of all cases.
    public var metrics: [ClassMetric]

    /// Makes a choice of what is measured.
    public init(
      everyUpdates: Int? = nil, layers: Bool = false, gradNorm: Bool = false,
      metrics: [ClassMetric] = []
    ) {
      self.everyUpdates = everyUpdates
      self.layers = layers
      self.gradNorm = gradNorm
      self.metrics = ClassMetric.allCases.filter(metrics.contains)
    }
  }

  /// What can be measured of classes beside accuracy.
  public enum ClassMetric: String, Hashable, Codable, Sendable, CaseIterable {
    /// The mean over the classes of the share of a class's rows that are right.
    case balancedAccuracy = "balanced_accuracy"
    /// The mean of the classes' F1.
    case f1
    /// The area under the curve of true against false positives, of two classes.
    case auc

    /// What it is called on a part.
    public func metric(on part: String) -> Metric { Metric("\(part)/\(rawValue)") }
  }
}
