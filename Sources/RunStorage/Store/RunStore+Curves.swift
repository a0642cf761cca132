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
      let find = try RawStatement(db, "SELECT id FROM runs WHERE run = ?")
      for run in runs {
        find.bind(run.description, at: 1)
        guard let row = try find.number() else { continue }
        curves += try reader.curves(of: run, row, metrics, since: step)
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
          for curve in try reader.curves(of: run.id, row, [metric]) { try body(run, curve) }
        }
      }
    }
  }
}

/// Reads points by raw columns: a curve may have a million of them.
private struct CurveReader {
  private let db: Database
  /// How the metrics of a list are read, each list's once.
  private var plans: [[Metric]: [Layout]] = [:]

  /// The rows in which some metrics of a list stand together.
  private struct Layout {
    let number: Int64
    /// Which metrics of the list, in the order of the columns.
    let metrics: [Int]
    let rows: RowReader
  }

  /// What one kind of row has of a run.
  private struct Piece {
    var steps: [Int] = []
    var epochs: [Int] = []
    var times: [Int64] = []
    var values: [[Double]]
  }

  init(_ db: Database) { self.db = db }

  /// The curves of some metrics, those that the run has; curves of one kind of row share their steps.
  mutating func curves(
    of run: RunID, _ row: Int64, _ metrics: [Metric], since step: Int? = nil
  ) throws -> [Curve] {
    var found: [[(piece: Piece, column: Int)]] = metrics.map { _ in [] }
    for layout in try plan(of: metrics) {
      let piece = try piece(layout, row, since: step)
      if piece.steps.isEmpty { continue }
      for (column, metric) in layout.metrics.enumerated() { found[metric].append((piece, column)) }
    }
    return zip(metrics, found).compactMap { metric, pieces in
      pieces.isEmpty ? nil : Self.curve(run, metric, pieces)
    }
  }

  private static func curve(
    _ run: RunID, _ metric: Metric, _ pieces: [(piece: Piece, column: Int)]
  ) -> Curve {
    if pieces.count == 1 {
      let (piece, column) = pieces[0]
      return Curve(
        run: run, metric: metric, steps: piece.steps, epochs: piece.epochs,
        values: piece.values[column], times: piece.times)
    }
    var points = pieces.flatMap { piece, column in
      piece.steps.indices.map {
        (piece.steps[$0], piece.epochs[$0], piece.values[column][$0], piece.times[$0])
      }
    }
    points.sort { $0.0 < $1.0 }
    return Curve(
      run: run, metric: metric, steps: points.map(\.0), epochs: points.map(\.1),
      values: points.map(\.2), times: points.map(\.3))
  }

  private func piece(_ layout: Layout, _ row: Int64, since step: Int?) throws -> Piece {
    var piece = Piece(values: layout.metrics.map { _ in [] })
    let rows = layout.rows
    rows.restart(with: row, layout.number, step.map(Int64.init) ?? .min)
    while try rows.next() {
      piece.steps.append(Int(rows.integer(0)))
      piece.epochs.append(Int(rows.integer(1)))
      piece.times.append(rows.integer(2))
      for column in layout.metrics.indices {
        piece.values[column].append(rows.optionalNumber(Int32(3 + column)) ?? .nan)
      }
    }
    return piece
  }

  private mutating func plan(of metrics: [Metric]) throws -> [Layout] {
    if let known = plans[metrics] { return known }
    var slots: [Int64: [(metric: Int, slot: Int64)]] = [:]
    for (place, metric) in metrics.enumerated() {
      let rows = try RowReader(
        db,
        """
        SELECT slots.layout, slots.slot FROM slots JOIN metrics ON metrics.id = slots.metric
        WHERE metrics.name = ?
        """, [metric.name])
      while try rows.next() {
        slots[rows.integer(0), default: []].append((place, rows.integer(1)))
      }
    }
    let plan = try slots.sorted { $0.key < $1.key }.map { number, slots in
      let columns = slots.map { ", v\($0.slot)" }.joined()
      let rows = try RowReader(
        db,
        """
        SELECT step, epoch, time\(columns) FROM points
        WHERE run = ? AND layout = ? AND step > ? ORDER BY step
        """, [0, 0, 0])
      return Layout(number: number, metrics: slots.map(\.metric), rows: rows)
    }
    plans[metrics] = plan
    return plan
  }
}
