import GRDB
import Tracking

/// What makes logged runs seeds of one configuration: the same experiment and the same parameters but for
/// the seed.
///
/// Nothing says of runs without parameters that they are the same: each is a configuration of its own.
enum LoggedConfiguration {
  /// Sets a run's configuration from its parameters.
  static func set(_ row: Int64, _ db: Database) throws {
    let parameters = try RowReader(
      db,
      """
      SELECT parameter_keys.key, parameter_values.value FROM parameters
        JOIN parameter_keys ON parameter_keys.id = parameters.key
        JOIN parameter_values ON parameter_values.id = parameters.value
      WHERE parameters.run = ? ORDER BY parameter_keys.key
      """, [row])
    var lines: [String] = []
    var isSeeded = false
    while try parameters.next() {
      let path = parameters.text(0)
      if path == LoggedParameter.seedPath {
        isSeeded = true
      } else {
        lines.append("\(ParameterValue.json(path)):\(parameters.text(1))")
      }
    }
    guard !lines.isEmpty || isSeeded else { return }
    let experiment = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT sweeps.experiment FROM runs JOIN sweeps ON sweeps.id = runs.sweep
          WHERE runs.id = ?
          """), arguments: [row])
    let text = "mlflow \(experiment ?? 0) {" + lines.joined(separator: ",") + "}"
    try db.cachedStatement(sql: "UPDATE runs SET configuration = ? WHERE id = ?")
      .execute(arguments: [SHA256Digest.hex(of: text), row])
  }
}
