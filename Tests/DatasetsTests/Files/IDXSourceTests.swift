import Datasets
import Foundation
import Testing
import Tracking

@Suite struct IDXSourceTests {
  private struct Witness: Decodable {
    let images: [[Double]]
    let labels: [Int32]
    let standard: [[Double]]
  }

  private let plain = "images-idx3-ubyte"

  private func settings(_ images: String, _ labels: String? = nil) -> [String: ParameterValue] {
    ["images": .text(images), "labels": .text(labels ?? Fixture.path("labels-idx1-ubyte.gz"))]
  }

  private func file(_ bytes: [UInt8]) throws -> String {
    try Fixture.file(Data(bytes), named: "images")
  }

  @Test(arguments: ["images-idx3-ubyte", "images-idx3-ubyte.gz"])
  func imagesAreReadPackedOrPlain(name: String) throws {
    let witness = try Fixture.json("idx.json", as: Witness.self)
    let data = try prepare("idx", settings(Fixture.path(name)))
    #expect(data.train.featureShape == [1, 2, 3])
    #expect(data.train.table.map { $0.map(Double.init) } == witness.images)
    #expect(data.train.labels == witness.labels)
    #expect(data.classNames == ["0", "1", "2", "3"])
    #expect(data.test == nil && data.fingerprint.count == 64)
    let normalized = try prepare("idx", settings(Fixture.path(name))) { $0.normalize = .standard }
    expectEqual(normalized.train.table, witness.standard)
  }

  @Test func ownTestImagesAreTheTestPart() throws {
    var all = settings(Fixture.path(plain))
    all["test_images"] = .text(Fixture.path(plain))
    all["test_labels"] = all["labels"]
    let data = try prepare("idx", all) {
      $0.take = 5
      $0.split.val = .rows(2)
    }
    #expect(data.train.rows == 3 && data.val?.rows == 2 && data.test?.rows == 6)
    #expect(data.shape.testRows == 6)
    #expect(try refusal("idx", all) { $0.split.test = .rows(1) }.setting == "split.test")
    all["test_labels"] = .off
    #expect(try refusal("idx", all).message == "test_images needs test_labels beside it")
  }

  @Test func hostileFilesAreRefused() throws {
    let good = [UInt8](try Data(contentsOf: Fixture.folder.appendingPathComponent(plain)))
    let packed = [UInt8](try Data(contentsOf: Fixture.folder.appendingPathComponent(plain + ".gz")))
    let huge: [UInt8] = [0x80, 0, 0, 0]
    let cases: [([UInt8], String)] = [
      ([], "this is no IDX file: it does not begin with two zero bytes"),
      ([1] + good.dropFirst(), "this is no IDX file: it does not begin with two zero bytes"),
      (
        good[..<2] + [10] + good[3...],
        "10 is no type of IDX: they are 8, 9, 11, 12, 13 and 14"
      ),
      (
        good[..<3] + [1] + good[4...], "an IDX file of images has 2 to 4 dimensions, this one has 1"
      ),
      (Array(good[..<10]), "the file ends within its header"),
      (Array(good[..<40]), "the header promises 6 x 2 x 3 bytes, more than the file can hold"),
      (good + [0], "the file has more bytes than the 36 of its header"),
      (
        good[..<4] + huge + good[8...],
        "the header promises 2147483648 x 2 x 3 bytes, more than the file can hold"
      ),
      (
        good[..<4] + huge + huge + huge + good[16...],
        "the header promises 2147483648 x 2147483648 x 2147483648 bytes, more than the file can hold"
      ),
      (good[..<4] + [0, 0, 0, 0] + good[8...], "the file is empty: its header says 0 x 2 x 3"),
      (Array(packed.dropLast(9)), "the compressed data is damaged or ends too early"),
      (Array(packed[..<12]), "the compressed data is damaged"),
      (packed[..<20] + [0xFF, 0xFF] + packed[22...], "the compressed data is damaged"),
      (
        good[..<7] + [5] + good[8..<46],
        "there are 6 labels for 5 images"
      ),
    ]
    for (bytes, message) in cases {
      let error = try refusal("idx", settings(file(bytes)))
      #expect(error.message == message, "\(error)")
    }
  }

  /// What NumPy reads in files of every type.
  private struct Types: Decodable {
    struct File: Decodable {
      let bytes: [UInt8]
      let shape: [Int]
      let rows: [[Double]]
    }
    let idx: [File]
  }

  @Test func everyTypeIsRead() throws {
    let files = try Fixture.json("arrays.json", as: Types.self).idx
    #expect(files.count == 18)
    let labels = try file([0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2])
    for wanted in files {
      let data = try prepare("idx", settings(file(wanted.bytes), labels))
      expectEqual(data.train.table, wanted.rows)
      let row = Array(wanted.shape.dropFirst())
      #expect(data.train.featureShape == (row.count == 2 ? [1] + row : row))
      #expect(data.train.columnNames.count == (row.count == 1 ? row[0] : 0))
    }
  }

  @Test func labelsMayBeOfAnyTypeAndBeginAtOne() throws {
    let images = Fixture.path(plain)
    let whole: [UInt8] = [0, 0, 11, 1, 0, 0, 0, 6] + (1...6).flatMap { [0, UInt8($0)] }
    var all = settings(images, try file(whole))
    #expect(try prepare("idx", all).classNames == (0...6).map(String.init))
    let summary = try DataLibrary().summary(of: configuration("idx", all))
    #expect(
      summary.remarks == [
        "labels begin at 1, so that class '0' has no row; first_label: 1 says that the first class is 1"
      ])
    all["classes"] = .list(["a", "b", "c", "d", "e", "f"].map(ParameterValue.text))
    let error = try refusal("idx", all)
    #expect(error.message == "there is a label 6, the greatest of 6 classes is 5")
    #expect(error.hint == "Labels begin at 1: write first_label: 1 under data.")
    all["first_label"] = .integer(1)
    let data = try prepare("idx", all)
    #expect(data.train.labels == [0, 1, 2, 3, 4, 5] && data.classNames?.last == "f")
    all["labels"] = .text(try file([0, 0, 9, 1, 0, 0, 0, 6, 1, 2, 3, 255, 5, 6]))
    #expect(
      try refusal("idx", all).message == "label 4 is -1, a whole number from 0 to 9999 is needed")
    all["labels"] = .text(try file([0, 0, 8, 1, 0, 0, 0, 6, 1, 0, 3, 4, 5, 6]))
    #expect(try refusal("idx", all).message == "there is a label 0, but first_label says 1")
  }

  @Test func testImagesHaveTheShapeOfTheOthers() throws {
    let good = [UInt8](try Data(contentsOf: Fixture.folder.appendingPathComponent(plain)))
    var all = settings(Fixture.path(plain))
    all["test_images"] = .text(try file(good[..<11] + [3, 0, 0, 0, 2] + good[16...]))
    all["test_labels"] = all["labels"]
    #expect(
      try refusal("idx", all).message
        == "the test images are 1 x 3 x 2, the training images 1 x 2 x 3")
  }
}
