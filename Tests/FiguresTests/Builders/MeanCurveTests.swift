import Drawing
import Figures
import Testing
import Tracking

@Suite struct MeanCurveTests {
  private func curve(
    _ configuration: String, _ group: String, seed: Int, _ metric: Metric = .valLoss,
    diverged: Bool = false, steps: [Int]? = nil, ys: [Double]
  ) -> CurveSeries {
    let steps = steps ?? Array(ys.indices)
    return CurveSeries(
      configuration: configuration, group: group, seed: seed, hasDiverged: diverged,
      metric: metric, steps: steps, xs: steps.map(Double.init), ys: ys)
  }

  private func lines(_ figure: Figure, panel: Int = 0) -> [Line] {
    figure.panels.joined().dropFirst(panel).first?.layers.compactMap {
      if case .line(let line) = $0 { line } else { nil }
    } ?? []
  }

  private func bands(_ figure: Figure) -> [Band] {
    figure.panels.joined().first?.layers.compactMap {
      if case .band(let band) = $0 { band } else { nil }
    } ?? []
  }

  @Test func seedsBecomeAMeanAndABandOfOneSampleDeviation() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, ys: [1, 2]), curve("a", "a", seed: 2, ys: [2, 4]),
      curve("a", "a", seed: 3, ys: [3, 6]),
    ])
    #expect(lines(figure).map(\.ys) == [[2, 4]])
    #expect(bands(figure).map(\.lower) == [[1, 2]])
    #expect(bands(figure).map(\.upper) == [[3, 6]])
    #expect(figure.subtitle == "mean ± one deviation over 3 seeds")
  }

  @Test func aPeakOfAHundredLongCurvesIsKept() {
    let curves = (0..<100).map { run in
      let ys = (0..<10_000).map { $0 == 5_000 + run ? 9.0 : 1.0 }
      return curve("c\(run)", "c\(run)", seed: 1, ys: ys)
    }
    let drawn = lines(Figure.curves(curves))
    #expect(drawn.reduce(0) { $0 + $1.ys.count { $0 == 9 } } == 100)
    #expect(drawn.reduce(0) { $0 + $1.ys.count } < 100_000)
  }

  /// Of many names 24 have a colour; the others are one grey layer, without bands and undermost.
  @Test func ofManyNamesTheRestIsGrey() {
    let curves = (0..<40).flatMap { group in
      (1...2).map { curve("c\(group)", "net \(group)", seed: $0, ys: [1, Double(group + $0)]) }
    }
    let figure = Figure.curves(curves)
    let drawn = lines(figure)
    #expect(drawn.count == 25 && bands(figure).count == 24)
    #expect(drawn[0].ys.count == 16 * 3 && drawn[0].ys.count(where: \.isNaN) == 16)
    #expect(drawn[0].ys[0...1] == [1, 25.5] && drawn[24].ys == [1, 24.5])
    #expect(figure.legend.count == 25)
    #expect(figure.legend.last == LegendEntry("16 more", .line(drawn[0].stroke)))
    #expect(
      figure.notes == [
        "24 of 40 have a colour; the others are grey. top: 12 draws the best alone."
      ])
  }

  /// Of many numbers neighbours share a colour and a layer.
  @Test func ofManyNumbersNeighboursShareAColour() {
    var options = CurvesOptions()
    options.heading = "lr"
    let curves = (0..<3000).map { curve("c\($0)", "\($0)", seed: 1, ys: [1, Double($0)]) }
    let figure = Figure.curves(curves, options: options)
    let drawn = lines(figure)
    #expect(drawn.count == 24 && drawn.allSatisfy { $0.ys.count == 125 * 3 })
    #expect(Set(drawn.map(\.stroke.color)).count == 24)
    #expect(figure.legend.map(\.label)[0...2] == ["lr", "0", "125"])
    #expect(figure.legend.count == 25)
    #expect(
      figure.notes == [
        "3000 values of lr: neighbours share a colour, of which the legend names the first."
      ])
  }

  @Test func oneSeedHasNoBand() {
    let figure = Figure.curves([curve("a", "a", seed: 1, ys: [1, 2])])
    #expect(lines(figure).map(\.ys) == [[1, 2]])
    #expect(bands(figure).isEmpty && figure.subtitle.isEmpty)
  }

  @Test func aMeanIsDrawnWhereAllSeedsHaveAValue() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, steps: [0, 10, 20], ys: [1, 2, 3]),
      curve("a", "a", seed: 2, steps: [0, 20, 30], ys: [3, 5, 7]),
    ])
    let line = lines(figure)[0]
    #expect(line.xs == [0, 10, 20])
    #expect(line.ys[0] == 2 && line.ys[1].isNaN && line.ys[2] == 4)
  }

  @Test func earlyStoppingEndsTheMean() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, ys: [1, 2, 3, 4]), curve("a", "a", seed: 2, ys: [1, 2]),
    ])
    #expect(lines(figure).map(\.ys) == [[1, 2]])
  }

  @Test func longCurvesAreThinnedOutWithTheirPeaks() {
    var ys = [Double](repeating: 1, count: 10_000)
    ys[5000] = 9
    let line = lines(Figure.curves([curve("a", "a", seed: 1, ys: ys)]))[0]
    #expect(line.ys.count < 1100 && line.ys.contains(9))
  }

  @Test func aDivergedSeedIsLeftOutOfTheMean() {
    let figure = Figure.curves([
      curve("a", "a", seed: 1, ys: [4, 3, 2]), curve("a", "a", seed: 2, ys: [2, 3, 2]),
      curve("b", "b", seed: 1, diverged: true, ys: [2, 2.5, 90]),
      curve("b", "b", seed: 2, ys: [3, 3.5, 3]), curve("b", "b", seed: 3, ys: [2.5, 3, 3]),
    ])
    // Means of a: 3, 3, 2; of b, without its first seed: 2.75, 3.25, 3; deviations 0.25 √2 twice.
    #expect(
      FigureText(figure).text
        == """
        figure '' / 'mean ± one deviation over 2 seeds'
        panel 0.0 grid
          x 'epoch' whole
          y 'val/loss'
          band #0072b2 o0.2: 0,1.58579..4.41421 1,3..3 2,2..2
          band #e69f00 o0.2: 0,2.39645..3.10355 1,2.89645..3.60355 2,3..3
          line #0072b2: 0,3 1,3 2,2
          line #e69f00 square: 0,2.75 1,3.25 2,3
        legend 'a' line and band #0072b2
        legend 'b' line and band #e69f00 square
        note '1 of 5 runs diverged (b: 1 of 3) and is left out of the means.'
        """)
  }

  @Test func placesAreMeansOfTheSeedsToo() {
    var first = curve("a", "a", seed: 1, ys: [1, 2])
    var second = curve("a", "a", seed: 2, ys: [1, 2])
    first.xs = [1, 4]
    second.xs = [2, 7]
    #expect(lines(Figure.curves([first, second])).map(\.xs) == [[1.5, 5.5]])
  }

  @Test func bandsKeepTheirPeaksWhenThinned() {
    // The seeds differ at one place of ten thousand: the mean shows nothing there, the band does.
    var up = [Double](repeating: 1, count: 10_000)
    var down = up
    (up[7_007], down[7_007]) = (5, -3)
    let figure = Figure.curves([
      curve("a", "a", seed: 1, ys: up), curve("a", "a", seed: 2, ys: down),
    ])
    #expect(lines(figure)[0].ys.allSatisfy { $0 == 1 })
    // The sample deviation of 5 and -3 is √32.
    let most = bands(figure)[0].upper.max() ?? 0
    #expect(abs(most - (1 + 32.0.squareRoot())) < 1e-12)
  }
}
