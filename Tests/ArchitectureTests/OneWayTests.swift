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
  @Test func thereIsNoSecondWay() throws {
    let base = root + "/Sources"
    let all = try #require(FileManager.default.enumerator(atPath: base)).compactMap {
      $0 as? String
    }
    let files = all.filter { $0.hasSuffix(".swift") && !ways.contains($0) }
    try #require(files.count > 300)
    for file in files {
      let text = try String(contentsOfFile: base + "/" + file, encoding: .utf8)
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
