import Drawing
import Experiments
import Figures
import NeuralNet
import Pages
import RunStorage
import Runs
import TestSupport
import Testing
import Tracking

@Suite struct FitPictureTests {
  @Test func everySeedsLineIsItsOwnWeights() throws {
    // u has the mean 3 and the deviation 2.
    let stored = try StoredExperiment(
      """
      data: {source: csv, path: FOLDER/d.csv, target: t, normalize: standard}
      models: {one: [{linear: 1}], two: [{linear: 1}, {linear: 1}]}
      train: {epochs: 2, loss: mse, init: zeros}
      notebook:
        - sweep: s
          over: {model: all}
          seeds: 3
        - plot: fit
          by: model
          x: [-1, 9]
          at: ["0", end]
          std_factor: 2
      """, files: ["d.csv": csv("u,t", "1,5", "5,-2", "1,4", "5,0.5")]
    ) { run in
      var stored = StoredRun()
      stored.add(.trainLoss, [(2, 2, 1)])
      let seed = Float(run.train.seed)
      // Of the second model one seed's weights are not finite.
      let slope = run.modelName == "two" && seed == 2 ? Float.nan : seed
      stored.weights[RunFile.weights] = [
        NamedTensor(name: "0.weight", shape: [1, 1], values: [slope]),
        NamedTensor(name: "0.bias", shape: [1], values: [seed * seed]),
      ]
      if run.modelName == "two" {
        stored.weights[RunFile.weights]? += [
          NamedTensor(name: "1.weight", shape: [1, 1], values: [-2]),
          NamedTensor(name: "1.bias", shape: [1], values: [1]),
        ]
      }
      return stored
    }
    defer { stored.remove() }
    let figure = try #require(try stored.figures().first)
    let panels = Array(figure.panels.joined())
    #expect(
      panels.map(\.title) == [
        "one, before training", "one, after training", "two, before training",
        "two, after training",
      ])
    #expect(panels.allSatisfy { $0.x.name == "u" && $0.y.name == "t" })
    #expect(figure.title == "s: fit" && figure.notes == ["1 without finite weights left out."])
    // s (u - 3) / 2 + s² of seed s, and what the second layer makes of it.
    func expected(_ seed: Double, _ u: Double, isSecond: Bool) -> Double {
      let first = seed * (u - 3) / 2 + seed * seed
      return isSecond ? 1 - 2 * first : first
    }
    for (panel, seeds, isSecond) in [(panels[1], [1.0, 2, 3], false), (panels[3], [1, 3], true)] {
      let lines = panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
      #expect(lines.count == seeds.count + 1)
      for (line, seed) in zip(lines, seeds) {
        #expect(line.xs.count == 400 && line.xs.first == -1 && abs((line.xs.last ?? 0) - 9) < 1e-12)
        // Numbers of 32 bits up to 30: 1e-5 is several of their last digits.
        let far = zip(line.xs, line.ys).contains {
          abs($1 - expected(seed, $0, isSecond: isSecond)) > 1e-5
        }
        #expect(!far)
      }
      for case .points(let points) in panel.layers {
        #expect(points.xs == [1, 5, 1, 5] && points.ys == [5, -2, 4, 0.5])
      }
    }
    // Zeros say 0 before training, in the colour of their model.
    for case .line(let line) in panels[0].layers { #expect(line.ys.allSatisfy { $0 == 0 }) }
    let colors = panels.map { panel -> Color? in
      for case .line(let line) in panel.layers { return line.stroke.color }
      return nil
    }
    #expect(colors[0] == colors[1] && colors[2] == colors[3] && colors[1] != colors[2])
    // The band reaches two sample deviations of the three: at u = 3 of 1, 4, 9.
    for case .band(let band) in panels[1].layers {
      let index = 159  // u = -1 + 10 · 159 / 399 = 2.98496
      let u = band.xs[index]
      let values = [1.0, 2, 3].map { expected($0, u, isSecond: false) }
      let mean = values.reduce(0, +) / 3
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
      #expect(abs(band.upper[index] - mean - 2 * deviation) < 1e-5)
    }
  }
}
