import Drawing
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

  /// What the rule says, written down plainly: of each stretch the first point, the first least, the
  /// first greatest, the first missing and the last.
  private func expected(_ xs: [Double], _ ys: [Double], _ buckets: Int) -> [Int] {
    var kept: Set<Int> = []
    for bucket in 0..<buckets {
      let members = xs.indices.filter { index in
        let share = (xs[index] - xs[0]) / (xs[xs.count - 1] - xs[0])
        return min(buckets - 1, Int(share * Double(buckets))) == bucket
      }
      guard let first = members.first, let last = members.last else { continue }
      let known = members.filter { !ys[$0].isNaN }
      let values = known.map { ys[$0] }
      kept.formUnion([first, last])
      if let least = values.min() { kept.insert(known[values.firstIndex(of: least) ?? 0]) }
      if let most = values.max() { kept.insert(known[values.firstIndex(of: most) ?? 0]) }
      if let missing = members.first(where: { ys[$0].isNaN }) { kept.insert(missing) }
    }
    return kept.sorted()
  }

  @Test func everyStretchKeepsItsCorners() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      // Uneven steps, ties among the values, gaps.
      var x = 3.0
      let xs = (0..<500).map { _ -> Double in
        x += Double.random(in: 0.01...1, using: &random)
        return x
      }
      let ys = xs.map { _ in
        Int.random(in: 0..<20, using: &random) == 0
          ? Double.nan : Double(Int.random(in: -9...9, using: &random))
      }
      #expect(Decimation.indices(xs: xs, ys: ys, buckets: 12) == expected(xs, ys, 12))
    }
  }

  @Test func fourPointsAStretchAreFew() {
    let ys = (0..<40).map { Double($0 % 7) }
    #expect(kept(ys, buckets: 10) == Array(0..<40))
    #expect(kept(ys + [1], buckets: 10).count < 41)
  }
}
