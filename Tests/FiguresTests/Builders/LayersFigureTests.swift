import Figures
import Testing
import Tracking

@Suite struct LayersFigureTests {
  private func profile(_ group: String, seed: Int, _ deviations: [Double]) -> LayerProfile {
    LayerProfile(
      configuration: group, group: group, seed: seed,
      activations: deviations.enumerated().map {
        .init(layer: "\($0.offset) linear", mean: 0.5, deviation: $0.element)
      },
      gradients: deviations.enumerated().map {
        .init(parameter: "\($0.offset).weight", norm: $0.element / 2)
      })
  }

  private func lines(_ panel: Panel) -> [Line] {
    panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
  }

  @Test func meansOverSeedsStandAgainstDepth() {
    let figure = Figure.layers(
      [profile("a", seed: 1, [1, 2]), profile("a", seed: 2, [3, 4])], title: "t")
    let panels = figure.panels[0]
    #expect(lines(panels[1])[0].ys == [2, 3])
    #expect(lines(panels[2])[0].ys == [1, 1.5])
    #expect(panels[1].x.scale == .categories(["0 linear", "1 linear"]))
    #expect(figure.subtitle.contains("2 seeds"))
  }

  @Test func vanishingNormsAreDrawnByPowersOfTen() {
    let figure = Figure.layers([profile("a", seed: 1, [1, 1e-3, 1e-6])], title: "t")
    #expect(figure.panels[0][2].y.scale == .log)
  }

  @Test func networksOfOtherDepthsAreCounted() {
    let figure = Figure.layers(
      [profile("a", seed: 1, [1, 2]), profile("b", seed: 1, [1, 2, 3])], title: "t")
    #expect(figure.panels[0][0].x.scale == .linear)
    #expect(figure.panels[0][0].x.name == "layer, from the input")
    #expect(figure.legend.map(\.label) == ["a", "b"])
  }

  @Test func aDivergedRunIsLeftOutAndCounted() {
    var bad = profile("b", seed: 1, [1e30, 1e30])
    bad.hasDiverged = true
    let figure = Figure.layers([profile("a", seed: 1, [1, 2]), bad], title: "t")
    #expect(figure.legend.map(\.label) == ["a"])
    #expect(figure.notes == ["1 of 2 runs diverged and is left out."])
    let alone = Figure.layers([bad], title: "t")
    #expect(alone.legend.map(\.label) == ["b"])
    #expect(alone.notes == ["1 of 1 run diverged."])
  }
}
