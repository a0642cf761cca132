import Drawing
import Experiments
import Figures
import Foundation
import NeuralNet
import Pages
import RunStorage
import Runs
import Testing
import Tracking

@Suite struct StretchPictureTests {
  private static let text = """
    data: {source: csv, path: FOLDER/d.csv, target: c}
    model: [{linear: 2}, relu, {dropout: 0.5}, {linear: 3}]
    train: {epochs: 1, loss: cross-entropy, init: zeros}
    notebook:
      - sweep: s
      - plot: stretch
        points: data
      - plot: stretch
        points: data
        parts: true
      - plot: stretch
        at: start
    """

  private static func stored(_: RunConfiguration) -> StoredRun {
    var stored = StoredRun()
    stored.add(.trainLoss, [(1, 1, 1)])
    stored.weights[RunFile.weights] = [
      NamedTensor(name: "0.weight", shape: [2, 2], values: [1, 2, -3, 1]),
      NamedTensor(name: "0.bias", shape: [2], values: [0.5, 4]),
      NamedTensor(name: "3.weight", shape: [3, 2], values: [1, 0, 0, 2, 0, 0]),
      NamedTensor(name: "3.bias", shape: [3], values: [1, 1, 1]),
    ]
    return stored
  }

  private func clouds(_ figure: Figure) -> [ColoredPoints] {
    figure.panels.joined().flatMap { panel in
      panel.layers.compactMap { if case .colored(let points) = $0 { points } else { nil } }
    }
  }

  private func figures() throws -> [Figure] {
    let stored = try StoredExperiment(
      Self.text, files: ["d.csv": csv("u,v,c", "0,1,p", "2,0,q", "1,3,r")], Self.stored)
    defer { stored.remove() }
    return try stored.figures()
  }

  @Test func pointsGoThroughTheLayers() throws {
    let figure = try figures()[0]
    // The dropout of a network that is asked stands still and is not drawn.
    #expect(
      figure.panels.joined().map(\.title) == [
        "input", "0 linear, σ = 3.19, 2.19", "1 relu", "3 linear",
      ])
    let clouds = clouds(figure)
    #expect(clouds[0].xs == [0, 2, 1] && clouds[0].ys == [1, 0, 3])
    // u + 2 v + 0.5 and -3 u + v + 4.
    #expect(clouds[1].xs == [2.5, 2.5, 7.5] && clouds[1].ys == [5, -2, 4])
    #expect(clouds[2].xs == [2.5, 2.5, 7.5] && clouds[2].ys == [5, 0, 4])
    // The widest directions of (2.5, 10), (2.5, 0), (7.5, 8) around their mean: distances stay.
    func distance(_ a: Int, _ b: Int) -> Double {
      hypot(clouds[3].xs[a] - clouds[3].xs[b], clouds[3].ys[a] - clouds[3].ys[b])
    }
    #expect(abs(distance(0, 1) - 10) < 1e-6 && abs(distance(0, 2) - hypot(5, 2)) < 1e-6)
    let spread = { (values: [Double]) in values.reduce(0) { $0 + $1 * $1 } }
    #expect(spread(clouds[3].xs) > spread(clouds[3].ys))
    let share = 100 * spread(clouds[3].xs) / (spread(clouds[3].xs) + spread(clouds[3].ys))
    #expect(figure.panels.joined().last?.x.name == "axis 1 of 3 (\(Int(share.rounded())) %)")
    #expect(figure.panels[0][0].x.name == "u" && figure.panels[0][0].y.name == "v")
    #expect(figure.panels.joined().map(\.x.name)[1] == "output 1")
    #expect(clouds[0].colors.map(\.hex) == ["#0072b2", "#e69f00", "#00795a"])
    #expect(figure.legend.map(\.label) == ["p", "q", "r"] && figure.notes.isEmpty)
  }

  @Test func aMatrixIsTakenApartStepByStep() throws {
    let figure = try figures()[1]
    #expect(
      figure.panels.joined().map(\.title) == [
        "input", "0 linear: rotated by Vᵀ", "0 linear: scaled by S", "0 linear: rotated by U",
        "0 linear, σ = 3.19, 2.19", "1 relu", "3 linear",
      ])
    let clouds = clouds(figure)
    // A rotation keeps lengths; the last part is the layer without its shift.
    for point in 0..<3 {
      let before = hypot(clouds[0].xs[point], clouds[0].ys[point])
      #expect(abs(hypot(clouds[1].xs[point], clouds[1].ys[point]) - before) < 1e-6)
      #expect(abs(clouds[3].xs[point] + 0.5 - clouds[4].xs[point]) < 1e-6)
      #expect(abs(clouds[3].ys[point] + 4 - clouds[4].ys[point]) < 1e-6)
    }
    // The singular values of (1 2; -3 1): their squares by the trace 15 and the determinant 49 of Wᵀ W.
    let most = ((15 + (15.0 * 15 - 4 * 49).squareRoot()) / 2).squareRoot()
    #expect(abs(clouds[2].xs[0] - most * clouds[1].xs[0]) < 1e-6)
  }

  @Test func theGridCoversTheRows() throws {
    let figure = try figures()[2]
    let clouds = clouds(figure)
    #expect(
      clouds[0].xs.count == 625 && figure.notes == ["Weights as they are before the first update."])
    // Row by row from the least v: u from 0 to 2, v from 0 to 3, 24 steps each.
    #expect(clouds[0].xs[0] == 0 && abs(clouds[0].xs[1] - 2.0 / 24) < 1e-7)
    #expect(clouds[0].xs[24] == 2 && clouds[0].ys[24] == 0 && clouds[0].ys[624] == 3)
    // Zeros say nothing but zero.
    #expect(clouds[1].xs.allSatisfy { $0 == 0 })
    for case .line(let line) in figure.panels[0][0].layers {
      // 25 lines across and 25 upwards, with a gap behind each.
      #expect(line.xs.count == 50 * 26)
      #expect(
        line.ys.prefix(25).allSatisfy { $0 == 0 }
          && line.xs[25 * 26..<25 * 26 + 25].allSatisfy { $0 == 0 })
    }
  }
}
