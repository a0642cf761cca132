import Foundation

/// The Python whose packages are witnesses: `LABBOOK_PYTHON`, as scripts/witnesses makes it, else
/// `python3`.
package enum WitnessPython {
  package static let path = ProcessInfo.processInfo.environment["LABBOOK_PYTHON"] ?? "python3"

  package static let need = "needs the packages of Tests/Python/requirements.txt (LABBOOK_PYTHON)"

  /// Whether it can import packages; in continuous integration nothing is skipped.
  package static func has(_ packages: String) -> Bool {
    if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
    return (try? call(["-c", "import \(packages)"]))?.status == 0
  }

  /// Calls it and waits for its end.
  package static func call(
    _ arguments: [String], folder: String? = nil
  ) throws -> SpawnedProgram.Outcome {
    try SpawnedProgram.call("/usr/bin/env", [path] + arguments, folder: folder)
  }

  /// What it says of a call that goes wrong; empty where it is right.
  package static func complaint(_ arguments: [String]) throws -> String {
    let outcome = try call(arguments)
    return outcome.status == 0 ? "" : outcome.errors + "status \(outcome.status)"
  }
}
