import GRDB
public import Tracking

extension RunStore {
  /// The points of some metrics of some runs, run by run; a run without a metric has no curve of it.
  ///
  /// - Parameter step: only points after it, for whoever has those before; `nil` for all.
  public func curves(
    of runs: [RunID], _ metrics: [Metric], since step: Int? = nil
  ) throws -> [Curve] {
    try read { db in
      var reader = CurveReader(db)
      var curves: [Curve] = []
      for run in runs {
        let find = try db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?")
        guard let row = try Int64.fetchOne(find, arguments: [run.description]) else { continue }
        for metric in metrics {
          if let found = try reader.curve(of: run, row, metric, since: step) {
            curves.append(found)
          }
        }
      }
      return curves
    }
  }

  /// Calls `body` with every curve of some runs, one after the other, by the names of the metrics.
  ///
  /// - Parameter metrics: only these; empty means all.
  public func eachCurve(
    of runs: [RunRecord], _ metrics: [Metric], _ body: (RunRecord, Curve) throws -> Void
  ) throws {
    try read { db in
      var reader = CurveReader(db)
      for run in runs {
        let find = try db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?")
        guard let row = try Int64.fetchOne(find, arguments: [run.id.description]) else { continue }
        for metric in run.metrics.keys.sorted(by: { $0.name < $1.name })
        where metrics.isEmpty || metrics.contains(metric) {
          if let curve = try reader.curve(of: run.id, row, metric) { try body(run, curve) }
        }
      }
    }
  }
}

/// Reads points by raw columns: a curve may have a million of them.
private struct CurveReader {
  private struct Point {
    let step: Int64
    let epoch: Int64
    let time: Int64
    let value: Double
  }

  private let db: Database
  /// In which rows a metric's values stand, and where in them.
  private var places: [Metric: [(layout: Int64, slot: Int)]] = [:]

  init(_ db: Database) { self.db = db }

  mutating func curve(
    of run: RunID, _ row: Int64, _ metric: Metric, since step: Int? = nil
  ) throws -> Curve? {
    var points: [Point] = []
    var layouts = 0
    for place in try places(of: metric) {
      let before = points.count
      try read(&points, row, place, since: step)
      if points.count > before { layouts += 1 }
    }
    guard !points.isEmpty else { return nil }
    if layouts > 1 { points.sort { $0.step < $1.step } }
    return Curve(
      run: run, metric: metric, steps: points.map { Int($0.step) },
      epochs: points.map { Int($0.epoch) }, values: points.map(\.value),
      times: points.map(\.time))
  }

  private mutating func places(of metric: Metric) throws -> [(layout: Int64, slot: Int)] {
    if let known = places[metric] { return known }
    let rows = try RowReader(
      db,
      """
      SELECT slots.layout, slots.slot FROM slots JOIN metrics ON metrics.id = slots.metric
      WHERE metrics.name = ?
      """, [metric.name])
    var found: [(layout: Int64, slot: Int)] = []
    while try rows.next() { found.append((rows.integer(0), Int(rows.integer(1)))) }
    places[metric] = found
    return found
  }

  private func read(
    _ points: inout [Point], _ run: Int64, _ place: (layout: Int64, slot: Int), since step: Int?
  ) throws {
    let rows = try RowReader(
      db,
      """
      SELECT step, epoch, time, v\(place.slot) FROM points
      WHERE run = ? AND layout = ? AND step > ? ORDER BY step
      """, [run, place.layout, step.map(Int64.init) ?? .min])
    while try rows.next() {
      points.append(
        Point(
          step: rows.integer(0), epoch: rows.integer(1), time: rows.integer(2),
          value: rows.optionalNumber(3) ?? .nan))
    }
  }
}
