import Foundation
import Testing

/// The Python whose packages are witnesses: `LABBOOK_PYTHON`, as scripts/witnesses makes it, else
/// `python3`.
enum WitnessPython {
  static let path = ProcessInfo.processInfo.environment["LABBOOK_PYTHON"] ?? "python3"

  static let need: Comment = "needs the packages of Tests/Python/requirements.txt (LABBOOK_PYTHON)"

  /// Whether it can import packages; in continuous integration nothing is skipped.
  static func has(_ packages: String) -> Bool {
    if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
    return (try? complaint(["-c", "import \(packages)"])) == ""
  }

  /// What it says of a call that goes wrong; empty where it is right.
  static func complaint(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [path] + arguments
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus == 0 { return "" }
    return String(decoding: text, as: UTF8.self) + "status \(process.terminationStatus)"
  }
}
