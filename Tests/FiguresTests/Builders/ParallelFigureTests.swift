import Drawing
import Figures
import Testing
import Tracking

@Suite struct ParallelFigureTests {
  private func lines(_ figure: Figure) -> [Line] {
    figure.panels.joined().flatMap(\.layers).compactMap {
      // The thick line's edge is none of its own.
      if case .line(let line) = $0, line.stroke.color != figure.style.text { line } else { nil }
    }
  }

  private func notes(_ figure: Figure) -> [Note] {
    figure.panels.joined().flatMap(\.layers).compactMap {
      if case .note(let note) = $0 { note } else { nil }
    }
  }

  @Test func namesThatAreLeftOutAreSaid() {
    func notes(_ count: Int) -> [String] {
      Figure.parallel(
        (0..<count).map { ParallelLine(values: [.text("net \($0)")], metric: Double($0)) },
        keys: ["model"], options: SweepOptions(metric: .valLoss, xName: "")
      ).notes
    }
    #expect(notes(30).contains("Not every name has room along its axis."))
    #expect(!notes(20).contains("Not every name has room along its axis."))
  }

  @Test func numbersStandByTheirLogarithmsAndNamesInTheirOrder() throws {
    let rates = [1e-3, 1e-2, 1e-1]
    let figure = Figure.parallel(
      rates.enumerated().map { index, rate in
        ParallelLine(
          values: [.number(rate), .text(["a", "b", "c"][index])], metric: Double(3 - index))
      }, keys: ["lr", "model"], options: SweepOptions(metric: .valLoss, xName: ""))
    let drawn = lines(figure)
    // The worst loss is drawn first; the best one is the last, and thick.
    #expect(
      drawn.map { $0.ys.map { ($0 * 100).rounded() } } == [
        [0, 100, 100], [50, 50, 50], [100, 0, 0],
      ])
    #expect(drawn.map { $0.stroke.width > 3 } == [false, false, true])
    #expect(notes(figure).contains { $0.text == "b" && $0.y == 0.5 && $0.anchor == .right })
  }

  /// Where every run diverged the line ends before the metric; where some did it is dashed, at the mean
  /// of the others, and ranks after all without, however small that is.
  @Test func whatDivergedRanksAfterAllWithout() throws {
    let figure = Figure.parallel(
      [
        ParallelLine(values: [.number(1)], metric: 1),
        ParallelLine(values: [.number(2)], metric: 0.5, hasDiverged: true),
        ParallelLine(values: [.number(3)], metric: .infinity),
        ParallelLine(values: [.number(4)], metric: nil, hasDiverged: true),
        ParallelLine(values: [.number(5)], metric: 3),
      ], keys: ["lr"], options: SweepOptions(metric: .valLoss, xName: ""))
    let drawn = lines(figure)
    #expect(drawn.map(\.xs.count) == [1, 1, 2, 2, 2])
    #expect(drawn.map { $0.ys[0] } == [0.5, 0.75, 0.25, 1, 0])
    #expect(drawn.map(\.stroke.dash) == [.dashed, .dashed, .dashed, .solid, .solid])
    #expect(drawn.map(\.stroke.width).suffix(3) == [1.6, 1.6, 3.2])
    #expect(figure.notes.contains { $0.hasPrefix("2 of 5 configurations with a diverged run") })
    #expect(figure.notes.contains("1 configuration without a value."))
    // Where there is no other, the best of those with a diverged run is the thick one.
    let alone = Figure.parallel(
      [
        ParallelLine(values: [.number(1)], metric: 2, hasDiverged: true),
        ParallelLine(values: [.number(2)], metric: 1, hasDiverged: true),
      ], keys: ["lr"], options: SweepOptions(metric: .valLoss, xName: ""))
    #expect(lines(alone).map { $0.stroke.width > 3 } == [false, true])
  }

  private func accuracies() -> Figure {
    var options = SweepOptions(metric: .valAccuracy, xName: "")
    options.title = "T"
    options.subtitle = "S"
    options.isBest = true
    return Figure.parallel(
      [
        ParallelLine(values: [.number(0.1), .text("b")], metric: 0.5),
        ParallelLine(values: [.number(0.001), .text("a")], metric: 0.9),
        ParallelLine(values: [.number(0.01), nil], metric: 0.7),
        ParallelLine(values: [.number(0.1), .text("a")], metric: nil, hasDiverged: true),
      ], keys: ["lr", "model"], options: options)
  }

  @Test func theBestAccuracyIsTheThickLine() {
    // Drawn from the worst to the best: what diverged, 0.5, 0.7, 0.9. Lighter is
    // better, and the best has an edge. b came first and is at the top.
    #expect(
      FigureText(accuracies()).text
        == """
        figure 'T' / 'S'
        panel 0.0
          x '' ["lr", "model", "best val/accuracy"] [-0.03 2.03]
          y '' [-0.06 1.06] ticks\u{20}
          colours [0.5 0.9] 'best val/accuracy' [0.5 0.9]
          upright 0 #595959 w1
          upright 1 #595959 w1
          upright 2 #595959 w1
          line #595959 w0.9 dashed o0.8: 0,1 1,0
          line #440154 w1.6 o0.85: 0,1 1,1 2,0
          line #27808d w1.6 o0.85: 0,0.5 2,0.5
          line #1a1a1a w4.8: 0,0 1,0 2,1
          line #a4da36 w3.2: 0,0 1,0 2,1
          '0.001' at -0.03,0 right #1a1a1a
          '0.01' at -0.03,0.5 right #1a1a1a
          '0.1' at -0.03,1 right #1a1a1a
          'a' at 0.97,0 right #1a1a1a
          'b' at 0.97,1 right #1a1a1a
          '0.50' at 1.97,0 right #1a1a1a
          '0.55' at 1.97,0.125 right #1a1a1a
          '0.60' at 1.97,0.25 right #1a1a1a
          '0.65' at 1.97,0.375 right #1a1a1a
          '0.70' at 1.97,0.5 right #1a1a1a
          '0.75' at 1.97,0.625 right #1a1a1a
          '0.80' at 1.97,0.75 right #1a1a1a
          '0.85' at 1.97,0.875 right #1a1a1a
          '0.90' at 1.97,1 right #1a1a1a
        note 'The thick line is the best configuration; lighter is better.'
        note '1 of 4 configurations with a diverged run: dashed, at the mean of the other runs; grey and without a value where all diverged.'
        """)
  }

  @Test func onADarkBackgroundTheBestIsTheLightest() {
    for (metric, best, isReversed) in [
      (Metric.valLoss, 1.0, true), (.valAccuracy, 3, false),
    ] {
      var options = SweepOptions(metric: metric, xName: "")
      options.style = .dark
      let figure = Figure.parallel(
        [1.0, 2, 3].map { ParallelLine(values: [.number($0)], metric: $0) }, keys: ["k"],
        options: options)
      #expect(figure.panels[0][0].colorScale?.isReversed == isReversed)
      let thick = lines(figure).filter { $0.stroke.width == 3.2 }
      // viridis ends in #fde725.
      #expect(thick.map(\.stroke.color.hex) == ["#fde725"])
      #expect(thick.map { $0.ys[0] } == [(best - 1) / 2])
    }
  }

  @Test func ofManyNumbersTheAxisHasRoundTicks() {
    let lines = (0..<9).map { ParallelLine(values: [.integer($0 * 5)], metric: Double($0)) }
    let figure = Figure.parallel(
      lines, keys: ["k"], options: SweepOptions(metric: .valLoss, xName: ""))
    // Steps of 5 and of 10 are as near to six; the finer ones are taken.
    let labels = notes(figure).filter { $0.x < 0 }
    #expect(labels.map(\.text) == (0..<9).map { "\(5 * $0)" })
    #expect(labels.map(\.y) == (0..<9).map { Double($0) / 8 })
    // Left of the first axis a name has more room than between two.
    let name = "a name of more than 16"
    let long = Figure.parallel(
      [ParallelLine(values: [.text(name), .text(name)], metric: 1)], keys: ["k", "l"],
      options: SweepOptions(metric: .valLoss, xName: ""))
    #expect(notes(long).first?.text == name)
    #expect(notes(long).contains { $0.text == "a name o…than 16" && $0.x > 0.5 })
  }
}
