import Datasets
import Foundation
import Testing
import Tracking

@Suite struct DecodedFolderTests {
  private func place() -> String {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("labbook-" + UUID().uuidString).path
  }

  private func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  @Test func nothingIsWrittenBeforeItMayBe() throws {
    let path = place()
    let folder = DecodedFolder(path)
    folder.offer("aa") { Data([1, 2, 3]) }
    #expect(names(path).isEmpty && folder.bytes("aa", count: 3) == nil)
    folder.keep()
    #expect(names(path) == ["aa.decoded"])
    folder.offer("bb") { Data([4]) }
    let other = DecodedFolder(path)
    #expect(other.bytes("aa", count: 3) == Data([1, 2, 3]))
    #expect(other.bytes("bb", count: 1) == Data([4]))
    #expect(other.bytes("aa", count: 4) == nil && other.bytes("cc", count: 1) == nil)
  }

  @Test func damagedBytesAreNotTaken() throws {
    let path = place()
    let folder = DecodedFolder(path)
    folder.keep()
    folder.offer("aa") { Data(repeating: 7, count: 100) }
    let file = URL(fileURLWithPath: path + "/aa.decoded")
    var bytes = try Data(contentsOf: file)
    bytes[50] = 8
    try bytes.write(to: file)
    #expect(folder.bytes("aa", count: 100) == nil)
  }

  /// A second process takes the pixels that the first one decoded: what it shows is what lies there.
  @Test func pixelsComeFromWhatWasKept() throws {
    let path = place()
    let configuration = try configuration(
      "images",
      [
        "path": .text(Fixture.path("pictures")), "size": .list([.integer(4), .integer(5)]),
        "color": .text("gray"),
      ])
    let folder = DecodedFolder(path)
    let library = DataLibrary(decoded: folder)
    let first = try library.prepare(configuration)
    #expect(names(path).isEmpty)
    library.keepDecoded()
    let name = try #require(names(path).first)
    // The kept bytes are exchanged for others, and signed anew.
    let other = Data((0..<11 * 20).map { UInt8($0 % 251) })
    let exchanged = DecodedFolder(path)
    exchanged.keep()
    exchanged.offer(String(name.prefix(64))) { other }
    let second = try DataLibrary(decoded: DecodedFolder(path)).prepare(configuration)
    #expect(second.train.table.flatMap { $0 } == other.map { Float(Double($0) / 255) })
    #expect(second.fingerprint == first.fingerprint && second.train.table != first.train.table)
    var larger = configuration
    larger.source = Chosen(
      "images",
      configuration.source.values.merging(["size": .list([.integer(5), .integer(4)])]) { $1 })
    let third = try DataLibrary(decoded: DecodedFolder(path)).prepare(larger)
    #expect(third.train.featureShape == [1, 5, 4])
  }
}
