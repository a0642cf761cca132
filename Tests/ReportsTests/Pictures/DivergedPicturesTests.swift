import Experiments
import Figures
import Foundation
import NeuralNet
import Pages
import RunStorage
import Runs
import TestSupport
import Testing
import Tracking

/// Runs that diverged in every kind of figure: in no mean, and a group of nothing else is said.
///
/// Of the rates 0.1, 0.2 and 9 all three seeds of 9 diverged before they measured their layers, and the
/// first seed of 0.2; the seeds' losses are 1, 2 and 3.
@Suite struct DivergedPicturesTests {
  private static let rows = csv(
    "u,v,c", "0,10,p", "4,10,q", "0,20,q", "4,20,p", "0,10,p", "4,20,q")

  private static func text(_ cells: String) -> String {
    """
    data: {source: csv, path: FOLDER/d.csv, target: c}
    model: [{linear: classes}]
    train: {epochs: 2, init: zeros, log: {layers: true}}
    notebook:
      - sweep: s
        over: {lr: [0.1, 0.2, 9], batch_size: [2, 3]}
        seeds: 3
    \(cells)
    """
  }

  private static func stored(_ run: RunConfiguration) -> StoredRun {
    let (rate, seed) = (run.number("train.lr"), run.train.seed)
    let isBad = rate == 9 || (rate == 0.2 && seed == 1)
    var stored = StoredRun()
    stored.add(.valLoss, [(0, 0, 50)])
    stored.add(.trainLoss, [(1, 1, isBad ? .nan : 4), (2, 2, isBad ? .nan : Double(seed))])
    if isBad { stored.status = .diverged } else { stored.best = (2, 2) }
    if !isBad {
      stored.add(.activationMean(layer: "0"), [(2, 2, Double(seed))])
      stored.add(.activationDeviation(layer: "0"), [(2, 2, Double(seed))])
      stored.add(.gradientNorm(parameter: "0.weight"), [(1, 1, Double(seed)), (2, 2, 7)])
    }
    let number: Float = isBad ? .nan : Float(seed)
    let weights = [
      NamedTensor(name: "0.weight", shape: [2, 2], values: [0, 0, number, 0]),
      NamedTensor(name: "0.bias", shape: [2], values: [0, -1]),
    ]
    stored.weights = [RunFile.weights: weights, RunFile.bestWeights: weights]
    return stored
  }

  private func figure(_ cell: String) throws -> Figure {
    let stored = try StoredExperiment(
      Self.text(cell), files: ["d.csv": Self.rows], Self.stored)
    defer { stored.remove() }
    return try #require(try stored.figures().first)
  }

  private func lines(_ panel: Panel) -> [Line] {
    panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
  }

  @Test func curvesAreMeansOfTheOthers() throws {
    let figure = try figure("  - {plot: curves, metric: train/loss, by: lr}")
    // Means of 1, 2, 3 and of 2, 3; of 9 nothing was measured that could be drawn.
    #expect(
      lines(figure.panels[0][0]).map(\.ys) == [[4, 2], [4, 2], [4, 2.5], [4, 2.5], [], []])
    #expect(
      figure.legend.map(\.label) == [
        "lr", "0.1", "0.2", "9 (all diverged)", "batch_size", "2", "3",
      ])
    #expect(
      figure.subtitle == "a line is one configuration, mean ± one deviation over 2 to 3 seeds")
    #expect(
      figure.notes.first
        == "8 of 18 runs diverged (lr 0.2: 2 of 6; lr 9: 6 of 6) and are left out of the means; of lr 9 "
        + "all did: a cross ends their line.")
  }

  @Test func aMetricThatOnlyOthersMeasuredCountsThemAll() throws {
    let figure = try figure("  - {plot: curves, metric: layer/0/activation_mean, by: lr}")
    #expect(figure.legend.map(\.label).contains("9 (all diverged)"))
    #expect(figure.notes.first?.hasPrefix("8 of 18 runs diverged") == true)
  }

  @Test func finalValuesAndHeatMapsSayTheSame() throws {
    let final = try figure("  - {plot: final, metric: train/loss, x: batch_size, by: lr}")
    #expect(final.legend.map(\.label) == ["lr", "0.1", "0.2", "9 (all diverged)"])
    #expect(lines(final.panels[0][0]).map(\.ys) == [[2, 2], [2.5, 2.5], []])
    #expect(final.subtitle == "mean ± one deviation over 2 to 3 seeds")
    let heat = try figure(
      "  - {plot: heatmap, metric: train/loss, x: lr, y: batch_size, value: best}")
    for case .heatMap(let map) in heat.panels[0][0].layers {
      let row = ["2.00", "2.50 (2 of 3)", "diverged"]
      #expect(map.rows.map { $0.map(\.text) } == [row, row])
    }
  }

  @Test func aLineOfParallelCoordinatesIsTheMeanOfTheOthers() throws {
    let figure = try figure("  - {plot: parallel, metric: train/loss}")
    // The worst first: four without a value, dashed, then 2.5 of 0.2, then 2 of 0.1 on an edge.
    #expect(lines(figure.panels[0][0]).map(\.xs.count) == [2, 2, 3, 3, 3, 3, 3])
    #expect(
      lines(figure.panels[0][0]).map(\.stroke.dash) == [
        .dashed, .dashed, .dashed, .dashed, .solid, .solid, .solid,
      ])
  }

  @Test func layersAndGradientsCountRunsThatMeasuredNone() throws {
    let layers = try figure("  - {plot: layers, by: lr}")
    #expect(
      layers.legend.map(\.label) == [
        "lr", "0.1", "0.2", "9 (all diverged)", "batch_size", "2", "3",
      ])
    #expect(
      layers.notes == [
        "8 of 18 runs diverged (lr 0.2: 2 of 6; lr 9: 6 of 6) and are left out."
      ])
    let gradients = try figure("  - {plot: gradients, by: lr}")
    #expect(
      gradients.panels.joined().map(\.title) == [
        "0.1, batch_size=2", "0.2, batch_size=2", "9, batch_size=2 (all diverged)",
      ])
    #expect(
      gradients.panels.joined().map { lines($0).map(\.ys) } == [[[2, 7]], [[2.5, 7]], [[]]])
    #expect(gradients.notes.first?.hasPrefix("4 of 9 runs diverged") == true)
  }

  @Test func aBoundaryIsThatOfTheFirstSeedThatCounts() throws {
    let figure = try figure("  - {plot: boundary, by: lr}")
    let panels = Array(figure.panels.joined())
    #expect(
      panels.map(\.title) == ["0.1, batch_size=2", "0.2, batch_size=2", "9 (all diverged)"])
    // Of 0.1 seed 1 decides at u = 1, of 0.2 seed 2 at u = 1/2; the grid reaches from -0.32 to 4.32.
    let edges = panels.prefix(2).map { panel -> Int? in
      for case .regions(let regions) in panel.layers {
        return regions.classes.prefix(regions.width).firstIndex(of: 1)
      }
      return nil
    }
    func column(_ u: Double) -> Int { Int(((u + 0.32) / 4.64 * 239).rounded(.up)) }
    #expect(edges == [column(1), column(0.5)])
    // The data alone stands where no network is left.
    #expect(panels[2].layers.count == 2 && panels[2].ranges.x == panels[0].ranges.x)
    #expect(
      figure.notes == ["1 diverged left out.", "No network is left of lr 9 (all diverged)."])
  }

  @Test func tablesAndPicturesOfNetworksNameTheGroup() throws {
    let lost = "No network is left of lr 9 (all diverged)."
    for (seeds, left) in [("first", "1 diverged left out."), ("all", "1 diverged left out.")] {
      let confusion = try figure("  - {plot: confusion, by: lr, part: train, seeds: \(seeds)}")
      #expect(confusion.notes.suffix(2) == [left, lost])
      #expect(confusion.panels.joined().count == 2)
    }
  }

  @Test func importanceSaysOfWhichValuesNothingIsLeft() throws {
    let stored = try StoredExperiment(
      """
      data: {source: spiral, points_per_class: 10}
      model: [{linear: classes}]
      train: {epochs: 2}
      notebook:
        - sweep: s
          over: {lr: [0.1, 0.2, 0.3, 0.4, 9], batch_size: [2, 3, 4]}
          seeds: 3
        - {plot: importance, metric: train/loss}
      """
    ) { run in
      var stored = StoredRun()
      stored.add(.trainLoss, [(2, 2, run.number("train.lr"))])
      if run.number("train.lr") == 9 { stored.status = .diverged }
      return stored
    }
    defer { stored.remove() }
    let figure = try #require(try stored.figures().first)
    #expect(figure.notes.contains("9 diverged runs left out. No run is left of lr = 9."))
  }

  @Test func whereAllDivergedNothingIsDrawnFromWeights() throws {
    let stored = try StoredExperiment(
      Self.text("  - {plot: boundary, by: lr}").replacing("[0.1, 0.2, 9]", with: "[9]"),
      files: ["d.csv": Self.rows], Self.stored)
    defer { stored.remove() }
    let error = #expect(throws: LabbookError.self) {
      try stored.pictures.figures()[0].figure.get()
    }
    #expect(
      error?.message
        == "the runs of the sweep 's' all diverged: none has weights to draw from")
  }

  /// A run that failed ends no mean; where there is no other its line is what there is.
  @Test func aFailedRunIsDrawnOnlyAlone() throws {
    let stored = try StoredExperiment(
      """
      data: {source: spiral, points_per_class: 10}
      model: [{linear: classes}]
      train: {epochs: 2}
      notebook:
        - {sweep: s, over: {lr: [0.1, 0.2]}, seeds: 2}
        - {plot: curves, metric: train/loss}
      """
    ) { run in
      var stored = StoredRun()
      let isBad = run.number("train.lr") == 0.2 || run.train.seed == 2
      stored.add(.trainLoss, isBad ? [(1, 1, 9)] : [(1, 1, 4), (2, 2, 3)])
      if isBad { stored.status = .failed }
      return stored
    }
    defer { stored.remove() }
    let figure = try #require(try stored.figures().first)
    #expect(lines(figure.panels[0][0]).map(\.ys) == [[4, 3], [9]])
    #expect(figure.notes == ["3 of 4 runs have no result yet, 3 of them failed."])
  }
}
