import Experiments
import Languages
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import Tracking

/// How a page was made: by which program, on which machine, when, and how to make it again.
struct PageOrigin {
  let facts: [NotebookPage.Fact]

  /// What the store has of the runs, read once.
  struct Records {
    let runs: [RunRecord]
    let environments: [[String: String]]

    init(_ sweeps: [SweepView], _ store: RunStore) throws {
      runs = sweeps.flatMap(\.runs)
      // The runs of a sweep share their surroundings, unless it was continued elsewhere.
      var ends: [RunRecord] = []
      for results in sweeps {
        let ended = results.runs.filter { $0.endedAt != nil }
          .sorted { ($0.endedAt ?? "", $0.key) < ($1.endedAt ?? "", $1.key) }
        ends += [ended.first, ended.last].compactMap { $0 }
      }
      environments = try Set(ends.map(\.id)).map { try store.environment(of: $0) }
    }
  }

  init(
    _ experiment: Experiment, _ origin: Records, _ overrides: [String], _ language: Language
  ) {
    let records = origin.runs
    var command = ["labbook", "run", experiment.file]
    for override in overrides { command += ["--set", override] }
    var facts = [
      NotebookPage.Fact(
        name: language(.command), text: command.map(Self.shellWord).joined(separator: " "),
        isCode: true)
    ]
    for (key, name) in Self.shown {
      let values = Set(origin.environments.compactMap { $0[key] }).sorted()
      guard !values.isEmpty, values != ["false"] else { continue }
      let text = values.map { value in
        switch value {
        case "true": language(.yes)
        case Language.english(.kernelsMultiply): language(.kernelsMultiply)
        default: value
        }
      }.joined(separator: "; ")
      facts.append(NotebookPage.Fact(name: language(name), text: text))
    }
    let dates = records.compactMap(\.endedAt).sorted()
    if let first = records.compactMap(\.startedAt).min(), let last = dates.last {
      facts.append(
        NotebookPage.Fact(name: language(.trained), text: Self.days(first, last, language)))
    }
    if !records.isEmpty {
      facts.append(
        NotebookPage.Fact(
          name: language(.trainingTime), text: Self.training(records, language)))
    }
    self.facts = facts
  }

  /// For how long runs were trained, and how many of them to a result: `2 m in 11 runs, 1 interrupted`.
  private static func training(_ records: [RunRecord], _ language: Language) -> String {
    var seen: Set<RunID> = []
    let begun = records.filter { $0.durationSeconds != nil && seen.insert($0.id).inserted }
    let done = begun.count(where: \.status.isResult)
    let seconds = begun.reduce(0) { $0 + ($1.durationSeconds ?? 0) }
    let others = begun.filter { !$0.status.isResult }.unfinishedWords(language)
    return language(.timeInRuns, duration(seconds, language), language.grouped(done), done)
      + (others.isEmpty ? "" : ", \(others)")
  }

  /// A sum of training times.
  static func duration(_ seconds: Double, _ language: Language) -> String {
    seconds < 1 ? language(.underOneSecond) : language.duration(Quantity.duration(seconds))
  }

  private static let shown: [(key: String, name: Phrase)] = [
    ("version", .labbook), ("cpu", .processor), ("cores", .cores), ("system", .system),
    ("kernels", .kernels), ("blas", .blas), ("git_commit", .gitCommit),
    ("git_dirty", .filesDiffer),
  ]

  /// `2026-11-23 14:02 to 15:10 UTC`.
  private static func days(
    _ first: String, _ last: String, _ language: Language
  ) -> String {
    func minute(_ time: String) -> (day: String, clock: String) {
      (String(time.prefix(10)), String(time.dropFirst(11).prefix(5)))
    }
    let (from, to) = (minute(first), minute(last))
    if from == to { return "\(from.day) \(from.clock) UTC" }
    let end = from.day == to.day ? to.clock : "\(to.day) \(to.clock)"
    return language(.fromTo, "\(from.day) \(from.clock)", end) + " UTC"
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
