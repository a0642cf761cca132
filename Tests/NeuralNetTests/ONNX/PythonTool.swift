import Foundation
import Testing

/// The Python whose packages are witnesses: `LABBOOK_PYTHON`, as scripts/witnesses makes it, else
/// `python3`.
enum PythonTool {
  static let path = ProcessInfo.processInfo.environment["LABBOOK_PYTHON"] ?? "python3"

  static let need: Comment = "needs the packages of Tests/Python/requirements.txt (LABBOOK_PYTHON)"

  /// Whether it can import packages; in continuous integration nothing is skipped.
  static func has(_ packages: String) -> Bool {
    if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
    return (try? run(["-c", "import \(packages)"]))?.status == 0
  }

  /// Runs it; what it wrote.
  static func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [path] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
