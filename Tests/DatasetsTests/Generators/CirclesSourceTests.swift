import Datasets
import Testing
import Tracking

@Suite struct CirclesSourceTests {
  @Test func withoutNoiseItIsScikitLearns() throws {
    let wanted = try Fixture.json("formulas.json", as: [String: [[Double]]].self)["circles"]
    let data = try prepare(
      "circles",
      ["points_per_class": .integer(7), "noise": .number(0), "factor": .number(0.3)])
    expectEqual(data.train.table, try #require(wanted))
    #expect(data.shape.classNames == ["0", "1"])
  }
}
