import Drawing
import Languages
import Experiments
import Figures
import Pages
import RunStorage
import Runs
import TestSupport
import Testing
import Tracking

@Suite struct LayersPictureTests {
  private static let text = """
    data: {source: spiral, points_per_class: 10}
    models:
      small: [{linear: 4}, tanh, {linear: classes}]
      wide: [{linear: 5}, tanh, {linear: classes}]
    train: {epochs: 3, optimizer: sgd, log: {layers: true}}
    notebook:
      - sweep: s
        over: {model: all, lr: [0.5, 0.25]}
        seeds: 2
      - plot: layers
        by: model
        epoch: 2
      - plot: layers
        by: lr
      - plot: gradients
        by: model
      - plot: gradients
        by: lr
        axis: step
    """

  /// A number for everything: of a run, a layer or weight, a metric and an epoch, each another.
  private static func value(_ model: String, _ rate: Double, _ seed: Int, _ kind: Int, _ epoch: Int)
    -> Double
  {
    (model == "small" ? 1 : 2) + rate + Double(seed) / 8 + 16 * Double(kind) + 256 * Double(epoch)
  }

  private static let layers = [("0", "linear"), ("1", "tanh"), ("2", "linear")]

  private static func stored(_ run: RunConfiguration) -> StoredRun {
    var stored = StoredRun()
    func add(_ metric: Metric, _ kind: Int) {
      stored.add(
        metric,
        (1...3).map { epoch in
          (
            4 * epoch, epoch,
            value(run.modelName, run.number("train.lr"), run.train.seed, kind, epoch)
          )
        })
    }
    for (index, layer) in layers.enumerated() {
      add(.activationMean(layer: layer.0), index)
      add(.activationDeviation(layer: layer.0), 3 + index)
    }
    add(.gradientNorm(parameter: "0.weight"), 6)
    add(.gradientNorm(parameter: "2.weight"), 7)
    add(.gradientNorm(parameter: "0.bias"), 8)
    let rate = run.number("train.lr")
    stored.add(.trainLoss, [(4, 1, 9), (12, 3, rate == 0.25 ? 1 : 2)])
    stored.best = (12, 3)
    return stored
  }

  private func profiles(
    _ epoch: Int, group: (String, Double) -> String, detail: (String, Double) -> String,
    order: [(String, Double)]
  ) -> [LayerProfile] {
    order.flatMap { model, rate in
      [1, 2].map { seed in
        let value = { Self.value(model, rate, seed, $0, epoch) }
        var profile = LayerProfile(
          configuration: "\(model) \(rate)", group: group(model, rate), seed: seed,
          activations: Self.layers.enumerated().map { index, layer in
            .init(
              layer: "\(layer.0) \(layer.1)", mean: value(index), deviation: value(3 + index))
          },
          gradients: [
            .init(parameter: "0.weight", norm: value(6)),
            .init(parameter: "2.weight", norm: value(7)),
          ])
        profile.detail = detail(model, rate)
        return profile
      }
    }
  }

  private func curves(_ model: String, _ rate: Double, x: (Int) -> Double) -> [CurveSeries] {
    [("0.weight", 6), ("2.weight", 7)].flatMap { name, kind in
      [1, 2].map { seed in
        CurveSeries(
          configuration: "\(model) \(rate)", group: name, seed: seed,
          metric: .gradientNorm(parameter: name), steps: [4, 8, 12], xs: [1, 2, 3].map(x),
          ys: [1, 2, 3].map { Self.value(model, rate, seed, kind, $0) })
      }
    }
  }

  @Test func depthAndTrainingShowWhatWasMeasured() throws {
    let stored = try StoredExperiment(Self.text, Self.stored)
    defer { stored.remove() }
    let figures = try stored.figures()
    #expect(
      figures[0]
        == Figure.layers(
          profiles(
            2, group: { model, _ in model }, detail: { "\($1)" },
            order: [("small", 0.5), ("small", 0.25), ("wide", 0.5), ("wide", 0.25)]),
          heading: "model", details: ["lr"], title: "s: layers by depth",
          subtitle: "after epoch 2"))
    #expect(
      figures[1]
        == Figure.layers(
          profiles(
            3, group: { "\($1)" }, detail: { model, _ in model },
            order: [("small", 0.5), ("wide", 0.5), ("small", 0.25), ("wide", 0.25)]),
          heading: "lr", details: ["model"], title: "s: layers by depth",
          subtitle: "after the last epoch"))
    // The best configuration of each model has the rate of 0.25; of each rate it is the first model.
    #expect(
      figures[2]
        == Figure.gradients(
          ["small", "wide"].map { model in
            GradientCurves(
              title: "\(model), lr=0.25", curves: curves(model, 0.25) { Double($0) })
          }, title: "s: norms of gradients"))
    #expect(
      figures[3]
        == Figure.gradients(
          [0.5, 0.25].map { rate in
            GradientCurves(
              title: "\(rate), model=small", curves: curves("small", rate) { 4 * Double($0) })
          }, axis: .axisStep, title: "s: norms of gradients"))
  }
}
