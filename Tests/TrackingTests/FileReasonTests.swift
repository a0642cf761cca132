import Foundation
import Testing
import Tracking

struct FileReasonTests {
  private func reason(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return fileReason(error)
    }
  }

  @Test func theSystemsWordsAreGiven() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/labbook-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data().write(to: URL(filePath: folder + "/file"))
    let text = Data("x".utf8)
    #expect(reason { try text.write(to: URL(filePath: folder)) } == "Is a directory")
    #expect(
      reason { try text.write(to: URL(filePath: folder + "/no/file")) }
        == "No such file or directory")
    #expect(
      reason { try text.write(to: URL(filePath: folder + "/file/x")) } == "Not a directory")
    #expect(
      reason {
        try FileManager.default.createDirectory(
          atPath: folder + "/file/x", withIntermediateDirectories: true)
      } == "Not a directory")
    #expect(
      reason { _ = try Data(contentsOf: URL(filePath: folder)) } == "Is a directory")
  }

  @Test func otherErrorsKeepTheirText() {
    #expect(fileReason(LabbookError.input("no")) != "")
  }
}
