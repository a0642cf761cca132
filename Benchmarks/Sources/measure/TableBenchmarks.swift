import Datasets
import Foundation
import Tracking

/// Reading of tables, from the path to rows of which all is known.
enum TableBenchmarks {
  /// Reads a table and prints how long that took, and the most memory that the process held.
  ///
  /// - Parameter target: the column to predict; empty for none.
  static func read(_ path: String, target: String) throws {
    guard let choice = Sources.all.first(where: { $0.name == "csv" }) else { exit(2) }
    var values: [String: ParameterValue] = [:]
    for setting in choice.settings { values[setting.name] = setting.standard ?? .off }
    values["path"] = .text(path)
    values["target"] = target.isEmpty ? .off : .text(target)
    let start = wallSeconds()
    let shape = try DataLibrary().shape(of: DataConfiguration(source: Chosen("csv", values)))
    let seconds = wallSeconds() - start
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    report([
      "part": "tables", "rows": shape.trainRows, "seconds": seconds,
      "bytes": usage.ru_maxrss * 1024,
    ])
  }
}
