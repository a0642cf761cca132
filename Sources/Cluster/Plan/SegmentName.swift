import Foundation

/// The name of a segment: which task wrote it, in which of its attempts.
struct SegmentName: Hashable, Comparable, CustomStringConvertible {
  let task: Int
  let attempt: Int

  init(task: Int, attempt: Int) {
    self.task = task
    self.attempt = attempt
  }

  /// Reads a file's name; `nil` for a file that is no segment.
  init?(_ name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2] == "segment", let task = Int(parts[0]),
      let attempt = Int(parts[1]), task >= 0, attempt >= 1
    else { return nil }
    self.init(task: task, attempt: attempt)
    guard description == name else { return nil }
  }

  var description: String { "\(task).\(attempt).segment" }

  static func < (a: Self, b: Self) -> Bool { (a.task, a.attempt) < (b.task, b.attempt) }
}
