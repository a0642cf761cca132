import Experiments
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import Tracking

/// How a page was made: by which program, on which machine, when, and how to make it again.
struct PageOrigin {
  let facts: [NotebookPage.Fact]

  init(
    _ experiment: Experiment, _ sweeps: [SweepView], _ store: RunStore, _ overrides: [String]
  ) throws {
    let records = sweeps.flatMap(\.runs)
    var command = ["labbook", "run", experiment.file]
    for override in overrides { command += ["--set", override] }
    var facts = [
      NotebookPage.Fact(
        name: "command", text: command.map(Self.shellWord).joined(separator: " "))
    ]
    // The runs of a sweep share their surroundings, unless it was continued elsewhere.
    var ends: [RunRecord] = []
    for results in sweeps {
      let ended = results.runs.filter { $0.endedAt != nil }
        .sorted { ($0.endedAt ?? "", $0.key) < ($1.endedAt ?? "", $1.key) }
      ends += [ended.first, ended.last].compactMap { $0 }
    }
    let environments = try Set(ends.map(\.id)).map { try store.environment(of: $0) }
    for (key, name) in Self.shown {
      let values = Set(environments.compactMap { $0[key] }).sorted()
      guard !values.isEmpty, values != ["false"] else { continue }
      facts.append(NotebookPage.Fact(name: name, text: values.joined(separator: "; ")))
    }
    let dates = records.compactMap(\.endedAt).sorted()
    if let first = records.compactMap(\.startedAt).min(), let last = dates.last {
      facts.append(NotebookPage.Fact(name: "trained", text: Self.days(first, last)))
    }
    if !records.isEmpty {
      facts.append(NotebookPage.Fact(name: "training time", text: Self.training(records)))
    }
    self.facts = facts
  }

  /// For how long runs were trained, and how many of them to a result: `2 m in 11 runs, 1 interrupted`.
  private static func training(_ records: [RunRecord]) -> String {
    var seen: Set<RunID> = []
    let begun = records.filter { $0.durationSeconds != nil && seen.insert($0.id).inserted }
    let done = begun.count(where: \.status.isResult)
    let seconds = begun.reduce(0) { $0 + ($1.durationSeconds ?? 0) }
    let others = begun.filter { !$0.status.isResult }.unfinishedWords
    return duration(seconds) + " in \(Quantity.count(done)) \(done == 1 ? "run" : "runs")"
      + (others.isEmpty ? "" : ", \(others)")
  }

  /// A sum of training times.
  static func duration(_ seconds: Double) -> String {
    seconds < 1 ? "under 1 s" : Quantity.duration(seconds)
  }

  private static let shown = [
    ("version", "Labbook"), ("cpu", "processor"), ("cores", "cores"), ("system", "system"),
    ("kernels", "kernels"), ("blas", "BLAS"), ("git_commit", "git commit"),
    ("git_dirty", "files differ from it"),
  ]

  /// `2026-11-23 14:02 to 15:10 UTC`.
  private static func days(_ first: String, _ last: String) -> String {
    func minute(_ time: String) -> (day: String, clock: String) {
      (String(time.prefix(10)), String(time.dropFirst(11).prefix(5)))
    }
    let (from, to) = (minute(first), minute(last))
    if from == to { return "\(from.day) \(from.clock) UTC" }
    let end = from.day == to.day ? to.clock : "\(to.day) \(to.clock)"
    return "\(from.day) \(from.clock) to \(end) UTC"
  }

  /// A word as a shell takes it back.
  static func shellWord(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_=+./:,@%".unicodeScalars.contains(scalar))
    }
    if isPlain, !word.isEmpty { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// The values that every run of a plan has alike, by path.
  static func commonSettings(_ plan: RunPlan) -> [NotebookPage.Fact] {
    let configurations = plan.sweeps.flatMap { $0.configurations.map(\.configuration) }
    guard let first = configurations.first else { return [] }
    var common = Dictionary(
      first.hyperparameters.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
    common["train.seed"] = nil
    for configuration in configurations.dropFirst() where !common.isEmpty {
      var own: [String: ParameterValue] = [:]
      for parameter in configuration.hyperparameters { own[parameter.path] = parameter.value }
      common = common.filter { own[$0.key] == $0.value }
    }
    return common.sorted { $0.key < $1.key }.map {
      NotebookPage.Fact(name: $0.key, text: $0.value.display)
    }
  }
}
