import Drawing
import Figures
import Foundation
import Testing
import Tracking

/// Bands of curves and of values against a key.
@Suite struct BandTests {
  private func curves(_ values: [[Double]], _ metric: Metric = .valLoss) -> [CurveSeries] {
    values.enumerated().map { seed, ys in
      CurveSeries(
        configuration: "a", group: "", seed: seed, metric: metric, steps: Array(ys.indices),
        xs: ys.indices.map(Double.init), ys: ys)
    }
  }

  private func band(_ figure: Figure) -> Band? {
    for case .band(let band) in figure.panels[0][0].layers { return band }
    return nil
  }

  @Test func theCaptionSaysWhatTheBandIs() {
    let series = curves([[1, 2], [3, 2.5], [2, 3]])
    for (kind, words) in [
      (SeedBand.std, "mean ± one deviation over 3 seeds"),
      (.sem, "mean ± one standard error over 3 seeds"),
      (.ci, "mean and its 95 % interval (Student's t) over 3 seeds"),
      (.quartiles, "mean and the first and third quartile over 3 seeds"),
      (.range, "mean and the least and greatest value over 3 seeds"), (.none, "mean over 3 seeds"),
    ] {
      var options = CurvesOptions()
      options.band = kind
      let figure = Figure.curves(series, options: options)
      #expect(figure.subtitle == words)
      #expect((band(figure) == nil) == (kind == .none))
    }
  }

  @Test func aBandOverALogarithmicAxisNeverReachesItsFloor() throws {
    // Two seeds of values 1e-6 and 1: mean 0.5000005, deviation 0.7071: the plain band ends below 0.
    let figure = Figure.curves(curves([[100, 1e-6], [100, 1]]))
    #expect(figure.panels[0][0].y.scale == .log)
    let band = try #require(self.band(figure))
    // exp of the deviation of ln: |ln 1e-6| / sqrt 2.
    let factor = exp(6 * log(10) / 2.0.squareRoot())
    #expect(abs(band.lower[1] / (0.5000005 / factor) - 1) < 1e-9)
    #expect(abs(band.upper[1] / (0.5000005 * factor) - 1) < 1e-9)
    #expect(figure.subtitle == "mean and one deviation of the logarithm over 2 seeds")
  }

  @Test func accuraciesDoNotExceedOne() throws {
    let figure = Figure.curves(curves([[0.5, 1], [0.6, 0.9], [0.7, 1]], .valAccuracy))
    let band = try #require(self.band(figure))
    #expect(band.upper[1] == 1)
    // Mean 29/30, deviation 0.1/sqrt 3.
    #expect(abs(band.lower[1] - (29.0 / 30 - 0.1 / 3.0.squareRoot())) < 1e-12)
  }

  @Test func finalValuesHaveTheSameBands() throws {
    var options = SweepOptions(metric: .valAccuracy, xName: "lr")
    options.band = .range
    let values = [0.1, 0.2].flatMap { x in
      [0.5, 0.7, 1].enumerated().map { seed, value in
        SweepValue(x: .number(x), seed: seed, value: value)
      }
    }
    let figure = Figure.final(values, options: options)
    let band = try #require(self.band(figure))
    #expect(band.lower == [0.5, 0.5] && band.upper == [1, 1])
    #expect(figure.subtitle == "mean and the least and greatest value over 3 seeds")
  }

  @Test func manyLinesHaveMarkersOfTheirOwn() {
    let series = (0..<9).map { index in
      CurveSeries(
        configuration: "\(index)", group: "net \(index)", seed: 0, metric: .valLoss,
        steps: Array(0..<20), xs: (0..<20).map(Double.init),
        ys: (0..<20).map { Double($0 + index) })
    }
    let figure = Figure.curves(series)
    var markers = 0
    for case .points(let points) in figure.panels[0][0].layers {
      markers += 1
      #expect(points.xs.count == 5)
    }
    #expect(markers == 9)
    #expect(figure.legend.allSatisfy { if case .lineAndMarker = $0.sign { true } else { false } })
  }

  /// Shades of eight rates are near each other; seven are told apart by them alone.
  @Test func manyNumbersHaveMarkersToo() {
    func markers(_ count: Int) -> [Marker] {
      let series = (1...count).map { index in
        CurveSeries(
          configuration: "\(index)", group: "\(index)", seed: 0, metric: .valLoss,
          steps: Array(0..<20), xs: (0..<20).map(Double.init),
          ys: (0..<20).map { Double($0 + index) })
      }
      return Figure.curves(series).panels[0][0].layers.compactMap {
        if case .points(let points) = $0 { points.stroke.marker } else { nil }
      }
    }
    #expect(markers(7).isEmpty)
    let eight = markers(8)
    #expect(eight.count == 8)
    #expect(zip(eight, eight.dropFirst()).allSatisfy { $0 != $1 })
  }

  @Test func manyColumnsOfPanelsGoOnBelow() {
    let series = (0..<7).map { index in
      var curve = CurveSeries(
        configuration: "\(index)", group: "a", seed: 0, metric: .valLoss, steps: [0, 1],
        xs: [0, 1], ys: [1, 2])
      curve.column = "lr = \(index)"
      return curve
    }
    let panels = Figure.curves(series).panels
    #expect(panels.map(\.count) == [4, 3])
    #expect(panels.joined().map(\.title) == (0..<7).map { "lr = \($0)" })
  }
}
