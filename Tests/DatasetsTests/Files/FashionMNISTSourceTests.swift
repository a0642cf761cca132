import Datasets
import Foundation
import Testing
import Tracking

@Suite struct FashionMNISTSourceTests {
  @Test func missingFilesNameThePackage() throws {
    let error = try refusal("fashion-mnist", ["path": .text("/nowhere")])
    #expect(error.setting == "path")
    #expect(error.message == "/nowhere/train-images-idx3-ubyte.gz does not exist")
    #expect(error.hint.contains("apt-get install dataset-fashion-mnist"))
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
