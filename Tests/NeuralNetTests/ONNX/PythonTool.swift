import Foundation

/// The Python whose packages are witnesses: `LABBOOK_PYTHON`, else `python3`.
enum PythonTool {
  static let path = ProcessInfo.processInfo.environment["LABBOOK_PYTHON"] ?? "python3"

  /// Whether it can import a package.
  static func has(_ package: String) -> Bool {
    (try? run("import \(package)", []))?.status == 0
  }

  /// Runs a program.
  static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String)
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [path, "-c", program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
