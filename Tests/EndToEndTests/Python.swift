import Foundation
import Testing

/// The Python whose packages are witnesses: `LABBOOK_PYTHON`, as scripts/witnesses makes it, else
/// `python3`.
enum Python {
  static let path = ProcessInfo.processInfo.environment["LABBOOK_PYTHON"] ?? "python3"

  static let need: Comment = "needs the packages of Tests/Python/requirements.txt (LABBOOK_PYTHON)"

  /// Whether it can import a package; in continuous integration nothing is skipped.
  static func has(_ package: String) -> Bool {
    if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
    guard let place = try? Workplace() else { return false }
    return (try? run(["-c", "import \(package)"], in: place))?.status == 0
  }

  /// Runs it in a folder.
  static func run(_ arguments: [String], in place: Workplace) throws -> Outcome {
    try RunningTool(
      executable: "/usr/bin/env", [path] + arguments, folder: place.path, environment: [:]
    ).wait()
  }
}
