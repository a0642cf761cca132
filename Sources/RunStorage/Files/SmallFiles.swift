import Foundation
import GRDB
import Tracking

/// A file of a run on its way into the store's own pages.
struct SmallFile: Sendable {
  let name: String
  let data: Data
  /// SHA-256 of the bytes as hexadecimal digits.
  let sha256: String

  init(_ name: String, _ data: Data) {
    self.name = name
    self.data = data
    var digest = SHA256Digest()
    digest.update(data)
    sha256 = digest.hex()
  }

  /// The digest as the store keeps it, 32 bytes.
  var digest: Data { Data(digits: sha256) }
}

extension Data {
  /// The bytes of an even number of hexadecimal digits.
  init(digits: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.utf8.count / 2)
    var high: UInt8?
    for digit in digits.utf8 {
      let value = digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : digit - 87
      if let first = high { bytes.append(first << 4 | value) }
      high = high == nil ? value : nil
    }
    self.init(bytes)
  }
}

/// The small files of runs, equal bytes once.
enum SmallFiles {
  /// A run's files are small where they have at most so many bytes together.
  static let greatestBytes = 64 << 10

  /// Files of so many bytes share a pack with the others of their run; a smaller one, which other runs
  /// are likely to have too, gets its own.
  private static let packedBytes = 1_024

  /// Makes files those of a run.
  static func insert(_ files: [SmallFile], of run: Int64, _ db: Database) throws {
    var known: [String: Int64] = [:]
    var fresh: [SmallFile] = []
    let find = try RawStatement(db, "SELECT id FROM contents WHERE digest = ?")
    for file in files where known[file.sha256] == nil {
      find.bind(file.digest, at: 1)
      if let content = try find.number() {
        known[file.sha256] = content
      } else if !fresh.contains(where: { $0.sha256 == file.sha256 }) {
        fresh.append(file)
      }
    }
    let packed = fresh.filter { $0.data.count >= packedBytes }
    if !packed.isEmpty { try insert(pack: packed, &known, db) }
    for file in fresh where file.data.count < packedBytes { try insert(pack: [file], &known, db) }
    let insert = try RawStatement(
      db, "INSERT OR REPLACE INTO small_artifacts (run, name, content) VALUES (?, ?, ?)")
    insert.bind(run, at: 1)
    for file in files {
      guard let content = known[file.sha256] else { continue }
      insert.bind(try WordTable.id(of: file.name, in: .artifactNames, db), at: 2)
      insert.bind(content, at: 3)
      try insert.run()
    }
  }

  private static func insert(
    pack files: [SmallFile], _ known: inout [String: Int64], _ db: Database
  ) throws {
    let add = try RawStatement(db, "INSERT INTO packs (data) VALUES (?)")
    add.bind(files.reduce(into: Data()) { $0 += $1.data }, at: 1)
    try add.run()
    let pack = db.lastInsertedRowID
    let insert = try RawStatement(
      db, "INSERT INTO contents (digest, pack, start, bytes) VALUES (?, ?, ?, ?)")
    var start = 0
    for file in files {
      insert.bind(file.digest, at: 1)
      insert.bind(pack, at: 2)
      insert.bind(Int64(start), at: 3)
      insert.bind(Int64(file.data.count), at: 4)
      try insert.run()
      known[file.sha256] = db.lastInsertedRowID
      start += file.data.count
    }
  }

  /// Takes files from a run, and from the store what no run has any more.
  ///
  /// - Parameter isKept: whether a file of this name stays.
  static func remove(
    of run: Int64, _ db: Database, except isKept: (String) -> Bool = { _ in false }
  ) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT small_artifacts.name, small_artifacts.content, artifact_names.name
          FROM small_artifacts JOIN artifact_names ON artifact_names.id = small_artifacts.name
          WHERE small_artifacts.run = ?
          """), arguments: [run]
    ).filter { !isKept(try $0.value(2)) }
    for row in rows {
      try db.cachedStatement(sql: "DELETE FROM small_artifacts WHERE run = ? AND name = ?")
        .execute(arguments: [run, try row.value(0, as: Int64.self)])
    }
    try removeUnused(rows.map { try $0.value(1) }, db)
  }

  /// Removes contents that no run has, and packs of which nothing is left.
  static func removeUnused(_ contents: [Int64], _ db: Database) throws {
    for content in Set(contents) {
      let pack = try Int64.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT pack FROM contents WHERE id = ?1
              AND NOT EXISTS (SELECT 1 FROM small_artifacts WHERE content = ?1)
            """), arguments: [content])
      guard let pack else { continue }
      try db.cachedStatement(sql: "DELETE FROM contents WHERE id = ?")
        .execute(arguments: [content])
      try db.cachedStatement(
        sql: """
          DELETE FROM packs WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM contents WHERE pack = ?1)
          """
      ).execute(arguments: [pack])
    }
  }
}
