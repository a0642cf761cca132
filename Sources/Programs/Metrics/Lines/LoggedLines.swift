/// Lines that the server of the tracking API appends: `{"metrics": {"loss": 0.5}, "step": 3, "time": 1.5}`.
///
/// What a program calls a metric stands within, so that a metric may be called `step`, `epoch` or `time`.
public struct LoggedLines: LineMetrics {
  private var lines = ObjectLines()

  /// The object in which the metrics stand.
  public static let key = "metrics"

  /// Makes a reader.
  public init() {}

  /// What a line reports; `nil` where it is none.
  public mutating func read(_ line: ByteLine, _ notes: inout MetricNotes) -> MetricReading? {
    guard var reading = lines.read(line, &notes) else { return nil }
    reading.values = reading.values.compactMap { number in
      guard number.name.hasPrefix(Self.key + "/") else { return nil }
      return NamedNumber(String(number.name.dropFirst(Self.key.count + 1)), number.value)
    }
    return reading
  }
}
