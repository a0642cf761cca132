import Datasets
import Foundation
import Testing
import Tracking

@Suite struct DataSummaryTests {
  @Test func itCountsAndMeasures() throws {
    let path = try Fixture.file("a,b,y\n1,10,no\n3,20,yes\n5,60,no\n")
    let summary = try DataLibrary().summary(
      of: configuration("csv", ["path": .text(path), "target": .text("y")]) {
        $0.normalize = .minmax
      })
    #expect(summary.parts.map(\.name) == ["train"])
    #expect(summary.parts[0].classCounts == [2, 1])
    #expect(summary.columns.map(\.name) == ["a", "b"])
    #expect(summary.columns[1].before.minimum == 10 && summary.columns[1].before.mean == 30)
    #expect(abs(summary.columns[1].before.deviation - (1400.0 / 3).squareRoot()) < 1e-12)
    #expect(summary.columns[1].after.maximum == 1 && summary.columns[1].after.mean == 0.4)
  }

  @Test func aTargetOfNumbersHasItsSpread() throws {
    let summary = try DataLibrary().summary(
      of: configuration("cubic", ["noise": .number(0)]) { $0.split.val = .rows(10) })
    #expect(summary.parts.map(\.rows) == [90, 10])
    #expect(summary.parts[0].target != nil && summary.columns[0].name == "x")
    #expect(summary.parts.map(\.name) == ["train", "val"])
    let path = try Fixture.file("a,y\n1,2\n2,4\n3,9\n")
    let small = try DataLibrary().summary(
      of: configuration("csv", ["path": .text(path), "target": .text("y")]))
    // Of 2, 4, 9 the mean is 5, the squares 9 + 1 + 16 are 26.
    let target = try #require(small.parts[0].target)
    #expect([target.minimum, target.maximum, target.mean] == [2, 9, 5])
    #expect(abs(target.deviation - (26.0 / 3).squareRoot()) < 1e-12)
    #expect(small.parts[0].classCounts == [])
  }

  /// Each class and each part has its own count, each column its numbers by another program.
  @Test func channelsAndPartsAreMeasuredApart() throws {
    let wanted = try Draws.read().images
    let paths = try wanted.files.map { try Fixture.file(Data($0), named: "part") }
    let settings: [String: ParameterValue] = [
      "images": .text(paths[0]), "labels": .text(paths[1]), "test_images": .text(paths[2]),
      "test_labels": .text(paths[3]),
    ]
    let summary = try DataLibrary().summary(
      of: configuration("idx", settings) {
        ($0.seed, $0.normalize) = (3, .standard)
        ($0.scale, $0.shift) = (.columns([2, 0.5]), .columns([1, -1]))
        $0.split.val = .rows(2)
      })
    #expect(summary.parts.map(\.name) == ["train", "val", "test"])
    #expect(summary.parts.map(\.rows) == [5, 2, 3])
    let labels = [wanted.parts[0], wanted.parts[1]].map { rows in rows.map { wanted.labels[$0] } }
    for (part, labels) in zip(summary.parts, labels + [wanted.test_labels]) {
      #expect(part.classCounts == (0..<5).map { label in labels.count { $0 == label } })
      #expect(part.target == nil)
    }
    #expect(summary.columns.map(\.name) == ["channel 0", "channel 1"])
    for (column, numbers) in zip(summary.columns, wanted.before) {
      let before = column.before
      let found = [before.minimum, before.maximum, before.mean, before.deviation]
      // Twelve digits are kept of the numbers.
      for (a, b) in zip(found, numbers) { #expect(abs(a - b) < 1e-9) }
      #expect(abs(column.after.mean) < 1e-9 && abs(column.after.deviation - 1) < 1e-9)
      #expect(abs(column.after.minimum - (numbers[0] - numbers[2]) / numbers[3]) < 1e-9)
    }
  }
}
