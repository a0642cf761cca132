import Foundation
import Testing
import Tracking

/// Files, links, pipes, devices, and what killed processes leave.
@Suite final class OutputFileTests {
  private let folder = NSTemporaryDirectory() + "labbook-output-" + RunID().description
  private let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func path(_ name: String) -> String { folder + "/" + name }

  private func kind(_ name: String) -> mode_t {
    var status = stat()
    return lstat(path(name), &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  @Test func aFileIsReplacedAndKeepsItsPermissions() throws {
    try Data("old".utf8).write(to: URL(filePath: path("a")))
    chmod(path("a"), 0o600)
    try OutputFile.write(bytes, to: path("a"))
    #expect(FileManager.default.contents(atPath: path("a")) == bytes)
    var status = stat()
    #expect(stat(path("a"), &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
  }

  @Test func aLinkIsWrittenThroughAlsoWhereItLeadsNowhere() throws {
    try FileManager.default.createDirectory(
      atPath: path("far"), withIntermediateDirectories: true)
    try Data("old".utf8).write(to: URL(filePath: path("far/real")))
    symlink("far/real", path("link"))
    symlink("link", path("second"))
    symlink("far/new", path("dangling"))
    for name in ["second", "dangling"] { try OutputFile.write(bytes, to: path(name)) }
    #expect(["link", "second", "dangling"].allSatisfy { kind($0) == S_IFLNK })
    for name in ["far/real", "far/new"] {
      #expect(FileManager.default.contents(atPath: path(name)) == bytes)
    }
    symlink("b", path("a"))
    symlink("a", path("b"))
    #expect(throws: LabbookError.self) { try OutputFile.write(bytes, to: path("a")) }
  }

  @Test func inAFolderOfOursALinkIsReplaced() throws {
    try Data("old".utf8).write(to: URL(filePath: path("real")))
    symlink("real", path("link"))
    try OutputFile.write(bytes, to: path("link"), .own)
    #expect(kind("link") == S_IFREG)
    #expect(FileManager.default.contents(atPath: path("real")) == Data("old".utf8))
  }

  @Test func aPipeTakesTheBytesAndStays() async throws {
    try #require(mkfifo(path("pipe"), 0o600) == 0)
    let name = path("pipe")
    let reader = PipeReader(name)
    try OutputFile.write(bytes, to: name)
    #expect(reader.wait() == bytes)
    #expect(kind("pipe") == S_IFIFO)
  }

  @Test func aDeviceStays() throws {
    try OutputFile.write(bytes, to: "/dev/null")
    var status = stat()
    #expect(lstat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    #expect(OutputFile.isStream("/dev/null") && !OutputFile.isStream(folder))
  }

  @Test(arguments: [
    ("w", "."), ("a/w", "a"), ("/w", "/"), ("../w", ".."), ("a//w/", "a"), ("-", "."),
  ])
  func theFolderOfAPathIsKnown(_ path: String, _ folder: String) {
    #expect(OutputFile.folder(of: path) == folder)
  }

  @Test func aFolderAndAMissingFolderAreErrors() {
    for name in ["", ".", "/", "none/a", "x/"] {
      #expect(throws: LabbookError.self, "\(name)") {
        try OutputFile.write(bytes, to: name.isEmpty ? "" : path(name))
      }
    }
  }

  /// A lock of another descriptor stands for another process.
  @Test func whatADeadProcessLeftGoesAndALivingOnesStays() throws {
    let dead = path(".labbook-0123456789abcdef.part")
    let deadFolder = path(".labbook-0123456789abcde0.part")
    let living = path(".labbook-fedcba9876543210.part")
    let foreign = [".labbook-notes.part", ".labbook-0123456789abcdef.part2", "a.part", ".part"]
    for file in [dead, living] + foreign.map(path) {
      try Data("x".utf8).write(to: URL(filePath: file))
    }
    try FileManager.default.createDirectory(
      atPath: deadFolder + "/inner", withIntermediateDirectories: true)
    symlink(path("a.part"), path(".labbook-00000000000000ff.part"))
    let descriptor = open(living, O_RDONLY)
    defer { close(descriptor) }
    try #require(flock(descriptor, LOCK_EX) == 0)
    try OutputFile.write(bytes, to: path("out"))
    let left = try Set(FileManager.default.contentsOfDirectory(atPath: folder))
    #expect(
      left
        == Set(
          foreign + ["out", ".labbook-fedcba9876543210.part", ".labbook-00000000000000ff.part"]))
  }

  /// Version 0.1.0 drew other names and held no lock: only their age says that nobody writes them.
  @Test func whatAnEarlierVersionLeftGoesAfterADay() throws {
    let old = ".labbook-5E1B1C5C-7A0D-4F0E-9C0B-0C8D6C1B2A3F.part"
    let young = ".labbook-0A1B1C5C-7A0D-4F0E-9C0B-0C8D6C1B2A3F.part"
    let foreign = ".labbook-5E1B1C5C-7A0D-4F0E-9C0B.part"
    for name in [old, young, foreign] { try bytes.write(to: URL(fileURLWithPath: path(name))) }
    var times = [timeval(), timeval()]
    gettimeofday(&times[0], nil)
    times[0].tv_sec -= 90_000
    times[1] = times[0]
    for name in [old, foreign] { try #require(utimes(path(name), times) == 0) }
    Leftovers.remove(in: folder)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(left) == [young, foreign])
  }

  /// Whoever looks for what was left meets folders that are just being made.
  @Test func makingAndLookingDoNotMeet() async throws {
    let folder = folder
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { for _ in 0..<200 { Leftovers.remove(in: folder) } }
        group.addTask {
          for _ in 0..<200 {
            let made = try UnfinishedFile(in: folder, for: "x", kind: .folder(0o700))
            #expect(FileManager.default.fileExists(atPath: made.path))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func whatFailsLeavesNothing() throws {
    do {
      let file = try UnfinishedFile(in: folder, for: "x")
      try file.write(bytes)
      #expect(FileManager.default.fileExists(atPath: file.path))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }
}

/// Reads a pipe to its end on a thread of its own.
private final class PipeReader: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var data: Data?

  init(_ path: String) {
    Thread.detachNewThread { [self] in
      data = try? FileHandle(forReadingAtPath: path)?.readToEnd()
      done.signal()
    }
  }

  func wait() -> Data? {
    _ = done.wait(timeout: .now() + 60)
    return data
  }
}
