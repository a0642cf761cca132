import TensorKernels

/// What the data of a configuration is, in numbers: what `labbook data` prints.
public struct DataSummary: Sendable {
  /// Sizes and names.
  public let shape: DataShape
  /// The parts that exist: train first, then val and test.
  public let parts: [Part]
  /// The training rows' columns, or channels of images.
  public let columns: [Column]
  /// What was found in the files or left out of them, and columns that are constant.
  public let remarks: [String]

  /// One part of the rows.
  public struct Part: Sendable {
    /// `train`, `val` or `test`.
    public let name: String
    /// Rows of the part.
    public let rows: Int
    /// Rows of every class in the order of the classes; empty where the target is no class.
    public let classCounts: [Int]
    /// The target's spread where it is a number.
    public let target: ColumnStatistics?
  }

  /// One column before and after normalisation.
  public struct Column: Sendable {
    /// The column's name, or `channel N`.
    public let name: String
    /// After `scale` and `shift`, before normalisation.
    public let before: ColumnStatistics
    /// As a network gets it.
    public let after: ColumnStatistics
  }

  package init(
    _ data: PreparedData, _ columns: [(before: ColumnStatistics, after: ColumnStatistics)],
    remarks: [String] = []
  ) {
    self.remarks = remarks
    shape = data.shape
    let parts: [(String, Dataset?)] = [
      ("train", data.train), ("val", data.val), ("test", data.test),
    ]
    self.parts = parts.compactMap { name, part in
      part.map { Part(name, $0, data.targetTransform) }
    }
    let names = data.shape.columnNames
    self.columns = columns.enumerated().map { index, column in
      Column(
        name: names.isEmpty ? "channel \(index)" : names[index], before: column.before,
        after: column.after)
    }
  }
}

extension DataSummary.Part {
  fileprivate init(_ name: String, _ part: Dataset, _ transform: TargetTransform) {
    self.name = name
    rows = part.rows
    switch part.targets {
    case .classes:
      classCounts = part.classCounts ?? []
      target = nil
    case .values(let values, let columns):
      classCounts = []
      target = ColumnStatistics(
        values.elements.enumerated().map { transform.undone(Double($1), column: $0 % columns) })
    case .none:
      classCounts = []
      target = nil
    }
  }
}

extension ColumnStatistics {
  /// The spread of some values.
  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(
      minimum: values.min() ?? 0, maximum: values.max() ?? 0, mean: mean,
      deviation: (squares / count).squareRoot())
  }
}
