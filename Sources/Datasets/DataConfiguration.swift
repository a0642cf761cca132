public import NeuralNet
public import Tracking

/// Everything under `data` in an experiment file, typed and with every value resolved.
///
/// Two equal configurations give the same numbers, which is why prepared data is shared by it.
public struct DataConfiguration: Hashable, Sendable {
  /// The source with all of its own settings; paths in it are ready to be opened.
  public var source: Chosen
  /// The seed of every random number of the data: points, label noise, `take` and `split`.
  public var seed: Int
  /// What every feature is multiplied by, first.
  public var scale: PerColumn
  /// What is added to every feature after `scale`.
  public var shift: PerColumn
  /// The share of training rows that get another class.
  public var labelNoise: Double
  /// How many rows of the source are used; `nil` for all.
  public var take: Int?
  /// Which rows are set aside for validation and test.
  public var split: Split
  /// How features are brought to one scale.
  public var normalize: NormalizationKind
  /// In which units numbers to be predicted are trained.
  public var targetTransform: TargetTransformKind
  /// Which of the folds judges, from 1; `nil` where there are none.
  public var fold: Int?
  /// What the loss of the file asks of a target that could be either; `nil` where it asks nothing.
  ///
  /// Only `csv` looks at it, and only where its own `task` is off.
  public var lossTask: Task?

  /// Makes a configuration of a source; what is left out is off.
  public init(
    source: Chosen, seed: Int = 1, scale: PerColumn = .all(1), shift: PerColumn = .all(0),
    labelNoise: Double = 0, take: Int? = nil, split: Split = Split(),
    normalize: NormalizationKind = .none, targetTransform: TargetTransformKind = .none,
    fold: Int? = nil, lossTask: Task? = nil
  ) {
    self.source = source
    self.seed = seed
    self.scale = scale
    self.shift = shift
    self.labelNoise = labelNoise
    self.take = take
    self.split = split
    self.normalize = normalize
    self.targetTransform = targetTransform
    self.fold = fold
    self.lossTask = lossTask
  }

  /// How training images change in every update; `nil` where they do not.
  public var augmentation: Augmentation? {
    Augmentation(source.values[Augmentation.setting.name])
  }

  /// The same rows as they are.
  var withoutAugmentation: DataConfiguration {
    guard augmentation != nil else { return self }
    var other = self
    other.source = source.without(Augmentation.setting)
    return other
  }

  /// A number for all columns, or one for each.
  public enum PerColumn: Hashable, Sendable {
    case all(Double)
    case columns([Double])

    /// The number of one column.
    public func value(_ column: Int) -> Double {
      switch self {
      case .all(let value): value
      case .columns(let values): values[column]
      }
    }
  }

  /// Which rows are set aside.
  public struct Split: Hashable, Sendable {
    /// The validation part; `nil` for none.
    public var val: PartSize?
    /// The test part; `nil` for none.
    public var test: PartSize?
    /// Whether the last rows are the validation part and then the test part, as series in time want it.
    public var isOrdered: Bool
    /// The column of a table whose equal values stand in one part; `nil` where rows stand for themselves.
    public var groups: String?
    /// Whether every part has the same share of every class.
    public var isStratified: Bool
    /// Into how many folds the rows beside the test part are divided, each of which is the validation
    /// part of one run; `nil` for none.
    public var folds: Int?

    /// Makes a split; a part left out does not exist.
    public init(
      val: PartSize? = nil, test: PartSize? = nil, isOrdered: Bool = false, groups: String? = nil,
      isStratified: Bool = true, folds: Int? = nil
    ) {
      self.val = val
      self.test = test
      self.isOrdered = isOrdered
      self.groups = groups
      self.isStratified = isStratified
      self.folds = folds
    }

    /// Whether any rows judge.
    public var hasValidation: Bool { val != nil || folds != nil }
  }

  /// The size of a part of the rows.
  public enum PartSize: Hashable, Sendable {
    /// A share of all rows, between 0 and 1.
    case share(Double)
    case rows(Int)
  }

  /// How features are brought to one scale.
  public enum NormalizationKind: String, Hashable, Sendable, CaseIterable {
    case none
    /// Mean 0 and population deviation 1.
    case standard
    /// The least value 0, the greatest 1.
    case minmax
  }

  /// In which units numbers to be predicted are trained.
  public enum TargetTransformKind: String, Hashable, Sendable, CaseIterable {
    /// Their own.
    case none
    /// Mean 0 and population deviation 1 over the training rows.
    case standard
    /// The least value of the training rows 0, the greatest 1.
    case minmax
    /// The natural logarithm.
    case log
  }

  /// What is learned of the target.
  public enum Task: String, Hashable, Sendable, CaseIterable {
    case classification, regression
  }
}
