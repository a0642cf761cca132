public import TensorKernels

// R rows, C columns (features of one row).

/// The rows of one part: features and what is to be learned from them.
public struct Dataset: Sendable {
  /// Rows of the part.
  public let rows: Int
  /// The shape of one row: `[2]`, or (channels, height, width) for images.
  public let featureShape: [Int]
  /// A name for every column; empty for images.
  public let columnNames: [String]
  /// All rows, one after the other.
  public let features: SharedArray<Float>  // (R, C)
  /// What belongs to the rows.
  public let targets: Targets

  /// Numbers of one row of features.
  public var columns: Int { featureShape.reduce(1, *) }

  /// The classes or values that belong to the rows.
  public enum Targets: Sendable {
    /// A class index a row and the classes' names.
    case classes(SharedArray<Int32>, names: [String])  // (R)
    /// `columns` numbers a row.
    case values(SharedArray<Float>, columns: Int)  // (R, columns)
    /// Nothing to learn.
    case none
  }

  /// Makes a part; the arrays' sizes must agree with `rows` and the shapes.
  public init(
    rows: Int, featureShape: [Int], columnNames: [String], features: SharedArray<Float>,
    targets: Targets
  ) {
    precondition(features.count == rows * featureShape.reduce(1, *), "features of another shape")
    switch targets {
    case .classes(let labels, _): precondition(labels.count == rows, "labels of another count")
    case .values(let values, let columns): precondition(values.count == rows * columns)
    case .none: break
    }
    self.rows = rows
    self.featureShape = featureShape
    self.columnNames = columnNames
    self.features = features
    self.targets = targets
  }

  /// Rows of every class; `nil` where the target is no class.
  public var classCounts: [Int]? {
    guard case .classes(let labels, let names) = targets else { return nil }
    var counts = [Int](repeating: 0, count: names.count)
    for label in labels.elements { counts[Int(label)] += 1 }
    return counts
  }

  /// The features of one row.
  public func row(_ index: Int) -> [Float] {
    precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
    return Array(features.elements[index * columns..<(index + 1) * columns])
  }
}

/// The batches of one pass over some rows: ranges of places, the last one perhaps smaller.
public struct Batches: Hashable, Sendable, RandomAccessCollection {
  /// Places in one pass.
  public let rows: Int
  /// Rows of a batch, at most all.
  public let size: Int

  /// Cuts `rows` places into batches of `size`.
  public init(rows: Int, size: Int) {
    precondition(rows >= 0 && size > 0, "\(rows) rows in batches of \(size)")
    self.rows = rows
    self.size = Swift.min(size, Swift.max(rows, 1))
  }

  /// The first batch.
  public var startIndex: Int { 0 }
  /// The number of batches.
  public var endIndex: Int { rows / size + (rows % size == 0 ? 0 : 1) }

  /// The places of one batch.
  public subscript(position: Int) -> Range<Int> {
    position * size..<Swift.min(rows, (position + 1) * size)
  }
}
