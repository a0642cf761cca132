import Figures
import Testing

@Suite struct DecimationTests {
  private func kept(_ ys: [Double], buckets: Int) -> [Int] {
    Decimation.indices(xs: ys.indices.map(Double.init), ys: ys, buckets: buckets)
  }

  @Test func logarithmicAxesKeepTheirBeginning() {
    let ys = (0..<10_000).map { 1 / Double($0 + 1) }
    let xs = ys.indices.map(Double.init)
    let kept = Decimation.indices(xs: xs, ys: ys, buckets: 100, isLogarithmic: true)
    #expect(kept.prefix(8) == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(kept.count < 500)
  }

  @Test func shortCurvesAreKeptWhole() {
    #expect(kept([3, 1, 2], buckets: 10) == [0, 1, 2])
    #expect(kept([], buckets: 10).isEmpty)
  }

  @Test func everyPeakIsKept() {
    var values = [Double](repeating: 1, count: 10_000)
    values[4321] = 50
    values[8765] = -50
    let kept = self.kept(values, buckets: 400)
    #expect(kept.count <= 2000)
    #expect(kept.contains(4321) && kept.contains(8765))
    #expect(kept.first == 0 && kept.last == 9999)
    #expect(kept == kept.sorted() && Set(kept).count == kept.count)
  }

  @Test func gapsStay() {
    var values = (0..<1000).map(Double.init)
    for index in 500..<600 { values[index] = .nan }
    let kept = self.kept(values, buckets: 20)
    #expect(kept.contains { values[$0].isNaN })
    #expect(kept.filter { !values[$0].isNaN }.map { values[$0] }.max() == 999)
  }
}
