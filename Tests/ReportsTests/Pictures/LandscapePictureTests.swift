import Experiments
import Figures
import Foundation
import Pages
import RunStorage
import Testing
import Tracking

/// A landscape and the way on it against gradient descent written down here.
@Suite struct LandscapePictureTests {
  private static let us = [0.0, 1, 2, 5]
  private static let ts = [1.0, 0, 4, 9]

  /// The mean square of w u + b - t, and its gradient.
  private func loss(_ w: Double, _ b: Double) -> (value: Double, w: Double, b: Double) {
    var (value, dw, db) = (0.0, 0.0, 0.0)
    for (u, t) in zip(Self.us, Self.ts) {
      let error = w * u + b - t
      value += error * error / 4
      dw += 2 * error * u / 4
      db += 2 * error / 4
    }
    return (value, dw, db)
  }

  private func figure(_ cell: String) throws -> Figure {
    let stored = try StoredExperiment(
      """
      data: {source: csv, path: FOLDER/d.csv, target: t}
      model: [{linear: 1}]
      train: {steps: 30, loss: mse, optimizer: sgd, lr: 0.03, batch_size: full, init: zeros}
      notebook:
        - sweep: s
        - plot: landscape
          batch: [full]
      \(cell)
      """, files: ["d.csv": csv("u,t", "0,1", "1,0", "2,4", "5,9")]
    ) { _ in nil }
    defer { stored.remove() }
    return try #require(try stored.figures().first)
  }

  @Test func theWayIsGradientDescent() throws {
    let figure = try figure("")
    let panel = figure.panels[0][0]
    #expect(panel.x.name == "0.weight[0, 0]" && panel.y.name == "0.bias[0]")
    #expect(
      figure.title == "s: loss landscape"
        && figure.legend.map(\.label) == ["full batch", "start", "end"])
    #expect(figure.subtitle == "training loss; from the same first weights, 30 updates each")
    var way = [(w: 0.0, b: 0.0)]
    for _ in 0..<30 {
      let last = way[way.count - 1]
      let slope = loss(last.w, last.b)
      way.append((last.w - 0.03 * slope.w, last.b - 0.03 * slope.b))
    }
    let lines = panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
    #expect(lines.count == 2 && lines[1].xs.count == 31)
    // Numbers of 32 bits near 2, thirty times rounded.
    for (index, place) in way.enumerated() {
      #expect(abs(lines[1].xs[index] - place.w) < 1e-5 && abs(lines[1].ys[index] - place.b) < 1e-5)
    }
    // 15 % more than the way on both sides.
    let xs = way.map(\.w)
    let ys = way.map(\.b)
    func isFitted(_ range: ClosedRange<Double>?, _ values: [Double]) -> Bool {
      let (least, most) = (values.min() ?? 0, values.max() ?? 0)
      let room = 0.15 * (most - least)
      guard let range else { return false }
      return abs(range.lowerBound - least + room) < 1e-4
        && abs(range.upperBound - most - room) < 1e-4
    }
    #expect(isFitted(panel.x.range, xs))
    let (x, y) = (try #require(panel.x.range), try #require(panel.y.range))
    func middle(_ values: [Double]) -> Double { ((values.min() ?? 0) + (values.max() ?? 0)) / 2 }
    #expect(abs((x.lowerBound + x.upperBound) / 2 - middle(xs)) < 1e-4)
    #expect(abs((y.lowerBound + y.upperBound) / 2 - middle(ys)) < 1e-4)
    // One unit is as long for both: the plane is at least half as high as it is wide.
    func span(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    let height = max(1.3 * span(ys), 0.5 * 1.3 * span(xs))
    #expect(abs(y.upperBound - y.lowerBound - height) < 1e-4)
  }

  @Test func coloursAreThoseOfTheLossBetweenMeasuredPoints() throws {
    let panel = try figure("").panels[0][0]
    guard case .regions(let regions) = panel.layers[0], let scale = panel.colorScale else {
      Issue.record("no regions")
      return
    }
    #expect(regions.width == 193 && regions.height == 193)
    func along(_ range: ClosedRange<Double>, _ share: Double) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * share
    }
    // 49 by 49 measured points, between them along logarithms.
    let measured = (0..<49).map { row in
      (0..<49).map { column in
        log(
          loss(
            along(regions.xRange, Double(column) / 48), along(regions.yRange, Double(row) / 48)
          ).value)
      }
    }
    var wrong = 0
    for row in 0..<193 {
      for column in 0..<193 {
        let (y, x) = (min(47, row / 4), min(47, column / 4))
        let (v, u) = (Double(row) / 4 - Double(y), Double(column) / 4 - Double(x))
        let low = measured[y][x] * (1 - u) + measured[y][x + 1] * u
        let high = measured[y + 1][x] * (1 - u) + measured[y + 1][x + 1] * u
        let value = exp(low * (1 - v) + high * v)
        let steps = max(0, min(1, scale.axis.position(value, in: scale.range))) * 18
        // Beside the edge of a step either colour may stand.
        let isEdge = abs(steps - steps.rounded()) < 1e-3
        // Lighter is lower, as lighter is better everywhere.
        let color = Style.sequential(1 - min(1, (steps.rounded(.down) + 0.5) / 18))
        if !isEdge, regions.colors[row * 193 + column] != color { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }

  @Test func namedDirectionsAreTheAxesInTheirOrder() throws {
    let panel = try figure("    directions: ['0.bias[0]', '0.weight[0, 0]']").panels[0][0]
    #expect(panel.x.name == "0.bias[0]" && panel.y.name == "0.weight[0, 0]")
    let lines = panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
    let slope = loss(0, 0)
    #expect(
      abs(lines[1].xs[1] + 0.03 * slope.b) < 1e-6 && abs(lines[1].ys[1] + 0.03 * slope.w) < 1e-6)
  }
}
