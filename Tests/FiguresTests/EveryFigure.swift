import Drawing
import Figures
import NeuralNet
import Tracking

/// A small figure of every builder, with what the data may hold at its worst: numbers that are not
/// finite, runs that diverged, values that are missing.
struct EveryFigure {
  /// The builder's function.
  let builder: String
  let figure: Figure

  static func all() throws -> [EveryFigure] {
    [
      EveryFigure(builder: "boundary", figure: boundary),
      EveryFigure(builder: "confusion", figure: confusion),
      EveryFigure(builder: "curves", figure: curves),
      EveryFigure(builder: "data", figure: data),
      EveryFigure(builder: "final", figure: .final(sweep, options: options("lr"))),
      EveryFigure(builder: "fit", figure: fit),
      EveryFigure(builder: "functions", figure: functions),
      EveryFigure(builder: "gradients", figure: gradients),
      EveryFigure(builder: "heatMap", figure: .heatMap(sweep, options: options("lr", "model"))),
      EveryFigure(builder: "imageData", figure: imageData),
      EveryFigure(builder: "mistakes", figure: mistakes),
      EveryFigure(builder: "importance", figure: importance),
      EveryFigure(builder: "landscape", figure: landscape),
      EveryFigure(builder: "layers", figure: layers),
      EveryFigure(builder: "network", figure: try network()),
      EveryFigure(builder: "parallel", figure: parallel),
      EveryFigure(builder: "figure", figure: rateRange),
      EveryFigure(builder: "stretch", figure: stretch),
      EveryFigure(builder: "weights", figure: weights),
    ]
  }

  // MARK: Metrics of runs

  private static var curves: Figure {
    var options = CurvesOptions()
    options.title = "curves"
    options.heading = "model"
    let curves = [("one \"net\"", 1, false), ("one \"net\"", 2, false), ("two", 1, true)]
    return .curves(
      curves.map { group, seed, isDiverged in
        CurveSeries(
          configuration: group, group: group, seed: seed, hasDiverged: isDiverged,
          metric: .valLoss, steps: [0, 1, 2], xs: [0, 1, 2],
          ys: [2, 1 / Double(seed), isDiverged ? .nan : 0.25])
      }, options: options)
  }

  private static let sweep = [0.001, 0.01, 0.1].flatMap { rate in
    ["one", "two"].map { model in
      SweepValue(
        x: .number(rate), y: .text(model), group: model, seed: 1,
        value: rate > 0.05 ? nil : rate * 10, hasDiverged: rate > 0.05)
    }
  }

  private static func options(_ x: String, _ y: String = "") -> SweepOptions {
    var options = SweepOptions(metric: .valLoss, xName: x)
    options.title = "sweep"
    options.yName = y
    options.heading = "model"
    return options
  }

  private static var parallel: Figure {
    .parallel(
      [
        ParallelLine(values: [.number(0.1), .text("a")], metric: 1),
        ParallelLine(values: [.number(0.01), nil], metric: 2),
        ParallelLine(values: [.number(0.001), .text("b")], metric: nil, hasDiverged: true),
      ], keys: ["lr", "model"], options: options(""))
  }

  private static var importance: Figure {
    var options = ImportanceOptions()
    options.title = "importance"
    options.notes = ["A share of 0 may be chance."]
    return .importance(
      [ImportanceBar(name: "lr", share: 0.8), ImportanceBar(name: "model", share: 0.2)],
      options: options)
  }

  private static var gradients: Figure {
    let curve = CurveSeries(
      configuration: "0.weight", group: "0.weight", seed: 1, metric: Metric("grad_norm/0.weight"),
      steps: [1, 2], xs: [1, 2], ys: [1, 0.001])
    return .gradients([GradientCurves(title: "net", curves: [curve])], title: "gradients")
  }

  private static var layers: Figure {
    .layers(
      ["a", "b"].map { group in
        LayerProfile(
          configuration: group, group: group, seed: 1,
          activations: [.init(layer: "0 linear", mean: 0, deviation: 1)],
          gradients: [.init(parameter: "0.weight", norm: .infinity)])
      }, heading: "model", title: "layers")
  }

  private static var rateRange: Figure {
    RateRangeFigure.figure(
      [
        RateRangeFigure.Test(
          name: "net", rates: [0.001, 0.01, 0.1, 1], losses: [2, 1.5, 1, .nan],
          smoothed: [2, 1.7, 1.2, .infinity], marks: (0.01, 0.03, 0.1))
      ], title: "rates", seeds: 2)
  }

  // MARK: What networks say

  private static var boundary: Figure {
    var options = BoundaryOptions(classNames: ["left", "right"])
    options.title = "boundary"
    let grid = DecisionGrid(
      xRange: -1...1, yRange: -1...1, width: 2, height: 2, classes: [0, 1, 0, 1],
      confidence: [1, 1, 0.5, 0.9])
    let points = ClassPoints(xs: [-0.5, 0.5], ys: [0, 0.25], classes: [0, 1])
    return .boundary([BoundaryModel(title: "net", grid: grid, points: points)], options: options)
  }

  private static var confusion: Figure {
    var options = ConfusionOptions(classNames: ["left", "right"])
    options.title = "confusion"
    return .confusion(
      [ConfusionCounts(title: "net", counts: [[5, 1], [0, 0]])], options: options)
  }

  private static var fit: Figure {
    .fit(
      ["one", "two"].map {
        FitModel(title: $0, xs: [-1, 0, 1], predictions: [[0, 1, 2], [0, 1.5, .nan]])
      }, data: (xs: [-1, 1], ys: [0, 2]))
  }

  private static var functions: Figure {
    .functions(
      [FunctionCurve(name: "relu", xs: [-1, 0, 1], values: [0, 0, 1], slopes: [0, .nan, 1])],
      title: "functions")
  }

  private static var landscape: Figure {
    let grid = LossGrid(
      xRange: -1...1, yRange: -1...1, width: 2, height: 2, losses: [1, 0.5, 0.25, .nan])
    let path = DescentPath(name: "seed 1", xs: [-1, 0, .nan], ys: [1, 0, .nan])
    return .landscape(
      [Landscape(title: "net", grid: grid, paths: [path], xName: "axis 1", yName: "axis 2")],
      title: "landscape", notes: ["The plane has 90 % of the way."])
  }

  private static var stretch: Figure {
    .stretch(
      [
        [
          StretchStage(title: "input", xs: [0, 1, 0], ys: [0, 0, 1], xName: "x", yName: "y"),
          StretchStage(title: "0 linear", xs: [0, .nan, 2], ys: [0, .infinity, 2]),
        ]
      ], colors: .directions, lines: [[0, 1], [0, 2]], title: "stretch",
      notes: ["Weights as they are before the first update."])
  }

  private static func network() throws -> Figure {
    let linear = LayerSpec(Chosen("linear", ["outputs": .integer(3), "bias": .flag(true)]))
    let graph = try Graph([linear, LayerSpec(Chosen("relu"))], input: Shape(2))
    return .network([("net", graph)], title: "network")
  }

  private static var weights: Figure {
    .weights(
      [
        NetworkWeights(
          title: "net",
          first: .matrix(name: "0.weight", columns: ["x", "y"], [[0.5, -0.5], [1, .nan]]),
          layers: [WeightLayer(name: "0.weight", before: [0, 0.1, -0.1], after: [0.5, -0.5, 1])])
      ], title: "weights")
  }

  // MARK: Data

  private static var data: Figure {
    .data(
      DataSample(
        columns: ["x", "y"], rows: [[0, 1], [1, 0], [2, 2]],
        target: .classes([0, 1, 1], names: ["left", "right"])), title: "data")
  }

  private static let image = SampleImage(width: 2, height: 2, pixels: [0, 0.5, 1, 0.25])

  private static var imageData: Figure {
    .imageData([(name: "boots", images: [image]), (name: "bags", images: [image])], title: "data")
  }

  private static var mistakes: Figure {
    .mistakes(
      [
        MistakenImages(
          title: "net",
          images: [
            MistakenImage(image: image, truth: "boots", predicted: "bags", probability: 0.9)
          ], count: 3, rows: 100)
      ], title: "mistakes", part: "val")
  }
}
