import Datasets
import Experiments
import Figures
import Foundation
import Pages
import Pictures
import Results
import RunStorage
import Runs
import TestSupport
import Testing
import Tracking

/// Figures of measured values against what was put into the store by hand.
@Suite struct SweepPicturesTests {
  private static let text = """
    data: {source: spiral, points_per_class: 10, split: {val: 0.2}}
    models:
      "a `b` \\"c\\"": [{linear: classes}]
      wide: {mlp: {hidden: [3]}}
    objective: {maximize: val/accuracy}
    train: {epochs: 2, optimizer: sgd, batch_size: 10}
    notebook:
      - sweep: s
        over: {model: all, lr: [0.1, 0.001, 0.01]}
        seeds: 3
      - plot: final
        metric: val/accuracy
        x: lr
        by: model
      - plot: final
        metric: val/accuracy
        x: model
        value: best
        theme: dark
        log: y
      - plot: heatmap
        metric: val/accuracy
        x: lr
        y: model
        value: best
      - plot: parallel
        metric: val/accuracy
        value: best
      - plot: parallel
        title: own
        metric: val/loss
        axes: [lr, batch_size]
        log: x
    """

  private static let name = "a `b` \"c\""

  /// The last accuracy of each run; the best one is 0.05 more.
  ///
  /// Of wide at 0.01 one seed of three
  /// diverged, of it at 0.001 one failed, and one of `name` at 0.1 never began.
  private static func accuracy(_ run: RunConfiguration) -> Double {
    let model = run.modelName == name ? 0.1 : 0.4
    return model + 10 * run.number("train.lr").squareRoot() / 100 + 0.015625
      * Double(run.train.seed)
  }

  private static func stored(_ run: RunConfiguration) -> StoredRun? {
    let (rate, seed) = (run.number("train.lr"), run.train.seed)
    if run.modelName == name, rate == 0.1, seed == 2 { return nil }
    var stored = StoredRun()
    let last = accuracy(run)
    stored.add(.valLoss, [(1, 1, 3 * last), (2, 2, 2 * last)])
    stored.add(.valAccuracy, best: last + 0.05, last: last)
    if run.modelName == "wide", seed == 3 {
      if rate == 0.01 { stored.status = .diverged }
      if rate == 0.001 { stored.status = .failed }
    }
    return stored
  }

  /// The value of every run that has a result, in the order of the file: models, rates, seeds.
  private func values(
    _ shift: Double, _ place: (String, Double) -> (x: ParameterValue, y: ParameterValue, String)
  ) -> [SweepValue] {
    var values: [SweepValue] = []
    for model in [Self.name, "wide"] {
      for rate in [0.1, 0.001, 0.01] {
        for seed in 1...3 {
          if model == Self.name, rate == 0.1, seed == 2 { continue }
          if model == "wide", rate == 0.001, seed == 3 { continue }
          let base = model == Self.name ? 0.1 : 0.4
          let (x, y, group) = place(model, rate)
          values.append(
            SweepValue(
              x: x, y: y, group: group, seed: seed,
              value: base + 10 * rate.squareRoot() / 100 + 0.015625 * Double(seed) + shift,
              hasDiverged: model == "wide" && rate == 0.01 && seed == 3))
        }
      }
    }
    return values
  }

  private let missing = "2 of 18 runs have no result yet, 1 of them failed."

  private func options(_ title: String, x: String) -> SweepOptions {
    var options = SweepOptions(metric: .valAccuracy, xName: x)
    options.title = title
    options.notes = ["Values are the final ones."]
    return options
  }

  private let best = "Values are those of each run's epoch with the greatest val/accuracy."

  @Test func finalValuesAndHeatMapsAreThoseOfTheStore() throws {
    let stored = try StoredExperiment(Self.text, Self.stored)
    defer { stored.remove() }
    let figures = try stored.figures()

    var byRate = options("s: val/accuracy against lr", x: "lr")
    byRate.heading = "model"
    var expected = Figure.final(
      values(0) { (.number($1), .off, $0) }, options: byRate)
    expected.notes.append(missing)
    #expect(figures[0] == expected)

    var byModel = options("s: val/accuracy against model", x: "model")
    byModel.isBest = true
    byModel.notes = [best, "Pooled over lr: each seed's mean over all is one value."]
    byModel.style = .dark
    byModel.logY = true
    expected = Figure.final(values(0.05) { model, _ in (.text(model), .off, "") }, options: byModel)
    expected.notes.append(missing)
    #expect(figures[1] == expected)

    var heat = options("s: val/accuracy over lr and model", x: "lr")
    heat.yName = "model"
    heat.isBest = true
    heat.notes = [best]
    expected = Figure.heatMap(values(0.05) { (.number($1), .text($0), "") }, options: heat)
    expected.notes.append(missing)
    #expect(figures[2] == expected)
  }

  private func lines(
    _ value: (Double) -> Double, _ place: (String, Double) -> [ParameterValue?]
  ) -> [ParallelLine] {
    [Self.name, "wide"].flatMap { model in
      [0.1, 0.001, 0.01].map { rate in
        // Of wide the third seed failed at 0.001 and diverged at 0.01.
        let seeds =
          model == Self.name && rate == 0.1
          ? [1, 3] : model == "wide" && rate < 0.1 ? [1, 2] : [1, 2, 3]
        let base = (model == Self.name ? 0.1 : 0.4) + 10 * rate.squareRoot() / 100
        let known = seeds.map { value(base + 0.015625 * Double($0)) }
        return ParallelLine(
          values: place(model, rate), metric: known.reduce(0, +) / Double(known.count),
          hasDiverged: model == "wide" && rate == 0.01)
      }
    }
  }

  @Test func linesOfConfigurationsAreMeansOfTheirSeeds() throws {
    let stored = try StoredExperiment(Self.text, Self.stored)
    defer { stored.remove() }
    let figures = try stored.figures()
    var best = options("s: val/accuracy of every configuration", x: "")
    best.isBest = true
    best.notes = [self.best]
    best.subtitle = "a line is the mean over up to 3 seeds"
    var expected = Figure.parallel(
      lines({ $0 + 0.05 }) { [.text($0), .number($1)] }, keys: ["model", "lr"], options: best)
    expected.notes.append(missing)
    #expect(figures[3] == expected)

    var own = SweepOptions(metric: .valLoss, xName: "")
    own.title = "own"
    own.notes = ["Values are the final ones."]
    own.subtitle = best.subtitle
    own.logX = true
    expected = Figure.parallel(
      lines({ 2 * $0 }) { [.number($1), .integer(10)] }, keys: ["lr", "batch_size"], options: own)
    expected.notes.append(missing)
    #expect(figures[4] == expected)
  }

  @Test func importanceFindsTheKeyThatTheValueFollows() throws {
    let stored = try StoredExperiment(
      """
      data: {source: spiral, points_per_class: 10, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {epochs: 2, optimizer: sgd}
      notebook:
        - sweep: s
          over: {lr: [0.1, 0.2, 0.3, 0.4], batch_size: [2, 3, 4], l1: [0.1, 0.2]}
          seeds: 2
        - plot: importance
          metric: val/loss
          value: best
      """
    ) { run in
      var stored = StoredRun()
      // The best loss follows from the batch size alone, over more than fifty times; the last one
      // from the rate.
      let size = run.number("train.batch_size")
      stored.add(.valLoss, best: pow(10, size), last: run.number("train.lr"))
      if size == 2, run.train.seed == 2, run.number("train.lr") == 0.1 { stored.status = .diverged }
      return stored
    }
    defer { stored.remove() }
    let figure = try #require(try stored.figures().first)
    guard case .categories(let names) = figure.panels[0][0].y.scale else {
      Issue.record("no names")
      return
    }
    #expect(names.last == "batch_size" && Set(names) == ["lr", "batch_size", "l1"])
    let ends = figure.panels[0][0].layers.compactMap { layer -> Double? in
      if case .line(let line) = layer { line.xs.last } else { nil }
    }
    // A forest explains nearly all by the one key that decides.
    #expect((ends.last ?? 0) > 0.95 && ends.dropLast().allSatisfy { $0 < 0.05 })
    #expect(figure.title == "s: what best val/loss depends on")
    // 48 runs, of which two (both values of l1) diverged.
    let words = figure.notes[0]
    #expect(words.hasPrefix("Permutation importance of a random forest of 100 trees over 46 runs,"))
    #expect(words.contains(", of the metric's logarithm. The forest explains "))
    #expect(figure.notes[1] == "2 diverged runs left out.")
    #expect(figure.notes[2] == "Values are those of each run's epoch with the least val/loss.")
  }

  @Test func aMetricThatNobodyMeasuredIsAFailure() throws {
    let stored = try StoredExperiment(Self.text) { _ in
      var stored = StoredRun()
      stored.add(.valLoss, best: 1, last: 2)
      return stored
    }
    defer { stored.remove() }
    let error = #expect(throws: LabbookError.self) {
      try stored.pictures.figures()[0].figure.get()
    }
    #expect(error?.message == "no run of the sweep 's' has values of val/accuracy")
    #expect(error?.hint == "did you mean 'val/loss'?" || error?.hint == "there are val/loss")
  }

  @Test func theStoreAloneShowsTheSameRuns() throws {
    let stored = try StoredExperiment(Self.text, Self.stored)
    defer { stored.remove() }
    let maker = try FigureMaker(
      SweepView(sweep: "s", experiment: "e", in: stored.store), in: stored.store,
      library: DataLibrary())
    let kind = try #require(Plots.kind("final"))
    let cell = try PlotArguments.cell(
      kind, [("metric", "val/accuracy"), ("x", "lr"), ("by", "model")], of: maker.subject)
    var options = options("s: val/accuracy against lr", x: "lr")
    options.heading = "model"
    var expected = Figure.final(values(0) { (.number($1), .off, $0) }, options: options)
    // The run that never began is not in the store.
    expected.notes.append("1 of 17 runs have no result yet, 1 of them failed.")
    #expect(try maker.figure(cell) == expected)
  }
}
