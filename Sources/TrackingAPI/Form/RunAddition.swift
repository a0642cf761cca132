import RunStorage

/// A part of a run's reply beside `info` and `data`.
protocol RunAddition: Sendable {
  /// Writes fields of the run, such as `inputs`.
  func write(_ run: TrackedRun, to writer: inout JSONWriter) throws
}
