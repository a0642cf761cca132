import FileLanguage
import Foundation
import Results
import RunStorage
import Runs
import Terminal
import Tracking
import Web

/// The runs that an address asks for: `runs=A,B` by beginnings of their ids, `sweep=EXPERIMENT/SWEEP`, or
/// `where=EXPRESSION` of the whole store; the last two together too.
struct ChosenRuns: Sendable {
  /// The runs, in the order they are named or were registered.
  var runs: [RunRecord]
  /// The one sweep that was asked for; `nil` where several or none were.
  let sweep: SweepName?
  /// The variants of the runs, where a sweep was asked for that has some.
  let variants: [RunID: [String]]
  /// In what they differed when they were found.
  let axes: [SettingPath]
  /// Whether they were found by a sweep or a condition, so that they stand as they were registered, not
  /// named one by one.
  let areFound: Bool

  /// More runs than anybody names in an address.
  private static let most = 500

  /// Finds the runs of an address.
  ///
  /// - Throws: `LabbookError` that names the item of the address and what is wrong with it.
  init(_ query: WebQuery, in store: RunStore) throws {
    let named = query.all("runs").flatMap { $0.split(separator: ",") }.map(String.init)
    if !named.isEmpty {
      guard named.count <= Self.most else {
        throw LabbookError.input(
          "runs: \(named.count) are named, at most \(Self.most) can be",
          hint: "ask by where=EXPRESSION")
      }
      var seen: Set<RunID> = []
      runs = try named.map { try store.run(beginning: $0) }.filter { seen.insert($0.id).inserted }
      (sweep, variants, axes, areFound) = (nil, [:], runs.axes, false)
      return
    }
    sweep = try query["sweep"].flatMap { $0.isEmpty ? nil : $0 }.map { try Self.name($0) }
    let condition = query["where"].flatMap { $0.isEmpty ? nil : $0 }
    guard sweep != nil || condition != nil else {
      throw LabbookError.input(
        "the address names no runs", hint: "add runs=ID,ID, sweep=EXPERIMENT/SWEEP or where=EXPR")
    }
    let asked = sweep.map(RunQuery.init) ?? RunQuery()
    runs = try Self.filtering(condition, store) { try store.runs(asked, where: $0) }
    variants = try sweep.map { try store.variants(of: $0) } ?? [:]
    (axes, areFound) = (runs.axes, true)
    guard runs.isEmpty else { return }
    throw LabbookError.input(
      condition == nil
        ? "there is no sweep '\(query["sweep"] ?? "")' with runs"
        : "no run fits \(condition ?? "")",
      hint: "`labbook experiments` lists the sweeps, /runs the runs")
  }

  /// The one sweep that all of them are of; `nil` where there are several.
  var onlySweep: SweepName? {
    guard let first = sweep ?? runs.first?.sweep else { return nil }
    return sweep != nil || runs.allSatisfy { $0.sweep == first } ? first : nil
  }

  /// A sweep's two names with a slash between.
  static func name(_ text: String) throws(LabbookError) -> SweepName {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw .input("sweep: expected EXPERIMENT/SWEEP, found '\(text)'")
    }
    return SweepName(experiment: String(parts[0]), sweep: String(parts[1]))
  }

  /// Calls `body` with a condition, and tells its errors with a caret below their place.
  static func filtering<Result>(
    _ condition: String?, _ store: RunStore, _ body: (RunFilter?) throws -> Result
  ) throws -> Result {
    do { return try body(try condition.map { try RunFilter(Formula($0), in: store) }) } catch let
      error as FormulaError
    {
      let excerpt = Excerpt(condition ?? "", from: error.column - 1, count: error.width)
      throw LabbookError.input(
        "where: \(error.message)\n  \(excerpt.line)\n  \(excerpt.caret)", hint: error.hint)
    }
  }
}

extension ChosenRuns {
  /// By what the runs are judged: as the first one is of which somebody has said it.
  var objective: Objective? {
    runs.first { !$0.objective.metric.name.isEmpty }?.objective
  }

  /// The metric that the most runs have, of equal ones the first by name.
  var mostMeasured: Metric? {
    var counts: [Metric: Int] = [:]
    for metric in runs.flatMap(\.metrics.keys) { counts[metric, default: 0] += 1 }
    return counts.min { ($1.value, $0.key.name) < ($0.value, $1.key.name) }?.key
  }
}
