import Foundation

/// Measures how long a run trains, and when its next checkpoint is due.
struct TrainingWatch {
  private var lapStart = ContinuousClock.now
  private var lastSave = TrainingWatch.coarseSeconds

  /// Begins a lap, and the time to the first checkpoint.
  mutating func start() {
    lapStart = .now
    lastSave = TrainingWatch.coarseSeconds
  }

  /// Seconds of this lap so far.
  var seconds: Double { (ContinuousClock.now - lapStart) / .seconds(1) }

  /// Ends the lap and begins the next one.
  mutating func lap() -> Double {
    let now = ContinuousClock.now
    defer { lapStart = now }
    return (now - lapStart) / .seconds(1)
  }

  /// Whether so many seconds have passed since this was last true.
  ///
  /// Asked before every update: the coarse clock costs a few nanoseconds and ticks every few
  /// milliseconds.
  mutating func isDue(after seconds: Double) -> Bool {
    let now = TrainingWatch.coarseSeconds
    guard now - lastSave >= seconds else { return false }
    lastSave = now
    return true
  }

  private static var coarseSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
