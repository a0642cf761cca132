import GRDB
import Tracking

/// The parameters of logged runs, within a transaction.
struct LoggedParameters {
  private let db: Database
  private let words: LogWords

  init(_ db: Database, _ words: LogWords) {
    self.db = db
    self.words = words
  }

  /// Which of some parameters a run does not have yet.
  ///
  /// - Throws: `LogRefusal` where it has one with another value.
  func new(_ parameters: [LoggedText], _ row: LoggedRunRow) throws -> [LoggedText] {
    if parameters.isEmpty { return [] }
    var known: [String: String] = [:]
    return try parameters.filter { parameter in
      guard let before = try known[parameter.key] ?? text(of: parameter.key, row) else {
        known[parameter.key] = parameter.value
        return true
      }
      if before == parameter.value { return false }
      if !row.isLogged, Self.isAlike(before, parameter.value) { return false }
      throw LogRefusal(
        .invalid,
        "Changing param values is not allowed. Param with key='\(parameter.key)' was already "
          + "logged with value='\(before)' for run ID='\(row.run)'. Attempted logging new value "
          + "'\(parameter.value)'.")
    }
  }

  /// Whether a program that Labbook started may mean the value that it was given: `1e-1` for 0.1, Python's
  /// `True` for true, `[1, 2]` for a list.
  private static func isAlike(_ given: String, _ sent: String) -> Bool {
    if LoggedParameter(given).value == LoggedParameter(sent).value { return true }
    let plain = { (text: String) in text.lowercased().filter { !"[]()'\" ".contains($0) } }
    return plain(given) == plain(sent)
  }

  func insert(_ parameters: [LoggedText], _ row: LoggedRunRow) throws {
    if parameters.isEmpty { return }
    let seed = seed(among: parameters, row)
    let statement = try RawStatement(
      db, "INSERT OR REPLACE INTO parameters (run, key, value, text) VALUES (?, ?, ?, ?)")
    for parameter in parameters {
      let path =
        parameter.key == seed?.name
        ? LoggedParameter.seedPath : LoggedParameter.prefix + parameter.key
      let read = LoggedParameter(parameter.value)
      let (key, value) = (try words.key(path, db), try words.value(read.value.json, db))
      statement.clear()
      statement.bind(row.row, at: 1)
      statement.bind(key, at: 2)
      statement.bind(value, at: 3)
      if let text = read.text { statement.bind(text, at: 4) }
      try statement.run()
    }
    guard row.isLogged else { return }
    words.note(row.row)
    guard let seed else { return }
    try db.execute(sql: "UPDATE runs SET seed = ? WHERE id = ?", arguments: [seed.value, row.row])
    try db.execute(
      sql: "UPDATE logged_runs SET seed_name = ? WHERE run = ?", arguments: [seed.name, row.row])
  }

  /// Which of some parameters is the run's seed: a whole number under one of the names that mean one.
  private func seed(
    among parameters: [LoggedText], _ row: LoggedRunRow
  ) -> (name: String, value: Int)? {
    guard row.isLogged, row.seedName == nil else { return nil }
    for name in LoggedParameter.seedNames {
      for parameter in parameters where parameter.key == name {
        if let value = LoggedParameter.seed(parameter.value) { return (name, value) }
      }
    }
    return nil
  }

  /// What a run has under a name, as it was sent.
  private func text(of key: String, _ row: LoggedRunRow) throws -> String? {
    let path = key == row.seedName ? LoggedParameter.seedPath : LoggedParameter.prefix + key
    let find = try RowReader(
      db,
      """
      SELECT parameters.text, parameter_values.value FROM parameters
        JOIN parameter_values ON parameter_values.id = parameters.value
      WHERE parameters.run = ? AND parameters.key = ?
      """, [row.row, try words.key(path, db)])
    defer { find.end() }
    guard try find.next() else { return nil }
    return find.optionalText(0) ?? ParameterValue(storedJSON: find.text(1))?.display ?? find.text(1)
  }
}
