/// A kind of line in which metrics stand.
public protocol LineMetrics: Sendable {
  /// What a line reports; `nil` where it is another line.
  ///
  /// - Parameters:
  ///   - line: the line, which may be of any length and hold any bytes.
  ///   - notes: gets what is to be said.
  mutating func read(_ line: ByteLine, _ notes: inout MetricNotes) -> MetricReading?
}
