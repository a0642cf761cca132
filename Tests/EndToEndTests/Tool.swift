import Foundation
import TestSupport
import Testing

/// What one call of the tool did.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String
}

/// A temporary folder that the tool is called in, removed with the last reference.
final class Workplace: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/labbook-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + name)
  }

  /// Everything in the folder, however deep, sorted.
  func files() -> [String] {
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return all.sorted()
  }

  /// Calls `labbook` and waits for its end.
  func labbook(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try labbook(arguments, environment: environment)
  }

  func labbook(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = try start(arguments, environment: environment)
    return try process.wait()
  }

  /// Starts `labbook` and returns at once.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> RunningTool {
    try RunningTool(executable: toolPath, arguments, folder: path, environment: environment)
  }

  /// Whether a checkpoint was written since `tool` was started.
  func hasNewCheckpoint(of tool: RunningTool) -> Bool {
    files().filter { $0.hasSuffix("/checkpoint") }.contains { file in
      let facts = try? FileManager.default.attributesOfItem(atPath: path + "/" + file)
      return (facts?[.modificationDate] as? Date).map { $0 > tool.start } ?? false
    }
  }

  /// The store that a call without `--db` writes.
  var store: String { path + "/labbook.sqlite" }
}

/// A call of the tool that has not ended yet.
final class RunningTool {
  private let process: SpawnedProgram
  /// When it was started.
  let start = Date()
  private let (output, errors): (StreamFile, StreamFile)

  init(
    executable: String, _ arguments: [String], folder: String, environment: [String: String]
  ) throws {
    (output, errors) = (try StreamFile(), try StreamFile())
    process = try SpawnedProgram(
      executable, arguments, folder: folder, environment: environment, output: output.descriptor,
      errors: errors.descriptor)
  }

  /// The number of its process.
  var id: Int32 { process.id }
  var isRunning: Bool { process.isRunning }
  func interrupt() { process.interrupt() }
  func terminate() { process.terminate() }

  /// Waits until something is so while the tool is at work; false where it ended before.
  func reaches(_ isSo: () throws -> Bool) throws -> Bool {
    let deadline = Date(timeIntervalSinceNow: 120)
    while process.isRunning, Date() < deadline {
      if try isSo() { return true }
      usleep(5_000)
    }
    process.terminate()
    return false
  }

  func wait() throws -> Outcome {
    Outcome(status: try process.wait(), output: output.text, errors: errors.text)
  }
}

/// The tool that was built together with these tests: it lies beside their bundle.
let toolPath: String = {
  let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  var folder = bundle.deletingLastPathComponent()
  while folder.path != "/" {
    let tool = folder.appending(path: "labbook").path
    if FileManager.default.isExecutableFile(atPath: tool) { return tool }
    folder.deleteLastPathComponent()
  }
  return "labbook"
}()

let repositoryRoot = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path
