import RunStorage

/// What the endpoints work with.
struct TrackingContext: Sendable {
  let store: RunStore
  /// What writes; `nil` where nothing is written.
  let log: RunLog?
  /// What else a run's reply says, such as its inputs.
  var additions: [any RunAddition] = []

  /// - Throws: `TrackingError` where nothing is written.
  func writer() throws(TrackingError) -> RunLog {
    if let log { return log }
    throw TrackingError(.denied, "This server only reads: it was started with --read-only.")
  }
}
