import Foundation
import Pages
import Testing
import Tracking

@Suite struct PlotsFolderTests {
  private let plots = NSTemporaryDirectory() + "labbook-plots-" + RunID().description

  @Test(arguments: [
    "", ".", "..", "../x", "../../x", "/etc", "a/b", "a\u{0}b", "a\u{1b}[2J", "a\u{85}",
    "a\u{202e}b",
    ".hidden", String(repeating: "a", count: 300),
  ])
  func namesThatAreNoneOfAFileAreRefused(_ name: String) throws {
    let error = #expect(throws: LabbookError.self) { try PlotsFolder(plots, experiment: name) }
    #expect(error?.status == 2)
    let folder = try PlotsFolder(plots, experiment: "e")
    #expect(throws: LabbookError.self) { try folder.file(name, "svg") }
  }

  @Test func usualNamesStayAsTheyAre() throws {
    let folder = try PlotsFolder("plots", experiment: "Week 2, näher".replacing(",", with: ""))
    #expect(folder.path == "plots/Week 2 näher")
    #expect(try folder.file("main-curves-2", "png") == "plots/Week 2 näher/main-curves-2.png")
  }

  /// A hundred letters of three bytes: more than the 255 bytes of a file system.
  @Test func wideNamesFitAndStayDifferent() throws {
    let name = String(repeating: "漢", count: 100)
    let folder = try PlotsFolder(plots, experiment: name)
    let paths = try ["a", "b"].map { try folder.file(name + $0, "svg") }
    #expect(Set(paths).count == 2)
    for path in paths + [folder.path + "/x"] {
      #expect(path.split(separator: "/").allSatisfy { $0.utf8.count <= 255 })
    }
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: plots) }
    for path in paths { try OutputFile.write(Data("x".utf8), to: path, .own) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test func aLinkInItsPlaceIsRefused() throws {
    let far = plots + "-far"
    for folder in [plots, far] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    defer { for folder in [plots, far] { try? FileManager.default.removeItem(atPath: folder) } }
    try FileManager.default.createSymbolicLink(
      atPath: plots + "/e", withDestinationPath: far)
    let error = #expect(throws: LabbookError.self) { try PlotsFolder(plots, experiment: "e") }
    #expect(error?.message.contains("is a link") == true)
  }
}
