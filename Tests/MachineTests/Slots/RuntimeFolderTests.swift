import Foundation
import Machine
import Testing
import Tracking

/// The folder in which the processes of a user find each other.
@Suite struct RuntimeFolderTests {
  private let base: String

  init() throws {
    base = NSTemporaryDirectory() + "labbook-runtime-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: base, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  private func path() throws -> String {
    try RuntimeFolder.path(environment: ["XDG_RUNTIME_DIR": base], temporary: base)
  }

  private func mode(_ path: String) throws -> Int {
    let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require(found as? Int)
  }

  @Test func itIsTheUsersOwn() throws {
    defer { try? FileManager.default.removeItem(atPath: base) }
    let path = try path()
    #expect(path == base + "/labbook")
    #expect(try mode(path) == 0o700)
    #expect(try self.path() == path)
  }

  @Test func oneThatOthersMayLookIntoIsRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: base) }
    try FileManager.default.createDirectory(
      atPath: base + "/labbook", withIntermediateDirectories: false)
    chmod(base + "/labbook", 0o755)
    #expect(throws: LabbookError.self) { try path() }
  }

  @Test func aLinkIsRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: base) }
    try FileManager.default.createSymbolicLink(
      atPath: base + "/labbook", withDestinationPath: "/tmp")
    #expect(throws: LabbookError.self) { try path() }
  }

  @Test func oneOfAnotherUserIsRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: base) }
    guard getuid() == 0 else { return }
    let path = "\(base)/labbook-\(getuid())"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    chown(path, 65_534, 65_534)
    // Without a session's own folder it would be this one.
    guard !FileManager.default.fileExists(atPath: "/run/user/\(getuid())") else { return }
    #expect(throws: LabbookError.self) {
      try RuntimeFolder.path(environment: [:], temporary: base)
    }
  }
}
