import Datasets
import Foundation
import Testing
import Tracking

/// Pictures of two channels whose test part is another one; all numbers by another program.
@Suite struct ImageFilesTests {
  private func settings(_ wanted: Draws.Images) throws -> [String: ParameterValue] {
    let paths = try wanted.files.map { try Fixture.file(Data($0), named: "part") }
    return [
      "images": .text(paths[0]), "labels": .text(paths[1]), "test_images": .text(paths[2]),
      "test_labels": .text(paths[3]),
    ]
  }

  @Test func everyChannelIsScaledAndNormalisedByItself() throws {
    let wanted = try Draws.read().images
    let data = try prepare("idx", settings(wanted)) {
      ($0.seed, $0.normalize) = (3, .standard)
      ($0.scale, $0.shift) = (.columns([2, 0.5]), .columns([1, -1]))
      $0.split.val = .rows(2)
    }
    #expect(data.shape.featureShape == [2, 2, 3] && data.shape.isImages)
    #expect(data.classNames == ["0", "1", "2", "3", "4"])
    expectEqual(data.train.table, wanted.parts[0].map { wanted.standard[$0] })
    expectEqual(try #require(data.val).table, wanted.parts[1].map { wanted.standard[$0] })
    // The test part goes through the training part's numbers.
    expectEqual(try #require(data.test).table, wanted.test_standard)
    #expect(data.test?.labels == wanted.test_labels)
    #expect(data.train.labels == wanted.parts[0].map { wanted.labels[$0] })
    #expect(data.fingerprint == wanted.fingerprint)
    #expect(data.transform.columnsPerGroup == 6 && data.transform.columns == 12)
  }

  /// Its inputs that come later are treated alike, after writing and reading what the run keeps.
  @Test func laterImagesGoTheSameWay() throws {
    let wanted = try Draws.read().images
    let settings = try settings(wanted)
    let made = try configuration("idx", settings) {
      ($0.seed, $0.normalize) = (3, .standard)
      ($0.scale, $0.shift) = (.columns([2, 0.5]), .columns([1, -1]))
      $0.split.val = .rows(2)
    }
    let inputs = try RunInputs(
      json: RunInputs(DataLibrary().prepare(made), of: made).json)
    let rows = try inputs.read(
      Chosen("idx", settings).text("test_images"),
      labels: Chosen("idx", settings).text("test_labels")
    ).dataset
    expectEqual(rows.table, wanted.test_standard)
    #expect(rows.labels == wanted.test_labels)
  }

  @Test func errorsStandAtTheirKey() throws {
    let wanted = try Draws.read().images
    var all = try settings(wanted)
    all["test_labels"] = all["labels"]
    let count = try refusal("idx", all)
    #expect(count.setting == "test_labels" && count.message == "there are 7 labels for 3 images")
    all = try settings(wanted)
    all["test_images"] = .off
    let lonely = try refusal("idx", all)
    #expect(
      lonely == DataError(setting: "test_labels", "test_labels needs test_images beside it"))
    all = try settings(wanted)
    all["labels"] = all["images"]
    let kind = try refusal("idx", all)
    #expect(
      kind.setting == "labels"
        && kind.message == "an IDX file of labels has 1 dimensions, this one has 4")
    all["images"] = .text("/nowhere")
    #expect(try refusal("idx", all).setting == "images")
  }
}
