import Datasets
import Testing
import Tracking

@Suite struct MoonsSourceTests {
  @Test func withoutNoiseItIsScikitLearns() throws {
    let wanted = try Fixture.json("formulas.json", as: [String: [[Double]]].self)["moons"]
    let data = try prepare("moons", ["points_per_class": .integer(7), "noise": .number(0)])
    expectEqual(data.train.table, try #require(wanted))
    #expect(data.train.labels == Array(repeating: 0, count: 7) + Array(repeating: 1, count: 7))
  }

  @Test func noiseIsNormalAndIndependentInBothColumns() throws {
    let size: [String: ParameterValue] = ["points_per_class": .integer(5000)]
    let clean = try prepare("moons", size.merging(["noise": .number(0)]) { $1 }).train
    let noisy = try prepare("moons", size).train
    let x = zip(noisy.column(0), clean.column(0)).map { $0 - $1 }
    let y = zip(noisy.column(1), clean.column(1)).map { $0 - $1 }
    for noise in [x, y] {
      #expect(abs(moments(noise).mean) < 0.005)
      #expect(abs(moments(noise).deviation - 0.1) < 0.003)
    }
    #expect(abs(moments(zip(x, y).map { $0 * $1 }).mean) < 0.0005)
  }
}
