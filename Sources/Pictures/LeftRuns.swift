package import Languages
package import Results
package import RunStorage
package import Runs
package import Tracking

/// Runs of a configuration whose networks are not asked.
package struct LeftRuns {
  /// Those that diverged or failed, where others did not.
  package var bad: [RunRecord] = []
  /// Those that kept no finite weights.
  package var weightless = 0

  /// How many of each: `1 diverged, 2 without finite weights`; empty where every run is asked.
  package func words(_ language: Language) -> String {
    [bad.badWords(language), weightless > 0 ? language(.withoutWeights, weightless) : ""]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// What a figure says of the runs that several configurations leave out.
  package static func notes(_ all: [LeftRuns], _ language: Language) -> [String] {
    let sum = LeftRuns(
      bad: all.flatMap(\.bad), weightless: all.reduce(0) { $0 + $1.weightless })
    let words = sum.words(language)
    return words.isEmpty ? [] : [language(.leftOut, words)]
  }
}

extension LeftRuns {
  /// The same of networks, each of which may be asked at several moments.
  package static func notes(_ asked: [AskedNetworks], _ language: Language) -> [String] {
    notes(
      Dictionary(grouping: asked, by: \.group).values.compactMap { moments in
        moments.map(\.left).max { $0.weightless < $1.weightless }
      }, language)
  }
}

extension SweepView.Point {
  /// The runs whose networks are asked: those that neither diverged nor failed, all where every one did.
  ///
  /// Of folds those of the first are asked: its rows are known to no other's networks in the same way.
  ///
  /// - Parameter firstOnly: whether only the first of them is; then those before it are left out alone.
  package func askedRuns(firstOnly: Bool) -> (runs: [RunRecord], bad: [RunRecord]) {
    let runs = runs.filter { $0.fold ?? 1 == 1 }
    let good = runs.filter { !$0.status.isBad }
    guard let first = good.first else { return (firstOnly ? Array(runs.prefix(1)) : runs, []) }
    guard firstOnly else { return (good, runs.filter(\.status.isBad)) }
    return ([first], runs.prefix { $0.status.isBad })
  }
}

extension SweepView.Group {
  /// Its stored runs.
  package var runs: [RunRecord] { points.flatMap(\.runs) }

  /// Its name, and where no run of it counts what became of them: `wide (all diverged)`.
  package func told(_ language: Language) -> String {
    name + (runs.lostWords(language).map { " (\($0))" } ?? "")
  }
}

extension FigureMaker {
  /// The groups whose runs all diverged or failed.
  package func lostGroups(by key: SweepKey?) -> [SweepView.Group] {
    (key.map { sweep.groups(by: $0) } ?? sweep.modelGroups)
      .filter { $0.runs.lostWords(language) != nil }
  }

  /// What a figure says of such groups that are not among those it shows.
  package func lostNotes(by key: SweepKey?, shown: [String]) -> [String] {
    let lost = lostGroups(by: key).map { $0.told(language) }.filter { !shown.contains($0) }
      .map { "\(language.key(key?.label ?? "model")) \($0)" }
    return lost.isEmpty ? [] : [language(.noNetworkLeft, lost.joined(separator: ", "))]
  }

  /// The error where no run has weights.
  package func noWeights(_ purpose: String) -> LabbookError {
    if let lost = sweep.runs.lostWords(.english) {
      return .failure(
        "the runs of the sweep '\(sweep.name)' \(lost): none has weights \(purpose)")
    }
    return .failure(
      "no run of the sweep '\(sweep.name)' has ended with weights \(purpose)",
      hint: "`labbook run FILE` trains them")
  }
}
