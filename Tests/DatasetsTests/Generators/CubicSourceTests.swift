import Datasets
import Testing
import Tracking

@Suite struct CubicSourceTests {
  @Test func withoutNoiseItIsTheNotebooksFormula() throws {
    let wanted = try Fixture.json("formulas.json", as: [String: [[Double]]].self)["cubic"]
    let data = try prepare("cubic", ["points": .integer(9), "noise": .number(0)]).train
    expectEqual(zip(data.table, data.values).map { $0 + [$1] }, try #require(wanted))
    #expect(data.columnNames == ["x"])
  }

  @Test func noiseIsUniformAbove() throws {
    let data = try prepare("cubic", ["points": .integer(5000)]).train
    let noise = zip(data.column(0), data.values).map { Double($1) - $0 * $0 * $0 }
    #expect((noise.min() ?? -1) > -1e-6 && (noise.max() ?? 1) < 0.300001)
    #expect(abs(moments(noise).mean - 0.15) < 0.005)
    #expect(abs(moments(noise).deviation - 0.3 / 12.0.squareRoot()) < 0.003)
  }
}
