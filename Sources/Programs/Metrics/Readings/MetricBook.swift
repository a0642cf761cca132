public import Tracking

/// Points that are ready to be stored.
public struct MetricBatch: Hashable, Sendable {
  /// In the order in which they came; each is alone with its metric and step.
  public let points: [MetricPoint]
  /// Whether one may stand for an earlier point of the same metric and step.
  public let mayReplace: Bool
}

/// Makes points of a program's readings.
///
/// - A reading with a step has it, in any order.
/// - Without a step, an epoch written as a whole number is the step.
/// - Otherwise a name counts up: its first value has step 1, or the step behind the last it had. So it is
///   with an epoch written with a point, as Hugging Face's `0.33`, several of which can be alike.
/// - Of one metric and step the last value wins.
/// - The epoch is the one told, 0 where none is.
/// - The time is the one told, otherwise the time of reading.
///
/// Names are those the program wrote; one that is empty, longer than 500 bytes, begins or ends with a
/// blank or has characters that show nothing is left out, and said.
public struct MetricBook: Sendable {
  /// As many different names may come; more are left out, and said.
  public static let mostNames = 100_000

  /// What is to be said to the user.
  public var notes = MetricNotes()

  private struct State {
    let metric: Metric
    /// The greatest step it had; the least number before any.
    var last: Int
  }

  private var places: [String: Int] = [:]
  private var states: [State] = []
  private var points: [MetricPoint] = []
  private var mayReplace = false
  private let lastSteps: [String: Int]

  /// Makes a book without points.
  ///
  /// - Parameter lastSteps: the last stored step by metric, where a run goes on.
  public init(lastSteps: [String: Int] = [:]) { self.lastSteps = lastSteps }

  /// How many different metrics came.
  public var metricCount: Int { states.count }

  /// How many points wait to be taken.
  public var waiting: Int { points.count }

  /// Takes a reading.
  ///
  /// - Parameter now: Unix time in milliseconds, for a reading that tells none.
  public mutating func take(_ reading: MetricReading, now: Int64) {
    let time = reading.timeMilliseconds ?? now
    let epoch = reading.epoch?.done ?? 0
    var told = reading.step
    if told == nil, case .number(let number)? = reading.epoch { told = number }
    for number in reading.values {
      guard let place = place(of: number.name) else { continue }
      let last = states[place].last
      let step = told ?? max(last, 0).addedSaturating(1)
      if step > last { states[place].last = step } else { mayReplace = true }
      points.append(
        MetricPoint(
          states[place].metric, step: step, epoch: epoch, value: number.value,
          timeMilliseconds: time))
    }
  }

  /// The points that came since the last call; of one metric and step only the last.
  public mutating func takeBatch() -> MetricBatch {
    defer {
      points = []
      mayReplace = false
    }
    guard mayReplace else { return MetricBatch(points: points, mayReplace: false) }
    var seen: Set<Place> = []
    var kept: [MetricPoint] = []
    for point in points.reversed()
    where seen.insert(Place(metric: point.metric, step: point.step)).inserted {
      kept.append(point)
    }
    return MetricBatch(points: kept.reversed(), mayReplace: true)
  }

  private struct Place: Hashable {
    let metric: Metric
    let step: Int
  }

  private mutating func place(of name: String) -> Int? {
    if let place = places[name] { return place < 0 ? nil : place }
    if places.count >= Self.mostNames {
      notes.say(.tooManyNames, "") {
        "more than \(Self.mostNames) different names: '\(name.prefix(100))' and those after it "
          + "were left out"
      }
      return nil
    }
    guard Self.isRight(name) else {
      places[name] = -1
      notes.say(.name, name) {
        "\(ParameterValue.json(String(name.prefix(100)))) is no name of a metric and was left out: "
          + "a name has no hidden characters, no blank at its ends and at most 500 bytes"
      }
      return nil
    }
    places[name] = states.count
    states.append(State(metric: Metric(name), last: lastSteps[name] ?? .min))
    return states.count - 1
  }

  private static func isRight(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, let last = name.unicodeScalars.last,
      name.utf8.count <= 500
    else { return false }
    return !first.properties.isWhitespace && !last.properties.isWhitespace
      && !name.unicodeScalars.contains(where: HiddenCharacters.isHidden)
  }
}
