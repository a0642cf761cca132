import Foundation
import Testing

/// What has one way to be done, and the words of the ways that are not taken.
private let otherWays: [(words: String, instead: String)] = [
  // Foundation traps for the folder of a path of one letter.
  ("as NSString)", "PathText"), (".deletingLastPathComponent\n", "PathText"),
  (".expandingTildeInPath", "PathText"), (".standardizingPath", "PathText"),
  // They say nothing, or wait for ever, where no thread can be made.
  ("Thread(", "WorkThread"), ("Thread.detach", "WorkThread"), ("DispatchQueue(", "WorkThread"),
  ("DispatchQueue.", "WorkThread or Parallel"), ("OperationQueue", "WorkThread"),
  ("pthread_create", "WorkThread"), ("Task.detached", "WorkThread"),
  // They have no limit of time, and programs that go on when we are gone.
  ("Process()", "OutsideProgram"), ("posix_spawn", "OutsideProgram"), ("popen(", "OutsideProgram"),
  ("system(", "OutsideProgram"), ("waitUntilExit", "OutsideProgram"),
  // It says a limit without the way out.
  ("strerror(", "systemReason"),
]

/// The files that are the one way.
private let ways = [
  "Machine/WorkThread.swift", "Machine/ChildProcess.swift", "Tracking/FileReason.swift",
]

struct OneWayTests {
  private static func files(_ folder: String) throws -> [(path: String, text: String)] {
    let all = FileManager.default.enumerator(atPath: root + "/" + folder)
    return try #require(all).compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map {
      ($0, try String(contentsOfFile: "\(root)/\(folder)/\($0)", encoding: .utf8))
    }
  }

  /// Foundation learns that a program has ended from a socket that programs of other tests may hold.
  @Test func testsStartProgramsInOneWay() throws {
    let files = try Self.files("Tests").filter { $0.path != "ArchitectureTests/OneWayTests.swift" }
    try #require(files.count > 300)
    for file in files {
      for words in ["= Process()", "waitUntilExit", "readDataToEndOfFile"]
      where file.text.contains(words) {
        Issue.record("Tests/\(file.path) says '\(words)': use SpawnedProgram")
      }
    }
  }

  @Test func thereIsNoSecondWay() throws {
    let files = try Self.files("Sources").filter { !ways.contains($0.path) }
    try #require(files.count > 300)
    for (file, whole) in files {
      let text =
        whole
        .replacingOccurrences(of: "WorkThread(", with: "")
      // A connection whose queue is thrown away waits for ever where no thread can be made.
      if text.contains("DatabaseQueue(") {
        #expect(text.contains("closeForGood()"), "Sources/\(file) throws a DatabaseQueue away")
      }
      for way in otherWays where text.contains(way.words) {
        Issue.record("Sources/\(file) says '\(way.words)': use \(way.instead)")
      }
    }
  }
}
