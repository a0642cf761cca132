import Datasets
import Experiments
import Runs
import TestSupport
import Testing
import Tracking

/// Cells, and those that a file without a notebook stands for.
struct NotebookTests {
  private func plots(_ experiment: Experiment) -> [PlotCell] {
    experiment.cells.compactMap { if case .plot(let plot) = $0 { plot } else { nil } }
  }

  @Test func aFileWithoutNotebookGetsItsCells() throws {
    let one = try read(smallest + "over: {lr: [0.1, 0.2], optimizer: [sgd, adam]}\n")
    #expect(one.sweeps.map(\.name) == ["main"])
    #expect(plots(one).map(\.kind) == ["curves", "final"])
    #expect(
      (plots(one)[0].plot as? CurvesPlot)?.metrics == [
        .trainLoss, .valLoss, .trainAccuracy, .valAccuracy,
      ])
    #expect((plots(one)[1].plot as? FinalPlot)?.x.label == "lr")
    #expect((plots(one)[1].plot as? FinalPlot)?.by?.label == "optimizer")
    let two = try read(smallest + "over: {lr: [0.1, 0.2], batch_size: [8, 16]}\n")
    #expect(plots(two).map(\.kind) == ["curves", "heatmap"])
    #expect((plots(two)[1].plot as? HeatMapPlot)?.y.label == "batch_size")
    #expect(plots(try read(smallest)).map(\.kind) == ["curves"])
    guard case .table(let table)? = one.cells.last else {
      Issue.record("the last cell is no table")
      return
    }
    #expect(table.kind == .best)
  }

  @Test func aCellSpeaksOfTheNearestSweepAbove() throws {
    let experiment = try read(
      smallest + """
        notebook:
          - text: Hello
          - sweep: first
            over: {lr: [0.1, 0.2]}
          - plot: curves
          - sweep: second
            variants: {a: {}, b: {lr: 3}}
          - {plot: curves, by: variant, axis: time, format: [svg, pdf]}
          - {plot: curves, sweep: first, name: again}
          - {plot: final, metric: val/loss, x: lr, value: best, log: x}
          - {table: best, metric: val/accuracy, show: [train/loss, duration_s, lr]}
        """)
    #expect(plots(experiment).map(\.sweep) == ["first", "second", "first", "second"])
    #expect(
      plots(experiment).map(\.name) == ["first-curves", "second-curves", "again", "second-final"])
    #expect((plots(experiment)[1].plot as? CurvesPlot)?.by == .variant)
    #expect((plots(experiment)[1].plot as? CurvesPlot)?.axis == .time)
    #expect(plots(experiment)[1].formats == [.svg, .pdf])
    #expect((plots(experiment)[3].plot as? FinalPlot)?.value == .best)
    #expect((plots(experiment)[3].plot as? FinalPlot)?.log.x == true)
  }

  @Test func secondFiguresAreNumbered() throws {
    let experiment = try read(
      smallest + "notebook:\n  - sweep: a\n  - plot: curves\n  - plot: curves\n")
    #expect(plots(experiment).map(\.name) == ["a-curves", "a-curves-2"])
  }

  @Test func fitsHaveAnInterval() throws {
    let experiment = try read(
      """
      data: {source: cubic}
      model: {mlp: {hidden: [16]}}
      notebook:
        - sweep: a
        - {plot: fit, x: [-4, 4]}
      """)
    #expect((plots(experiment)[0].plot as? FitPlot)?.range == -4...4)
  }

  @Test func aCloudTrainsNothing() throws {
    let experiment = try read(
      "data: {source: cloud}\nmodel: [{linear: 2}, relu]\ntrain: {epochs: 0}\n")
    let run = experiment.members(of: experiment.sweeps[0])[0].configuration
    #expect(run.train.loss == nil)
    #expect(experiment.cells == [.sweep("main")])
  }

  @Test func theObjectiveFollowsTheData() throws {
    #expect(try configurations(smallest)[0].objective == Objective(.valLoss, .minimize))
    let without = smallest.replacing(", split: {val: 0.2}", with: "")
    #expect(try configurations(without)[0].objective == Objective(.trainLoss, .minimize))
  }
}
