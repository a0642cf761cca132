import Foundation
import Runs
import Tracking

/// What a task can say, in the order in which it can say it.
///
/// A segment lies where others may write: what no task of ours would say is damage, and nothing of it goes
/// further.
struct SegmentGate {
  private let name: SegmentName
  private let runs: Int
  private var hasHead = false
  private var atWork: Set<Int> = []
  private var begun: Set<Int> = []

  /// - Parameter runs: how many runs the task has.
  init(_ name: SegmentName, runs: Int) { (self.name, self.runs) = (name, runs) }

  /// The greatest number of steps, epochs and bytes that is believed.
  private static let numbers = 0...(1 << 53)
  private static let longestName = 4096

  /// Lets a record through; what is wrong with it, `nil` where nothing is.
  mutating func problem(_ record: SegmentRecord) -> String? {
    if case .note(.head(let head)) = record {
      defer { hasHead = true }
      let isRight =
        !hasHead && head.format == SegmentHead.format && head.task == name.task
        && head.attempt == name.attempt
      return isRight ? nil : "a head that is not this segment's"
    }
    guard hasHead else { return "a record before the head" }
    guard let run = record.run else { return nil }
    guard (0..<runs).contains(run) else { return "run \(run), which the task does not have" }
    if case .note(.began(_, let origin, _, let restart)) = record {
      guard begun.insert(run).inserted else { return "a run that begins twice" }
      atWork.insert(run)
      return restart.flatMap { problem($0, origin) }
    }
    guard atWork.contains(run) else { return "more of a run that is not at work" }
    if case .note(.ended(_, let status, let seconds, _)) = record {
      atWork.remove(run)
      let isEnd = status.isResult || status == .failed || status == .interrupted
      return isEnd && seconds.map { $0 >= 0 && $0.isFinite } ?? true ? nil : "an end that is none"
    }
    return problem(within: record)
  }

  private func problem(_ restart: RestartPoint, _ origin: StateOrigin?) -> String? {
    let numbers = [
      restart.step, restart.epoch, restart.points, restart.bestStep ?? 0, restart.bestEpoch ?? 0,
    ]
    let isRight =
      origin == .own && (1..<name.attempt).contains(restart.attempt)
      && numbers.allSatisfy(Self.numbers.contains)
    return isRight ? nil : "a state that no earlier attempt left"
  }

  private func problem(within record: SegmentRecord) -> String? {
    switch record {
    case .points(_, let points):
      var seen: Set<MetricPlace> = []
      for point in points {
        guard Self.isName(point.metric.name) else { return "a metric's name that is none" }
        guard Self.numbers.contains(point.step), Self.numbers.contains(point.epoch),
          Self.numbers.contains(Int(point.timeMilliseconds))
        else { return "a point that is at no step" }
        guard seen.insert(MetricPlace(metric: point.metric, step: point.step)).inserted else {
          return "two points of one metric and step"
        }
      }
      return nil
    case .chosen(_, let step, let epoch, _):
      let isRight = Self.numbers.contains(step) && Self.numbers.contains(epoch)
      return isRight ? nil : "an epoch that is none"
    case .artifact(_, let file, _), .note(.file(_, let file, _)):
      return Self.isFile(file) ? nil : "a file's name that is none"
    case .note(.progress(_, let progress)):
      let numbers = [progress.updates, progress.plannedUpdates, progress.epochs]
      return numbers.allSatisfy(Self.numbers.contains) ? nil : "progress that is none"
    case .note: return nil
    }
  }

  private struct MetricPlace: Hashable {
    let metric: Metric
    let step: Int
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= longestName && !text.contains("\0")
  }

  /// A name below the run's folder: no way leads out of it.
  private static func isFile(_ text: String) -> Bool {
    isName(text)
      && text.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !["", ".", ".."].contains($0) }
  }
}
