import Figures
import Testing

@Suite struct DecimationTests {
  @Test func shortCurvesAreKeptWhole() {
    #expect(Decimation.indices([3, 1, 2], buckets: 10) == [0, 1, 2])
    #expect(Decimation.indices([], buckets: 10).isEmpty)
  }

  @Test func everyPeakIsKept() {
    var values = [Double](repeating: 1, count: 10_000)
    values[4321] = 50
    values[8765] = -50
    let kept = Decimation.indices(values, buckets: 400)
    #expect(kept.count <= 2000)
    #expect(kept.contains(4321) && kept.contains(8765))
    #expect(kept.first == 0 && kept.last == 9999)
    #expect(kept == kept.sorted() && Set(kept).count == kept.count)
  }

  @Test func gapsStay() {
    var values = (0..<1000).map(Double.init)
    for index in 500..<600 { values[index] = .nan }
    let kept = Decimation.indices(values, buckets: 20)
    #expect(kept.contains { values[$0].isNaN })
    #expect(kept.filter { !values[$0].isNaN }.map { values[$0] }.max() == 999)
  }
}
