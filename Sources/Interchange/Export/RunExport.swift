public import RunStorage
import Terminal
public import Tracking

/// Every run of a store, a record each, or every measured value: `labbook export`.
///
/// Runs are read some at a time, so that a store of any size goes through.
public struct RunExport {
  private let store: RunStore
  private let query: RunQuery
  private let isJSON: Bool
  private let write: (String) -> Void

  /// Runs that are read at once.
  package static let pageSize = 500

  /// Makes an export.
  ///
  /// - Parameters:
  ///   - query: which runs.
  ///   - json: whether lines are JSON objects instead of CSV.
  ///   - write: takes the text, piece by piece.
  public init(
    _ store: RunStore, _ query: RunQuery, json: Bool, write: @escaping (String) -> Void
  ) {
    self.store = store
    self.query = query
    isJSON = json
    self.write = write
  }

  /// A record a run: what it is, every parameter, the last and the best value of every metric.
  public func runs() throws {
    let names = try store.names()
    let lines = RecordLines(
      Self.facts + names.parameters + names.metrics.flatMap { [$0, "best " + $0] }, json: isJSON)
    write(lines.header)
    let metrics = names.metrics.map { Metric($0) }
    try eachPage { runs in
      for run in runs {
        var values = facts(run)
        values += names.parameters.map { run.parameters[$0] ?? .off }
        for metric in metrics {
          values.append(number(run.value(of: metric, .last)))
          values.append(number(run.value(of: metric, .best)))
        }
        write(lines.line(values))
      }
    }
  }

  /// A record a measured value.
  ///
  /// - Parameter metrics: only these; empty means all.
  public func metrics(_ metrics: [Metric] = []) throws {
    let lines = PointLines(json: isJSON)
    write(lines.header)
    try eachPage { runs in
      try store.eachCurve(of: runs, metrics) { write(lines.text($1, of: $0)) }
    }
  }

  private func eachPage(_ body: ([RunRecord]) throws -> Void) throws {
    var page = query
    page.limit = Self.pageSize
    while true {
      let runs = try store.runs(page)
      try body(runs)
      guard runs.count == Self.pageSize, let last = runs.last else { return }
      page.after = last.id
    }
  }

  private static let facts = [
    "run", "key", "configuration", "experiment", "sweep", "status", "current", "seed",
    "created_at", "started_at", "ended_at", "duration_s", "step", "epoch", "best_step",
    "best_epoch", "message", "note", "tags",
  ]

  private func facts(_ run: RunRecord) -> [ParameterValue] {
    func text(_ value: String?) -> ParameterValue { value.map { .text($0) } ?? .off }
    func integer(_ value: Int?) -> ParameterValue { value.map { .integer($0) } ?? .off }
    return [
      .text(run.id.description), .text(run.key), .text(run.configuration),
      .text(run.sweep.experiment), .text(run.sweep.sweep), .text(run.status.rawValue),
      .integer(run.isCurrent ? 1 : 0), .integer(run.seed), .text(run.createdAt),
      text(run.startedAt), text(run.endedAt), number(run.durationSeconds), integer(run.step),
      integer(run.epoch), integer(run.bestStep), integer(run.bestEpoch), text(run.message),
      text(run.note), run.tags.isEmpty ? .off : .text(run.tags.joined(separator: ", ")),
    ]
  }

  private func number(_ value: Double?) -> ParameterValue { value.map { .number($0) } ?? .off }
}
