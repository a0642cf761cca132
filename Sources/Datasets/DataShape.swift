/// What is known of the data before anything is trained: sizes and names.
///
/// Generators know it without drawing a number; files are read for it.
public struct DataShape: Hashable, Sendable {
  /// Rows to train on.
  public let trainRows: Int
  /// Rows of the validation part; 0 where there is none.
  public let valRows: Int
  /// Rows of the test part; 0 where there is none.
  public let testRows: Int
  /// The shape of one row: `[2]`, or (channels, height, width) for images.
  public let featureShape: [Int]
  /// A name for every column; empty for images.
  public let columnNames: [String]
  /// What there is to be learned.
  public let target: Target

  /// What there is to be learned.
  public enum Target: Hashable, Sendable {
    case classes(names: [String])
    case values(names: [String])
    case none
  }

  package init(
    trainRows: Int, valRows: Int, testRows: Int, featureShape: [Int], columnNames: [String],
    target: Target
  ) {
    self.trainRows = trainRows
    self.valRows = valRows
    self.testRows = testRows
    self.featureShape = featureShape
    self.columnNames = columnNames
    self.target = target
  }

  /// Numbers of one row: what `features` stands for in a layer.
  public var features: Int { featureShape.reduce(1, *) }

  /// How many classes there are: what `classes` stands for in a layer; `nil` for other targets.
  public var classes: Int? { classNames?.count }

  /// The names of the classes in the order of their indices; `nil` for other targets.
  public var classNames: [String]? {
    if case .classes(let names) = target { return names }
    return nil
  }

  /// How many numbers are predicted for a row; `nil` for classes or no target.
  public var values: Int? {
    if case .values(let names) = target { return names.count }
    return nil
  }

  /// Whether rows are images, whose channels are scaled and normalised as one.
  public var isImages: Bool { featureShape.count == 3 }
}
