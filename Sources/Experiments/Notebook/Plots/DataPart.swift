public import Datasets
public import Tracking

/// A part of the data.
public enum DataPart: String, Hashable, Sendable, CaseIterable {
  case train, val, test

  /// The part's loss.
  public var loss: Metric { Metric(rawValue + "/loss") }
  /// The share of its rows that were right.
  public var accuracy: Metric { Metric(rawValue + "/accuracy") }
}

extension DataPart {
  /// The key of cells that ask networks about rows.
  static let key = Key(
    "part", .value(.word(allCases.map(\.rawValue))), default: "test, else val, else train",
    "the rows that are asked about")

  /// How many rows it has.
  public func rows(of shape: DataShape) -> Int {
    switch self {
    case .train: shape.trainRows
    case .val: shape.valRows
    case .test: shape.testRows
    }
  }

  /// The rows themselves; `nil` where there are none.
  public func rows(of data: PreparedData) -> Dataset? {
    let part =
      switch self {
      case .train: data.train
      case .val: data.val
      case .test: data.test
      }
    return part.flatMap { $0.rows > 0 ? $0 : nil }
  }

  /// The part that judges networks where a cell names none: rows they have not learned from, if
  /// there are any.
  public static func usual(of data: PreparedData) -> DataPart {
    [DataPart.test, .val].first { $0.rows(of: data) != nil } ?? .train
  }

  /// What is wrong where data does not have the part, and the way out.
  func problem(_ shape: DataShape, of sweep: String) -> (message: String, notes: [String])? {
    guard rows(of: shape) == 0 else { return nil }
    return (
      "the data of '\(sweep)' has no part '\(rawValue)'",
      ["write data: {split: {\(rawValue): 0.2}}, or name another part"]
    )
  }
}
