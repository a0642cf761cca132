import Foundation
import GRDB
public import Runs
import Tracking

/// What the files of a program held as the store keeps it: a JSON object of digests by paths.
enum ProgramFileText {
  static func text(_ contents: [String: String]) -> String {
    "{"
      + contents.sorted { $0.key < $1.key }.map {
        ParameterValue.json($0.key) + ":" + ParameterValue.json($0.value)
      }.joined(separator: ",") + "}"
  }

  static func contents(_ text: String) -> [String: String] {
    (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:]
  }
}

extension RunStore {
  /// The edits of which somebody has said that they change no number.
  public func acceptedEdits() throws -> AcceptedEdits {
    AcceptedEdits(
      try read { db in
        try Row.fetchAll(db, sql: "SELECT path, contents, counts_as FROM accepted_edits").map {
          AcceptedEdits.Edit(
            path: try $0.value(0), contents: try $0.value(1), countsAs: try $0.value(2))
        }
      })
  }

  /// Notes edits that change no number.
  ///
  /// - Throws: `LabbookError` where the store cannot be written.
  public func accept(_ edits: [AcceptedEdits.Edit]) throws {
    try write { db in
      for edit in edits {
        try db.execute(
          sql: """
            INSERT INTO accepted_edits (path, contents, counts_as, accepted_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (path, contents) DO UPDATE SET counts_as = excluded.counts_as,
              accepted_at = excluded.accepted_at
            """, arguments: [edit.path, edit.contents, edit.countsAs, Timestamp.now()])
      }
    }
  }

  /// What a file held of the programs that an experiment has run, the newest first, each once; `nil`
  /// where it was not among their files.
  public func contents(ofFile path: String, in experiment: String) throws -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT json_each.value FROM runs JOIN sweeps ON sweeps.id = runs.sweep
            JOIN experiments ON experiments.id = sweeps.experiment
            JOIN configurations ON configurations.id = runs.request
            JOIN json_each(configurations.files)
          WHERE experiments.name = ? AND json_each.key = ? AND runs.current = 1
            AND runs.status IN ('completed', 'diverged', 'stopped', 'interrupted')
          GROUP BY json_each.value ORDER BY MAX(runs.id) DESC
          """, arguments: [experiment, path])
    }
  }

  /// The first run of every configuration that a plan has asked for, in the order in which it did.
  func firstRuns(ofPlan hash: String) throws -> [RunID] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT run FROM (SELECT MIN(runs.id) AS first FROM plans
            JOIN plan_runs ON plan_runs.plan = plans.id JOIN runs ON runs.id = plan_runs.run
            WHERE plans.hash = ? GROUP BY runs.configuration) JOIN runs ON runs.id = first
          ORDER BY first
          """, arguments: [hash])
    }.compactMap { RunID($0) }
  }

  /// Whether an experiment has runs of programs of which is known what their files held.
  public func hasProgramRuns(of experiment: String) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM runs JOIN sweeps ON sweeps.id = runs.sweep
            JOIN experiments ON experiments.id = sweeps.experiment
            JOIN configurations ON configurations.id = runs.request
          WHERE experiments.name = ? AND configurations.files IS NOT NULL AND runs.current = 1
            AND runs.status IN ('completed', 'diverged', 'stopped', 'interrupted'))
          """, arguments: [experiment]) ?? false
    }
  }

  /// What the files of programs held, by the keys of their current runs.
  public func programFiles(ofKeys keys: [String]) throws -> [String: [String: String]] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT configurations.files FROM runs
            JOIN configurations ON configurations.id = runs.request
          WHERE runs.key = ? AND runs.current = 1 AND configurations.files IS NOT NULL
          """)
      var known: [String: [String: String]] = [:]
      return try keys.reduce(into: [:]) { found, key in
        guard let text = try String.fetchOne(statement, arguments: [key]) else { return }
        let contents = known[text] ?? ProgramFileText.contents(text)
        known[text] = contents
        found[key] = contents
      }
    }
  }

  /// What is known of the surroundings in which the current runs of some keys were made, each once with
  /// how many runs it has.
  public func environments(ofKeys keys: [String]) throws -> [(values: [String: String], runs: Int)]
  {
    let counts = try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT environment FROM runs WHERE key = ? AND current = 1")
      return try keys.reduce(into: [Int64: Int]()) { counts, key in
        guard let row = try Row.fetchOne(statement, arguments: [key]),
          let number: Int64 = try row.value(0, as: Int64?.self)
        else { return }
        counts[number, default: 0] += 1
      }
    }
    return try counts.sorted { $0.key < $1.key }.map { number, count in
      let rows = try read { db in
        try Row.fetchAll(
          db, sql: "SELECT key, value FROM environment_values WHERE environment = ?",
          arguments: [number])
      }
      let pairs = try rows.map {
        (try $0.value(0, as: String.self), try $0.value(1, as: String.self))
      }
      return (Dictionary(pairs) { first, _ in first }, count)
    }
  }
}
