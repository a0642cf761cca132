import Results
import RunStorage
import Runs
import Tracking

/// A key by which runs of any sweeps are told apart: a column of `run_table`, `variant`, or a setting as
/// expressions name it.
struct GroupKey: Hashable, Sendable {
  /// As it was written.
  let text: String
  private let meaning: Meaning

  /// What a run is asked for.
  private enum Meaning: Hashable {
    case variant
    case column
    case setting(SettingPath?)
  }

  init(text: String) {
    self.text = text
    meaning =
      text == "variant"
      ? .variant
      : RunRecord.columns.contains(text) ? .column : .setting(SettingPath(bare: text))
  }

  /// The keys of a list with commas between, those that some of the runs have.
  ///
  /// - Throws: `LabbookError` with the nearest name for one that no run has.
  static func keys(_ text: String, of chosen: ChosenRuns) throws(LabbookError) -> [GroupKey] {
    let keys = text.split(separator: ",").map {
      GroupKey(text: $0.trimmingPrefix { $0 == " " }.description)
    }
    for key in keys where !chosen.runs.contains(where: { key.value(in: $0, chosen) != nil }) {
      let known = Set(chosen.runs.paths.map(shortPath)).sorted()
      let near = nearestName(to: key.text, among: known + RunRecord.columns)
      throw .input(
        "by: no run that was asked for has '\(key.text)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "")
    }
    return keys
  }

  /// What a run has of it; `nil` for nothing.
  func value(in run: RunRecord, _ chosen: ChosenRuns) -> ParameterValue? {
    switch meaning {
    case .variant:
      let names = chosen.variants[run.id] ?? []
      return names.isEmpty ? nil : .text(names.joined(separator: ", "))
    case .column:
      let value = run.value(ofColumn: text)
      return value == .off ? nil : value
    case .setting(let path):
      return run.parameters[text] ?? path.flatMap { run.value(at: $0) }
    }
  }

  /// What a run has of it, for people.
  func words(of run: RunRecord, _ chosen: ChosenRuns) -> String {
    value(in: run, chosen)?.display ?? "none"
  }
}
