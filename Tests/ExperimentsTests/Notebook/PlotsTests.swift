import Languages
import Datasets
import Experiments
import FileLanguage
import Runs
import Testing
import Tracking

/// Each kind of figure with every key at a value of its own, and with none.
struct PlotsTests {
  private func plots(_ cells: String, head: String? = nil) throws -> [PlotCell] {
    let text =
      head ?? """
        data: {source: spiral, points_per_class: 50, split: {val: 0.2}}
        model: {mlp: {hidden: [4]}}
        train: {log: {layers: true}}
        notebook:
          - sweep: s
            over: {lr: [0.1, 0.2], batch_size: [8, 16]}
            seeds: 8

        """
    return try read(text + cells).cells.compactMap {
      if case .plot(let plot) = $0 { plot } else { nil }
    }
  }

  private func only<Kind: Plot>(_ cell: String, _: Kind.Type, head: String? = nil) throws -> Kind {
    try #require(try plots("  - {\(cell)}\n", head: head).first?.plot as? Kind)
  }

  private func setting(_ name: String) -> SweepKey {
    .setting(.absolute(["train", name]), written: name)
  }

  @Test func whatEveryFigureHas() throws {
    let plain = try #require(try plots("  - plot: curves\n").first)
    #expect(plain.kind == "curves" && plain.sweep == "s" && plain.name == "s-curves")
    #expect(plain.title == nil && plain.formats == [.svg] && plain.theme == .light)
    #expect(plain.sweeps == ["s"] && plain.mark.line == 8)
    let full = try #require(
      try plots(
        "  - {plot: curves, title: T, name: n, format: [png, pdf], theme: dark, sweep: s}\n"
      ).first)
    #expect(full.title == "T" && full.name == "n" && full.formats == [.png, .pdf])
    #expect(full.theme == .dark && plain != full && plain == plain)
    #expect(try plots("  - {plot: curves, format: pdf}\n").first?.formats == [.pdf])
  }

  @Test func curves() throws {
    let plain = try only("plot: curves", CurvesPlot.self)
    #expect(plain.metrics == [.trainLoss, .valLoss, .trainAccuracy, .valAccuracy])
    #expect(plain.axis == .epoch && plain.smoothing == 0 && plain.log == LogAxes())
    #expect(plain.by == nil && plain.rows == nil && plain.columns == nil)
    let full = try only(
      "plot: curves, metric: [val/loss, lr], by: lr, axis: samples, log: y, smooth: 0.75,"
        + " rows: batch_size, columns: lr", CurvesPlot.self)
    #expect(full.metrics == [.valLoss, .learningRate] && full.by == setting("lr"))
    #expect(
      full.axis == .samples && full.smoothing == 0.75 && full.log == LogAxes(x: false, y: true))
    #expect(full.rows == setting("batch_size") && full.columns == setting("lr"))
    let axes = try ["step", "time", "epoch"].map {
      try only("plot: curves, axis: \($0)", CurvesPlot.self).axis
    }
    #expect(axes == [.step, .time, .epoch])
  }

  @Test(arguments: [
    ("x", LogAxes(x: true, y: false)), ("y", LogAxes(x: false, y: true)),
    ("xy", LogAxes(x: true, y: true)), ("[y, x]", LogAxes(x: true, y: true)),
    ("[x]", LogAxes(x: true, y: false)), ("none", LogAxes(x: false, y: false)),
    ("false", LogAxes(x: false, y: false)), ("true", LogAxes(y: true)),
  ])
  func logarithmicAxes(written: String, axes: LogAxes) throws {
    #expect(try only("plot: curves, log: \(written)", CurvesPlot.self).log == axes)
  }

  @Test func finalAndHeatmap() throws {
    let final = try only("plot: final, metric: val/loss, x: lr", FinalPlot.self)
    #expect(final.metric == .valLoss && final.x == setting("lr") && final.by == nil)
    #expect(final.value == .last && final.log == LogAxes())
    let best = try only(
      "plot: final, metric: val/accuracy, x: batch_size, by: lr, value: best, log: x",
      FinalPlot.self)
    #expect(best.metric == .valAccuracy && best.x == setting("batch_size"))
    #expect(best.by == setting("lr") && best.value == .best && best.log.x == true)
    let map = try only("plot: heatmap, metric: val/loss, x: lr, y: batch_size", HeatMapPlot.self)
    #expect(map.x == setting("lr") && map.y == setting("batch_size") && map.value == .last)
    let other = try only(
      "plot: heatmap, metric: lr, y: lr, x: batch_size, value: best, log: [x, y]",
      HeatMapPlot.self)
    #expect(other.x == setting("batch_size") && other.y == setting("lr"))
    #expect(other.metric == .learningRate && other.value == .best && other.log.y == true)
  }

  @Test func boundary() throws {
    let plain = try only("plot: boundary", BoundaryPlot.self)
    #expect(plain.metric == nil && plain.by == nil && plain.frames == [.end])
    #expect(plain.keptEpochs == [])
    let full = try only(
      "plot: boundary, metric: val/accuracy, by: lr, frames: [0, 3, 10]", BoundaryPlot.self)
    #expect(full.metric == .valAccuracy && full.by == setting("lr"))
    #expect(full.frames == [.epoch(0), .epoch(3), .epoch(10)] && full.keptEpochs == [3, 10])
    #expect(
      [.epoch(0), .epoch(3), TrainingMoment.end].map { $0.title(.english) }
        == ["before training", "after epoch 3", "after training"])
  }

  @Test func fit() throws {
    let head = """
      data: {source: cubic, split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      notebook:
        - {sweep: s, over: {lr: [0.1, 0.2]}}

      """
    let plain = try only("plot: fit", FitPlot.self, head: head)
    #expect(plain.range == nil && plain.moments == [.end] && plain.factor == 1)
    #expect(plain.metric == nil && plain.by == nil)
    let full = try only(
      "plot: fit, metric: val/loss, by: lr, x: [-4, 2.5], at: [0, end], std_factor: 2",
      FitPlot.self, head: head)
    #expect(full.range == -4...2.5 && full.moments == [.epoch(0), .end] && full.factor == 2)
    #expect(full.metric == .valLoss && full.by == setting("lr"))
    #expect(try only("plot: fit, at: 0", FitPlot.self, head: head).moments == [.epoch(0)])
  }

  @Test func parallelAndImportance() throws {
    let plain = try only("plot: parallel, metric: val/loss", ParallelPlot.self)
    #expect(plain.axes == [setting("lr"), setting("batch_size")] && plain.value == .last)
    let full = try only(
      "plot: parallel, metric: lr, axes: [batch_size, lr], value: best, log: x", ParallelPlot.self)
    #expect(full.axes == [setting("batch_size"), setting("lr")] && full.value == .best)
    #expect(full.metric == .learningRate && full.log.x == true)
    let importance = try only(
      "plot: importance, metric: val/loss, value: best", ImportancePlot.self)
    #expect(importance.metric == .valLoss && importance.value == .best)
    #expect(importance.explaining == [setting("lr"), setting("batch_size")])
    #expect(ImportancePlot.fewestRuns == 30)
  }

  @Test func dataAndClassifiers() throws {
    #expect(try only("plot: data", DataPlot.self).part == .train)
    #expect(try only("plot: data, part: val", DataPlot.self).part == .val)
    let plain = try only("plot: confusion", ConfusionPlot.self)
    #expect(plain.part == nil && !plain.sumsSeeds && plain.weights == .last)
    let full = try only(
      "plot: confusion, metric: val/loss, by: lr, part: val, seeds: all, value: best",
      ConfusionPlot.self)
    #expect(full.part == .val && full.sumsSeeds && full.weights == .best)
    #expect(full.metric == .valLoss && full.by == setting("lr"))
  }

  @Test func weightsGradientsAndLayers() throws {
    #expect(try only("plot: weights", WeightsPlot.self).weights == .last)
    let weights = try only("plot: weights, by: lr, value: best, metric: lr", WeightsPlot.self)
    #expect(weights.weights == .best && weights.by == setting("lr"))
    #expect(weights.metric == .learningRate)
    #expect(try !only("plot: gradients", GradientsPlot.self).isBySteps)
    let gradients = try only("plot: gradients, by: lr, axis: step, metric: lr", GradientsPlot.self)
    #expect(
      gradients.isBySteps && gradients.by == setting("lr") && gradients.metric == .learningRate)
    #expect(try only("plot: layers", LayersPlot.self).epoch == nil)
    let layers = try only("plot: layers, by: lr, epoch: 20", LayersPlot.self)
    #expect(layers.epoch == 20 && layers.by == setting("lr"))
    #expect(throws: Diagnostics.self) { try only("plot: layers, epoch: 21", LayersPlot.self) }
  }

  @Test func landscapeStretchAndNetwork() throws {
    let plain = try only("plot: landscape", LandscapePlot.self)
    #expect(plain.batches == [] && plain.updates == nil && plain.directions == [])
    let full = try only(
      "plot: landscape, metric: lr, batch: [full, 16, 1], updates: 50, directions: [a, b]",
      LandscapePlot.self)
    #expect(full.batches == [0, 16, 1] && full.updates == 50 && full.directions == ["a", "b"])
    #expect(full.metric == .learningRate && full.by == nil)
    #expect(try only("plot: landscape, by: lr", LandscapePlot.self).by == setting("lr"))
    let stretch = try only("plot: stretch", StretchPlot.self)
    #expect(stretch.isAtStart == nil && stretch.followsData == nil && !stretch.showsParts)
    let all = try only(
      "plot: stretch, metric: lr, by: lr, at: start, points: data, parts: true", StretchPlot.self)
    #expect(all.isAtStart == true && all.followsData == true && all.showsParts)
    #expect(all.metric == .learningRate && all.by == setting("lr"))
    let end = try only("plot: stretch, at: end, points: grid", StretchPlot.self)
    #expect(end.isAtStart == false && end.followsData == false)
    #expect(try only("plot: network", NetworkPlot.self).part == .both)
    #expect(try only("plot: network, graph: forward", NetworkPlot.self).part == .forward)
  }

  @Test func function() throws {
    let plain = try only("plot: function, of: relu", FunctionPlot.self)
    #expect(plain.functions == ["relu"] && plain.range == -5...5)
    let cell = try #require(
      try plots("  - {plot: function, of: [tanh, relu], x: [-1, 2]}\n").first)
    #expect((cell.plot as? FunctionPlot)?.functions == ["tanh", "relu"])
    #expect((cell.plot as? FunctionPlot)?.range == -1...2)
    #expect(cell.sweep == nil && cell.name == "function" && cell.sweeps == [])
  }

  @Test func kindsInTheOrderOfTheDocumentation() {
    #expect(
      Plots.names == [
        "curves", "final", "heatmap", "boundary", "fit", "parallel", "importance", "data",
        "confusion", "images", "weights", "gradients", "layers", "landscape", "stretch", "function",
        "network", "artifact",
      ])
    let needs = Plots.all.filter { $0.needs == .configurations }.map { $0.kind }
    #expect(needs == ["data", "landscape", "stretch", "network"])
    #expect(Plots.all.filter { $0.needs == .nothing }.map { $0.kind } == ["function"])
  }
}
