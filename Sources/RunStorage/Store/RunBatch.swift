import GRDB
import Tracking

/// What one run sent since the last transaction, and where its series stand.
struct RunBatch: Sendable {
  let run: RunID
  private let row: Int64
  private let claim: RunClaim
  private var isBegun = false
  /// From where the run is trained; `nil` while it has not said so.
  var start: RunStart?
  /// A checkpoint that takes its name after the next transaction.
  var checkpoint: UnnamedCheckpoint?
  var lineage: Lineage?
  var buffer = PointBuffer()
  var chosen: ChosenEpoch?
  var artifacts: [ArtifactRecord] = []
  var files: [SmallFile] = []
  init(_ claim: RunClaim) {
    run = claim.run
    row = claim.row
    self.claim = claim
  }

  var isEmpty: Bool {
    (isBegun || start == nil) && buffer.count == 0 && chosen == nil && artifacts.isEmpty
      && files.isEmpty && checkpoint == nil && lineage == nil
  }

  /// Forgets what has been written.
  mutating func clear() {
    isBegun = true
    checkpoint?.takeName()
    checkpoint = nil
    lineage = nil
    buffer.removeAll()
    chosen = nil
    artifacts = []
    files = []
  }

  /// Inserts everything within a transaction.
  func insert(_ db: Database, _ numbers: StoredNumbers) throws {
    if !isBegun { try claim.begin(start ?? .anew, db, numbers) }
    var last = LastValues()
    for group in buffer.groups where !group.steps.isEmpty {
      try insert(group, db, numbers)
      last.add(group)
    }
    for (metric, value) in last.byMetric { try update(metric, value, db, numbers) }
    try updateRun(last, db)
    for artifact in artifacts { try insert(artifact, db) }
    if !files.isEmpty { try SmallFiles.insert(files, of: row, db) }
    if let lineage { try insert(lineage, db) }
  }

  /// Marks a run as begun that ends before it measured anything.
  func beginAtEnd(_ db: Database, _ numbers: StoredNumbers) throws {
    if !isBegun && isEmpty { try claim.begin(.kept, db, numbers) }
  }

  private func insert(_ lineage: Lineage, _ db: Database) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO states (run, lineage, updates) VALUES (?, ?, ?)"
    ).execute(arguments: [row, lineage.key, lineage.updates])
  }

  private func insert(
    _ group: PointBuffer.Group, _ db: Database, _ numbers: StoredNumbers
  ) throws {
    let layout = try numbers.layout(of: group.metrics, db)
    let statement = try RawStatement(
      db,
      """
      INSERT OR REPLACE INTO points (run, layout, step, epoch, time, v0, v1, v2, v3, v4, v5, v6, v7)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    statement.clear()
    statement.bind(row, at: 1)
    statement.bind(layout, at: 2)
    let width = group.metrics.count
    for place in group.steps.indices {
      statement.bind(group.steps[place], at: 3)
      statement.bind(group.epochs[place], at: 4)
      statement.bind(group.times[place], at: 5)
      for slot in 0..<width {
        statement.bind(group.values[place * width + slot], at: Int32(6 + slot))
      }
      try statement.run()
    }
  }

  /// Keeps the last value by step: a program may tell steps in any order.
  private func update(
    _ metric: Metric, _ last: LastValues.Value, _ db: Database, _ numbers: StoredNumbers
  ) throws {
    let statement = try RawStatement(
      db,
      """
      INSERT INTO series (run, metric, last, last_step) VALUES (?, ?, ?, ?)
      ON CONFLICT (run, metric) DO UPDATE SET last = excluded.last, last_step = excluded.last_step
      WHERE excluded.last_step >= last_step
      """)
    statement.bind(row, at: 1)
    statement.bind(try numbers.metric(metric, db), at: 2)
    statement.bind(last.value, at: 3)
    statement.bind(last.step, at: 4)
    try statement.run()
  }

  private func updateRun(_ last: LastValues, _ db: Database) throws {
    if let step = last.step {
      let reach = try RawStatement(
        db, "UPDATE runs SET step = ?1, epoch = ?2 WHERE id = ?3 AND (step IS NULL OR step <= ?1)")
      reach.clear()
      reach.bind(step, at: 1)
      if let epoch = last.epoch { reach.bind(epoch, at: 2) }
      reach.bind(row, at: 3)
      try reach.run()
    }
    if let chosen {
      let choose = try RawStatement(
        db, "UPDATE runs SET best_step = ?, best_epoch = ? WHERE id = ?")
      choose.bind(Int64(chosen.step), at: 1)
      choose.bind(Int64(chosen.epoch), at: 2)
      choose.bind(row, at: 3)
      try choose.run()
    }
  }

  private func insert(_ artifact: ArtifactRecord, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO artifacts (run, name, path, bytes, sha256) VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [row, artifact.name, artifact.path, artifact.bytes, artifact.sha256])
  }
}

/// The latest value of each metric of a batch, and how far the batch leads.
private struct LastValues {
  struct Value {
    let value: Double
    let step: Int64
  }

  private(set) var byMetric: [Metric: Value] = [:]
  private(set) var step: Int64?
  private(set) var epoch: Int64?

  mutating func add(_ group: PointBuffer.Group) {
    guard var place = group.steps.indices.first else { return }
    for later in group.steps.indices where group.steps[later] >= group.steps[place] {
      place = later
    }
    let reached = group.steps[place]
    if reached >= step ?? reached {
      step = reached
      epoch = group.epochs[place]
    }
    let width = group.metrics.count
    for (slot, metric) in group.metrics.enumerated() {
      if let known = byMetric[metric], known.step > reached { continue }
      byMetric[metric] = Value(value: group.values[place * width + slot], step: reached)
    }
  }
}
