import RunStorage
import Runs
import Terminal
import Tracking

extension SweepView {
  /// What to say of an outside program whose runs told the same numbers although something differs
  /// between them: a parameter or a seed that changes nothing, or two runs that are one.
  ///
  /// Compared are the last values of all metrics but those of time and speed. A parameter changes nothing
  /// where all runs that differ in it alone agree in every one.
  public func outputAdvice() -> [String] {
    guard let first = configurations.first,
      case .program? = (try? first.configuration())?.body
    else { return [] }
    let told = toldRuns
    let idle = (axes + [Self.seedName]).compactMap { axis in idleRuns(axis, told).map { (axis, $0) }
    }
    if idle.isEmpty { return sameRuns(told) }
    return idle.map { axis, count in
      axis == Self.seedName
        ? "\(name): the seed changes nothing: \(count) runs that differ in it alone told exactly the same "
          + "numbers, so deviations over seeds say nothing; does the program use {seed}?"
        : "\(name): \(printable(axis)) changes nothing: \(count) runs that differ in it alone told exactly "
          + "the same numbers; does the program use it?"
    }
  }

  private static let seedName = "seed"

  /// What one run was made of and what it told.
  private struct Told {
    let id: RunID
    /// The value of each axis, the seed's among them.
    let values: [String: String]
    let numbers: [Metric: UInt64]
  }

  private var toldRuns: [Told] {
    var seen: Set<RunID> = []
    return points.flatMap { point in
      point.members.compactMap { member -> Told? in
        guard let run = member.record, run.status == .completed, seen.insert(run.id).inserted
        else { return nil }
        var values = [Self.seedName: String(member.seed)]
        for (axis, display) in point.axes { values[axis] = display }
        var numbers: [Metric: UInt64] = [:]
        for (metric, summary) in run.metrics where !Self.isMeasuredByClock(metric) {
          numbers[metric] = summary.last?.bitPattern
        }
        return numbers.isEmpty ? nil : Told(id: run.id, values: values, numbers: numbers)
      }
    }
  }

  /// Whether a metric differs between two equal runs.
  private static func isMeasuredByClock(_ metric: Metric) -> Bool {
    let words = metric.name.lowercased().split { !$0.isLetter }.map(String.init)
    return words.contains { word in
      [
        "time", "seconds", "sec", "secs", "ms", "s", "duration", "elapsed", "runtime", "speed",
        "fps",
      ]
      .contains(word) || word.hasSuffix("throughput") || word.hasSuffix("memory")
    } || metric.name.contains("per_second") || metric.name.hasSuffix("/s")
  }

  /// How many runs agree that differ in an axis alone; `nil` where some of them do not, or there are none.
  private func idleRuns(_ axis: String, _ told: [Told]) -> Int? {
    let groups = Dictionary(grouping: told) { run in run.values.filter { $0.key != axis } }
      .values.filter { group in Set(group.map { $0.values[axis] }).count > 1 }
    guard !groups.isEmpty, groups.allSatisfy({ Set($0.map(\.numbers)).count == 1 }) else {
      return nil
    }
    return groups.reduce(0) { $0 + $1.count }
  }

  /// The first two runs that are not the same and told the same.
  private func sameRuns(_ told: [Told]) -> [String] {
    var seen: [[Metric: UInt64]: Told] = [:]
    for run in told {
      guard let twin = seen.updateValue(run, forKey: run.numbers) else { continue }
      let differing = run.values.keys.sorted().filter { run.values[$0] != twin.values[$0] }
      if differing.isEmpty || run.numbers.count < 2 { continue }
      return [
        "\(name): the runs \(twin.id.short) and \(run.id.short) told exactly the same numbers although "
          + "\(printable(differing.joined(separator: ", "))) differ\(differing.count == 1 ? "s" : "")"
      ]
    }
    return []
  }
}
