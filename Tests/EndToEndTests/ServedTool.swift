import Foundation
import Testing
import Tracking

/// A server at work, and the lines that it printed.
struct ServedTool {
  let tool: RunningTool
  let lines: [String]

  init(_ place: Workplace, _ arguments: [String] = []) throws {
    try place.write("printed", "")
    tool = try RunningTool(
      executable: "/bin/sh", ["-c", "exec \"$@\" >printed", "sh", toolPath, "serve"] + arguments,
      folder: place.path, environment: [:])
    let hasAll = try tool.reaches {
      try place.read("printed").contains("MLFLOW_TRACKING_TOKEN=")
        && place.read("printed").hasSuffix("\n")
    }
    if !hasAll { throw LabbookError.failure("no server: \(try tool.wait().errors)") }
    lines = try place.read("printed").split(separator: "\n").map(String.init)
  }

  var base: String {
    String(lines[0].prefix(upTo: lines[0].range(of: "/?")?.lowerBound ?? lines[0].endIndex))
  }
  var token: String { String(lines[0].split(separator: "=").last ?? "") }

  /// Asks for a path, with a token where there is one.
  func ask(_ path: String, _ arguments: String...) throws -> String {
    let folder = FileManager.default.temporaryDirectory.path
    return try RunningTool(
      executable: "/usr/bin/python3", ["-c", Self.client, base + path] + arguments,
      folder: folder,
      environment: [:]
    ).wait().output
  }

  /// Prints the status and the body of a reply.
  private static let client = """
    import sys, urllib.request, urllib.error
    request = urllib.request.Request(sys.argv[1])
    for token in sys.argv[2:]: request.add_header("Authorization", "Bearer " + token)
    try: reply = urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as error: reply = error
    print(reply.status, reply.read().decode())
    """
}
