import TensorKernels

/// The data of a configuration, split, normalised and ready to be trained on by many runs at once.
public final class PreparedData: Sendable {
  /// The rows to train on.
  public let train: Dataset
  /// The rows that judge every epoch; `nil` for none.
  public let val: Dataset?
  /// The rows kept for the end; `nil` for none.
  public let test: Dataset?
  /// Sizes and names.
  public let shape: DataShape
  /// What was done to the features, for inputs that come later and for pictures.
  public let transform: FeatureTransform
  /// How columns of a table became features, as the training rows taught; `nil` where they are numbers
  /// as they stand.
  public let recipes: [ColumnRecipe]?
  /// What was done to numbers to be predicted.
  public let targetTransform: TargetTransform
  /// Rows of the file that have no target and are in no part.
  public let leftOutRows: Int
  /// The column whose equal values stand in one part; `nil` where rows stand for themselves.
  public let groups: String?
  /// SHA-256 of the files' bytes in hexadecimal digits; empty for generators, whose settings say
  /// everything.
  public let fingerprint: String

  package init(
    train: Dataset, val: Dataset?, test: Dataset?, shape: DataShape, transform: FeatureTransform,
    recipes: [ColumnRecipe]? = nil, targetTransform: TargetTransform = .none,
    leftOutRows: Int = 0, groups: String? = nil, fingerprint: String
  ) {
    self.train = train
    self.val = val
    self.test = test
    self.shape = shape
    self.transform = transform
    self.recipes = recipes
    self.targetTransform = targetTransform
    self.leftOutRows = leftOutRows
    self.groups = groups
    self.fingerprint = fingerprint
  }

  /// The names of the classes in the order of their indices; `nil` where the target is no class.
  public var classNames: [String]? { shape.classNames }
}

extension PreparedData: Weighed {
  package var byteCount: Int {
    [train, val, test].compactMap { $0 }.reduce(0) { $0 + $1.features.count * 4 + $1.rows * 4 }
  }
}

/// From a source's units to what a network gets: `scale` and `shift`, then normalisation.
///
/// Per column, or per channel of an image: x' = ((x scale + shift) - offset) / divisor.
public struct FeatureTransform: Hashable, Sendable {
  /// Neighbouring columns that share one set of numbers: 1, or the pixels of a channel.
  public let columnsPerGroup: Int
  /// The first factor of each group.
  public let scale: [Double]
  /// What is added after it.
  public let shift: [Double]
  /// What normalisation takes away.
  public let offset: [Double]
  /// What normalisation divides by.
  public let divisor: [Double]

  package init(
    columnsPerGroup: Int, scale: [Double], shift: [Double], offset: [Double], divisor: [Double]
  ) {
    self.columnsPerGroup = columnsPerGroup
    self.scale = scale
    self.shift = shift
    self.offset = offset
    self.divisor = divisor
  }

  /// Columns of one row.
  public var columns: Int { scale.count * columnsPerGroup }

  /// A source's number as it is before normalisation.
  public func scaled(_ value: Double, column: Int) -> Double {
    let group = column / columnsPerGroup
    return value * scale[group] + shift[group]
  }

  /// A scaled number as the network gets it.
  public func normalized(_ value: Double, column: Int) -> Float {
    let group = column / columnsPerGroup
    return Float((value - offset[group]) / divisor[group])
  }

  /// A source's number as the network gets it.
  public func apply(_ value: Double, column: Int) -> Float {
    normalized(scaled(value, column: column), column: column)
  }

  /// A network's input as it was before normalisation, which pictures show.
  public func denormalized(_ value: Float, column: Int) -> Double {
    let group = column / columnsPerGroup
    return Double(value) * divisor[group] + offset[group]
  }
}
