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
    #expect(figure.legend.map(\.label) == ["a", "b (all diverged)"])
    #expect(lines(figure.panels[0][1]).map(\.ys) == [[1, 2]])
    #expect(figure.notes == ["1 of 2 runs diverged (b: 1 of 1) and is left out."])
    let alone = Figure.layers([bad], title: "t")
    #expect(alone.legend.map(\.label) == ["b (all diverged)"])
    #expect(alone.notes == ["1 of 1 run diverged."])
  }

  /// A run that diverged before it measured its layers is counted too; lines of one colour have a dash
  /// each.
  @Test func linesOfOneColourAreToldApart() {
    func one(_ detail: String, _ deviations: [Double], diverged: Bool = false) -> LayerProfile {
      var one = profile("a", seed: 1, deviations)
      one.configuration = detail
      one.detail = detail
      one.hasDiverged = diverged
      return one
    }
    let figure = Figure.layers(
      [one("0.1", [1, 2]), one("0.2", [3, 4]), one("0.3", [], diverged: true)], heading: "model",
      details: ["lr"], title: "t")
    #expect(lines(figure.panels[0][1]).map(\.ys) == [[1, 2], [3, 4]])
    #expect(lines(figure.panels[0][1]).map(\.stroke.dash) == [.solid, .dashed])
    #expect(figure.legend.map(\.label) == ["a", "lr", "0.1", "0.2", "0.3"])
    #expect(figure.subtitle == "a line is one configuration")
    #expect(figure.notes == ["1 of 3 runs diverged and is left out."])
  }

  @Test func aFigureOfTwoConfigurationsIsPinned() {
    func profile(
      _ group: String, _ seed: Int, _ means: [Double], _ deviations: [Double],
      _ norms: [Double]
    ) -> LayerProfile {
      LayerProfile(
        configuration: group, group: group, seed: seed,
        activations: zip(means, deviations).enumerated().map {
          .init(layer: "\($0.offset) l", mean: $0.element.0, deviation: $0.element.1)
        },
        gradients: norms.enumerated().map { .init(parameter: "\($0.offset).w", norm: $0.element) })
    }
    let figure = Figure.layers(
      [
        profile("b", 1, [1, 2, 3], [1, 5, 9], [4, 0.1]),
        profile("a", 1, [0, 0, 1], [2, 2, 2], [1, 1]),
        profile("b", 2, [3, 2, 9], [3, 5, 9], [2, 0.3]),
      ], heading: "model", title: "T", subtitle: "S")
    // b: means 2, 2, 6 ± √2, 0, 3√2; deviations 2, 5, 9 ± √2, 0, 0; norms 3, 0.2 ± √2, 0.1414.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'S; mean ± one deviation over 1 to 2 seeds'
        panel 0.0 'activations: mean' grid
          x 'layer' ["0 l", "1 l", "2 l"]
          y ''
          band #0072b2 o0.18: 0,0.585786..3.41421 1,2..2 2,1.75736..10.2426
          line #0072b2: 0,2 1,2 2,6
          points #0072b2 s1.1: 0,2 1,2 2,6
          line #e69f00 square: 0,0 1,0 2,1
          points #e69f00 square s1.1: 0,0 1,0 2,1
        panel 0.1 'activations: deviation' grid
          x 'layer' ["0 l", "1 l", "2 l"]
          y ''
          band #0072b2 o0.18: 0,0.585786..3.41421 1,5..5 2,9..9
          line #0072b2: 0,2 1,5 2,9
          points #0072b2 s1.1: 0,2 1,5 2,9
          line #e69f00 square: 0,2 1,2 2,2
          points #e69f00 square s1.1: 0,2 1,2 2,2
        panel 0.2 'gradients: norm' grid
          x 'weight' ["0.w", "1.w"]
          y '' log
          band #0072b2 o0.18: 0,1.83764..4.89758 1,0.0919717..0.434916
          line #0072b2: 0,3 1,0.2
          points #0072b2 s1.1: 0,3 1,0.2
          line #e69f00 square: 0,1 1,1
          points #e69f00 square s1.1: 0,1 1,1
        legend 'model' heading
        legend 'b' line and marker #0072b2
        legend 'a' line and marker #e69f00 square
        note 'On a logarithmic axis the band is that of the logarithm, around the mean.'
        """)
  }

  @Test func namesStandWhereThereIsRoom() {
    for (count, hasNames) in [(14, true), (15, false)] {
      let figure = Figure.layers(
        [profile("a", seed: 1, Array(repeating: 1, count: count))], title: "t")
      if case .categories = figure.panels[0][0].x.scale {
        #expect(hasNames)
      } else {
        #expect(!hasNames)
      }
    }
  }
}
