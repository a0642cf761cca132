/// A number by the name that a program gave it.
public struct NamedNumber: Hashable, Sendable {
  /// The name of the metric.
  public let name: String
  /// The value; not-a-number and the infinities are values.
  public let value: Double

  /// Makes a number.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// How far a program says that it is, in epochs.
public enum ReportedEpoch: Hashable, Sendable {
  /// Written as a whole number: the epoch's number.
  case number(Int)
  /// Written with a point, as `0.25`: the epochs done so far.
  case progress(Double)

  /// The epochs done.
  public var done: Int {
    switch self {
    case .number(let number): number
    case .progress(let share): share < 9e15 ? Int(share) : Int(9e15)
    }
  }
}

/// What one report of a program says: a line, a row or a record.
public struct MetricReading: Hashable, Sendable {
  /// The numbers in the order in which they were written.
  public var values: [NamedNumber]
  /// The step; `nil` where none is told.
  public var step: Int?
  /// The epoch; `nil` where none is told.
  public var epoch: ReportedEpoch?
  /// Unix time in milliseconds; `nil` where none is told.
  public var timeMilliseconds: Int64?

  /// Makes a reading.
  public init(
    values: [NamedNumber] = [], step: Int? = nil, epoch: ReportedEpoch? = nil,
    timeMilliseconds: Int64? = nil
  ) {
    self.values = values
    self.step = step
    self.epoch = epoch
    self.timeMilliseconds = timeMilliseconds
  }
}
