import Foundation
import TestSupport
import Testing

/// NumPy makes the numbers of every kind of figure again, from the store's points, the weights and the
/// prepared rows.
struct FigureWitnessTests {
  /// Small networks of two units, whose values can be drawn as they are.
  private let classes = """
    data: {source: moons, points_per_class: 60, noise: 0.2, split: {val: 0.3}, normalize: standard}
    models:
      small: [{linear: 2}, tanh, {linear: classes}]
      other: [{linear: 3}, tanh, {linear: classes}]
    train: {epochs: 6, batch_size: 16, lr: 0.03, log: {layers: true}}
    notebook:
      - sweep: main
        over: {model: all, lr: [0.01, 0.1]}
        seeds: 5

    """

  private let numbers = """
    data: {source: cubic, split: {val: 0.2}}
    model: {mlp: {hidden: [8], activation: tanh}}
    train: {epochs: 20, batch_size: full, lr: 0.03}
    notebook: [{sweep: ensemble, seeds: 5}]

    """

  private let line = """
    data: {source: linear, points: 60, seed: 1}
    model: [{linear: 1}]
    train: {optimizer: sgd, lr: 0.1, steps: 40, batch_size: full}
    notebook: [{sweep: descent}]

    """

  @Test(.enabled(if: WitnessPython.has("numpy"), "\(WitnessPython.need)"))
  func numbersOfFiguresAreThoseOfNumPy() throws {
    let place = try Workplace()
    for (name, text) in [("f.yaml", classes), ("g.yaml", numbers), ("h.yaml", line)] {
      try place.write(name, text)
      #expect(try place.labbook("run", name).status == 0)
    }
    let kinds = [
      "bands", "smoothed", "gradients", "layers", "data", "boundary", "confusion", "histograms",
      "stretch", "fit", "function", "parallel", "landscape",
    ]
    let script =
      URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures/figure_numbers.py"
    let outcome = try WitnessPython.call([script, toolPath] + kinds, folder: place.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let counts = try JSONDecoder().decode([String: Int].self, from: Data(outcome.output.utf8))
    #expect(counts.count == kinds.count)
    #expect(counts.values.allSatisfy { $0 >= 6 } && counts.values.reduce(0, +) > 50_000)
  }
}
