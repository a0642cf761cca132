import Figures
import Testing
import Tracking

@Suite struct ParallelFigureTests {
  private func lines(_ figure: Figure) -> [Line] {
    figure.panels.joined().flatMap(\.layers).compactMap {
      if case .line(let line) = $0 { line } else { nil }
    }
  }

  private func notes(_ figure: Figure) -> [Note] {
    figure.panels.joined().flatMap(\.layers).compactMap {
      if case .note(let note) = $0 { note } else { nil }
    }
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

  @Test func whatDivergedEndsBeforeTheMetric() throws {
    let figure = Figure.parallel(
      [
        ParallelLine(values: [.number(1)], metric: 1),
        ParallelLine(values: [.number(2)], metric: 0.5, hasDiverged: true),
        ParallelLine(values: [.number(3)], metric: .infinity),
      ], keys: ["lr"], options: SweepOptions(metric: .valLoss, xName: ""))
    #expect(lines(figure).map(\.xs.count).sorted() == [1, 1, 2])
    #expect(figure.notes.contains { $0.hasPrefix("1 of 3 configurations with a diverged run") })
    #expect(figure.notes.contains("1 configuration without a value."))
  }
}
