import CPeak
import Foundation

/// Seconds of processor time this thread has used.
///
/// Other programs on the machine do not count, but for what they do to the caches.
func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Seconds on the clock.
func wallSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The median of several measurements, each of as many calls as take `seconds`.
func secondsPerCall(seconds: Double = 0.05, repeats: Int = 5, _ body: () -> Void) -> Double {
  body()
  var calls = 1
  while true {
    let start = threadSeconds()
    for _ in 0..<calls { body() }
    if threadSeconds() - start > seconds / 4 || calls > 1 << 24 { break }
    calls *= 2
  }
  var times: [Double] = []
  for _ in 0..<repeats {
    let start = threadSeconds()
    for _ in 0..<calls { body() }
    times.append((threadSeconds() - start) / Double(calls))
  }
  return times.sorted()[repeats / 2]
}

/// Operations a second that one core can do in single precision: the best of several loops.
func arithmeticLimit() -> Double {
  var sink: Float = 0
  return (0..<8).map { _ in
    let start = threadSeconds()
    let operations = peak_operations(2_000_000, &sink)
    return operations / (threadSeconds() - start)
  }.max() ?? 0
}

/// Writes one result as a line of JSON.
func report(_ values: [String: Any]) {
  guard let line = try? JSONSerialization.data(withJSONObject: values, options: [.sortedKeys]),
    let text = String(data: line, encoding: .utf8)
  else { return }
  print(text)
}
