import Datasets
import Foundation
import Testing
import Tracking

@Suite struct FashionMNISTSourceTests {
  @Test func missingFilesNameThePackage() throws {
    let error = try refusal("fashion-mnist", ["path": .text("/nowhere")])
    #expect(error.setting == "path")
    #expect(error.message == "/nowhere/train-images-idx3-ubyte.gz does not exist")
    #expect(
      error.hint == "Debian has the files in the package dataset-fashion-mnist: "
        + "sudo apt-get install dataset-fashion-mnist")
  }

  /// A folder of four small files: two pictures of 1 x 2 to train on, one to test, plain.
  private func folder(greatest: UInt8 = 9) throws -> String {
    let test = try Fixture.file(
      Data([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 255, 51]),
      named: "t10k-images-idx3-ubyte")
    let folder = URL(fileURLWithPath: test).deletingLastPathComponent()
    for (name, bytes) in [
      ("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 4]),
      (
        "train-images-idx3-ubyte",
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 51, 102, 153]
      ),
      ("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, greatest, 3]),
    ] as [(String, [UInt8])] {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    return folder.path
  }

  @Test func eachFileIsTakenForWhatItIs() throws {
    let data = try prepare("fashion-mnist", ["path": .text(folder())])
    expectEqual(data.train.table, [[0, 0.2], [0.4, 0.6]])
    #expect(data.train.labels == [9, 3])
    expectEqual(try #require(data.test).table, [[1, 0.2]])
    #expect(data.test?.labels == [4])
    #expect(
      data.classNames == [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ])
  }

  @Test func aPackedFileGoesBeforeAPlainOne() throws {
    let folder = try folder()
    // Not gzip: whoever looks at it first says so by its name.
    try Data([1]).write(to: URL(fileURLWithPath: folder + "/train-labels-idx1-ubyte.gz"))
    let error = try refusal("fashion-mnist", ["path": .text(folder)])
    #expect(error.place == folder + "/train-labels-idx1-ubyte.gz")
  }

  @Test func anEleventhClassIsRefused() throws {
    let error = try refusal("fashion-mnist", ["path": .text(folder(greatest: 10))])
    #expect(error.setting == "path")
    #expect(error.message == "there is a label 10, the greatest of 10 classes is 9")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist")))
  func debiansFilesAreWhatTheyShouldBe() throws {
    let library = DataLibrary()
    let summary = try library.summary(
      of: configuration("fashion-mnist") { $0.split.val = .rows(5000) })
    #expect(summary.shape.featureShape == [1, 28, 28])
    #expect(summary.parts.map(\.rows) == [55000, 5000, 10000])
    #expect(summary.parts[1].classCounts == Array(repeating: 500, count: 10))
    #expect(summary.parts[2].classCounts == Array(repeating: 1000, count: 10))
    // The widely quoted mean and deviation of the 60,000 images.
    #expect(abs(summary.columns[0].before.mean - 0.2860) < 0.001)
    #expect(abs(summary.columns[0].before.deviation - 0.3530) < 0.001)
  }
}
