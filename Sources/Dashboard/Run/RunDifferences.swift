import RunStorage
import Tracking

/// In what a run differs from the other runs of its sweep, as the latest plan has them.
struct RunDifferences {
  /// The sweep's runs, itself among them.
  let runs: Int
  let parameters: [Difference]
  /// Differing parameters beyond those that are shown.
  let leftOut: Int

  /// A parameter that differs in the sweep.
  struct Difference: Hashable {
    let path: String
    /// What an address calls it.
    let name: String
    /// What the run has; `nil` for nothing.
    let own: ParameterValue?
    /// What others have, with how many; the most frequent first.
    let others: [Other]
    /// Whether others have more values than are told.
    let isCut: Bool

    struct Other: Hashable {
      let value: ParameterValue
      let runs: Int
    }
  }

  private static let (most, mostValues) = (40, 6)

  init(_ run: RunRecord, _ cache: TableCache) throws {
    var request = TableRequest()
    (request.experiment, request.sweep) = (run.sweep.experiment, run.sweep.sweep)
    let snapshot = try cache.snapshot(request)
    let tally = snapshot.tally
    runs = tally.runs
    let differing = tally.differing
    leftOut = max(0, differing.count - Self.most)
    parameters = differing.prefix(Self.most).compactMap { path in
      guard let field = tally[.parameter(path)] else { return nil }
      let own = run.parameters[path]
      let others = field.values.filter { $0.value != own }
      return Difference(
        path: path, name: snapshot.names.short(path), own: own,
        others: others.prefix(Self.mostValues).map { .init(value: $0.value, runs: $0.runs) },
        isCut: field.isCut || others.count > Self.mostValues)
    }
  }
}
