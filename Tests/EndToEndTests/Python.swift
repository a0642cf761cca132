import Foundation

/// The Python whose packages are witnesses: `LABBOOK_PYTHON`, else `python3`.
enum Python {
  static let path = ProcessInfo.processInfo.environment["LABBOOK_PYTHON"] ?? "python3"

  /// Whether it can import a package.
  static func has(_ package: String) -> Bool {
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
