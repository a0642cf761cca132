/// A number as a program wrote it.
public struct WrittenNumber: Hashable, Sendable {
  /// The nearest double.
  public let value: Double
  /// The exact whole number, where it was written without a point or an exponent.
  public let whole: Int?

  /// Makes a number of its value.
  public init(_ value: Double, whole: Int? = nil) {
    self.value = value
    self.whole = whole
  }

  /// A count from 0: a whole number, however it was written; `nil` where it is none.
  var count: Int? {
    if let whole { return whole >= 0 ? whole : nil }
    let isWhole = value >= 0 && value <= 9_007_199_254_740_992 && value == value.rounded()
    return isWhole ? Int(value) : nil
  }
}

/// The names that do not become metrics.
enum ReservedName: String, CaseIterable {
  case step, epoch, time
}

extension MetricReading {
  /// Takes a number under a name, which may be a reserved one.
  mutating func take(_ name: String, _ number: WrittenNumber, _ notes: inout MetricNotes) {
    guard let reserved = ReservedName(rawValue: name) else {
      values.append(NamedNumber(name, number.value))
      return
    }
    switch reserved {
    case .step:
      guard let count = number.count else { return Self.refuse(reserved, number, &notes) }
      step = count
    case .epoch:
      if let whole = number.whole, whole >= 0 {
        epoch = .number(whole)
      } else if number.whole == nil, number.value >= 0, number.value.isFinite {
        epoch = .progress(number.value)
      } else {
        Self.refuse(reserved, number, &notes)
      }
    case .time:
      guard let time = Self.milliseconds(number.value) else {
        return Self.refuse(reserved, number, &notes)
      }
      timeMilliseconds = time
    }
  }

  /// Unix time in milliseconds of a number of seconds, or of milliseconds where it is so great; `nil`
  /// before 2001 and after the year 5138: that is a duration or a slip.
  private static func milliseconds(_ value: Double) -> Int64? {
    switch value {
    case 1e9..<1e11: Int64((value * 1000).rounded())
    case 1e12..<1e14: Int64(value.rounded())
    default: nil
    }
  }

  private static func refuse(
    _ name: ReservedName, _ number: WrittenNumber, _ notes: inout MetricNotes
  ) {
    notes.say(.reserved, name.rawValue) {
      let wanted =
        switch name {
        case .step: "a whole number from 0"
        case .epoch: "a number from 0"
        case .time: "Unix time in seconds (call a duration otherwise)"
        }
      return "'\(name.rawValue)' is \(wanted); \(number.value) was ignored"
    }
  }
}
