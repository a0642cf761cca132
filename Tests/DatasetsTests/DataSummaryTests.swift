import Datasets
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
    let target = try #require(summary.parts[0].target)
    #expect(target.minimum >= -1 && target.maximum <= 1)
    #expect(summary.columns[0].name == "x")
  }
}
