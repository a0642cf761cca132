public import Datasets
import Foundation
import GRDB
import Runs
public import Tracking

extension RunStore {
  /// A run as the value that it was trained as.
  ///
  /// A relative path is meant from the folder that the run was written for; where that is gone, from the
  /// folder that lies to the store as that one did. A run of 0.1.0 is made of its parameters.
  ///
  /// - Parameter library: says the sizes of the data where a run of 0.1.0 has an `mlp`.
  /// - Throws: `LabbookError` where there is no such run, or what is stored does not make one.
  public func configuration(
    of run: RunID, in library: DataLibrary = DataLibrary()
  ) throws -> StoredRun {
    try StoreFailure.mapped(path) { try stored(run, library) }
  }

  private func stored(_ run: RunID, _ library: DataLibrary) throws -> StoredRun {
    let found = try read { db in
      try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT runs.key, runs.seed, configurations.json, configurations.data,
              configurations.initial_weights, configurations.folder, configurations.relation,
              configurations.files
            FROM runs LEFT JOIN configurations ON configurations.id = runs.request
            WHERE runs.run = ?
            """), arguments: [run.description])
    }
    guard let found, let record = try self.run(run) else {
      throw LabbookError.input("there is no run \(run.short) in '\(path)'")
    }
    try record.checkIsOwn(for: "what a run was trained as")
    let parameters = record.parameters.sorted { $0.key < $1.key }
      .map { Hyperparameter($0.key, $0.value) }
    guard let json: String = try found.value(2) else {
      return try configuration(of: record, parameters, library)
    }
    var configuration: RunConfiguration
    do {
      configuration = try JSONDecoder().decode(RunConfiguration.self, from: Data(json.utf8))
    } catch {
      let reason = (error as? LabbookError)?.message ?? "\(error)"
      throw LabbookError.failure(
        "the configuration of run \(run.short) in '\(path)' cannot be read: \(reason)")
    }
    configuration.hyperparameters = parameters
    let folder = StoredFolder(
      folder: try found.value(5), relation: try found.value(6), store: place.folder)
    return StoredRun(
      run: run, key: try found.value(0),
      configuration: configuration.with(seed: try found.value(1)).relocated(folder.locate),
      files: FileFingerprints(
        data: try found.value(3), initialWeights: try found.value(4),
        program: try found.value(7, as: String?.self).map(ProgramFileText.contents)),
      folder: folder.folder)
  }

  /// Which way a metric is better, as the objective of a run in the store says it, its name, or the file
  /// of the newest run that has it; `nil` where none does.
  public func direction(of metric: Metric) throws -> Direction? {
    let (stated, newest) = try read { db in
      (
        try String.fetchOne(
          db, sql: "SELECT direction FROM runs WHERE objective = ? LIMIT 1",
          arguments: [metric.name]),
        try String.fetchOne(
          db,
          sql: """
            SELECT runs.run FROM series JOIN metrics ON metrics.id = series.metric
            JOIN runs ON runs.id = series.run WHERE metrics.name = ? ORDER BY series.run DESC LIMIT 1
            """, arguments: [metric.name])
      )
    }
    if let stated { return Direction(rawValue: stated) }
    if let known = metric.direction { return known }
    return try newest.flatMap(RunID.init).flatMap { try directions(of: $0) }?.direction(of: metric)
  }

  /// What the file of a run said of metrics whose names say nothing.
  public func directions(of run: RunID) throws -> MetricDirections? {
    let text = try read { db in
      try String.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT json_extract(configurations.json, '$.directions')
            FROM runs JOIN configurations ON configurations.id = runs.request WHERE runs.run = ?
            """), arguments: [run.description])
    }
    return text.flatMap { try? JSONDecoder().decode(MetricDirections.self, from: Data($0.utf8)) }
  }

  /// The way back for runs that kept no configuration.
  private func configuration(
    of record: RunRecord, _ parameters: [Hyperparameter], _ library: DataLibrary
  ) throws -> StoredRun {
    let written = try environment(of: record.id)["folder"]
    let folder = StoredFolder(
      folder: written ?? place.folder, relation: ".", store: place.folder)
    let configuration = try RunConfiguration(
      parameters: parameters, objective: record.objective, locate: folder.locate,
      shape: { data in
        do throws(DataError) { return try library.shape(of: data) } catch {
          throw LabbookError.input(error.text, hint: error.hint)
        }
      })
    return StoredRun(
      run: record.id, key: record.key, configuration: configuration, files: nil, folder: written)
  }
}

/// The folder from which the paths of a run are meant.
struct StoredFolder {
  /// Where it was, absolute.
  let folder: String
  /// How it lay to the store's folder.
  let relation: String
  /// Where the store lies now.
  let store: String

  /// Where a file lies now: at its old place, or where it lies to the store as it did.
  func locate(_ path: String) -> String {
    if path.hasPrefix("/") || path.isEmpty { return path }
    let before = folder + "/" + path
    if FileManager.default.fileExists(atPath: before) { return before }
    let moved = StorePlace.real(store + "/" + relation) + "/" + path
    return FileManager.default.fileExists(atPath: moved) ? moved : before
  }
}

/// Writes configurations within a transaction, each once for all of its seeds.
struct ConfigurationTable {
  private struct Known: Hashable {
    let body: RunConfiguration.Body
    let objective: Objective
    let directions: MetricDirections?
    let files: FileFingerprints
  }

  private let db: Database
  private let folder: String
  private let relation: String
  private var known: [Known: Int64] = [:]
  private var text = ConfigurationText()

  init(_ db: Database, _ place: StorePlace) {
    self.db = db
    folder = FileManager.default.currentDirectoryPath
    relation = StorePlace.relation(from: place.folder, to: folder)
  }

  /// The number of a request's configuration.
  mutating func row(of request: RunRequest) throws -> Int64 {
    var configuration = request.configuration.with(seed: 0)
    configuration.hyperparameters = []  // They are in `run_params`.
    let key = Known(
      body: configuration.body, objective: configuration.objective,
      directions: configuration.directions, files: request.files)
    if let row = known[key] { return row }
    let row = try self.row(try text.json(of: configuration), request.files)
    known[key] = row
    return row
  }

  private func row(_ json: String, _ files: FileFingerprints) throws -> Int64 {
    let contents = files.program.map(ProgramFileText.text)
    let parts =
      [json, files.data, files.initialWeights ?? "", folder, relation]
      + (contents.map { [$0] } ?? [])
    let digest = Data(digits: SHA256Digest.hex(of: parts.joined(separator: "\n")))
    let find = try db.cachedStatement(sql: "SELECT id FROM configurations WHERE digest = ?")
    if let row = try Int64.fetchOne(find, arguments: [digest]) { return row }
    try db.cachedStatement(
      sql: """
        INSERT INTO configurations (digest, json, data, initial_weights, folder, relation, files)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [digest, json, files.data, files.initialWeights, folder, relation, contents])
    return db.lastInsertedRowID
  }
}
