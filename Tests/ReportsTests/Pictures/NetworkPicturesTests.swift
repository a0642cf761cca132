import Datasets
import Experiments
import Figures
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Sweeps
import Terminal
import TerminalBackend
import Testing
import Tracking

@Suite struct NetworkPicturesTests {
  private static let classes = """
    data: {source: blobs, classes: 3, points_per_class: 60, split: {val: 0.2}}
    models:
      "a `!system(1)` {b}": {mlp: {hidden: [6, 6]}}
      straight: [{linear: classes}]
    train: {epochs: 3, optimizer: sgd, log: {layers: true}}
    notebook:
      - sweep: nets
        over: {model: all, lr: [0.1, 1e30]}
        seeds: 2
      - plot: data
      - plot: confusion
      - plot: confusion
        seeds: all
        part: train
      - plot: weights
      - plot: gradients
        by: lr
      - plot: layers
        epoch: 2
      - plot: landscape
        updates: 5
      - plot: stretch
        at: start
      - plot: stretch
      - plot: network
      - plot: function
        of: [sigmoid, relu]
    """

  private func figures(_ trained: TrainedExperiment) throws -> [Figure] {
    try trained.pictures.figures().map { try $0.figure.get() }
  }

  private func counts(_ figure: Figure) -> [Int] {
    figure.panels.joined().map { panel in
      for case .heatMap(let map) in panel.layers {
        return map.rows.joined().compactMap { Int($0.text.prefix { $0.isNumber }) }.reduce(0, +)
      }
      return 0
    }
  }

  @Test func everyKindIsDrawnFromAStoreWithDivergedRuns() throws {
    let trained = try TrainedExperiment(Self.classes)
    defer { trained.remove() }
    let drawn = trained.pictures.draw(into: try trained.plots())
    #expect(drawn.compactMap(\.problem).isEmpty, "\(drawn.compactMap(\.problem))")
    #expect(drawn.count == 11)
    let figures = try figures(trained)
    for figure in figures {
      let text = TerminalFigure(figure, width: 80, TextStyle(isColored: false)).text
      #expect(text.split(separator: "\n").count > 4, "\(figure.title)")
    }
    // 36 rows to validate on and 144 to train on, the latter of two seeds.
    #expect(counts(figures[1]) == [36, 36])
    #expect(counts(figures[2]) == [288, 288])
    #expect(figures[2].subtitle.contains("sum over 2 seeds"))
    #expect(figures[4].panels.joined().map(\.title).first?.hasPrefix("0.1") == true)
    #expect(figures[6].legend.map(\.label).suffix(3) == ["single samples", "start", "end"])
    #expect(figures[9].panels.count == 2)
  }

  @Test func whatNeedsNoRunIsDrawnWithoutAny() throws {
    let library = DataLibrary()
    let experiment = try Experiment.parse(
      """
      data: {source: cloud, points: 200}
      model: [{linear: 2}, tanh, {linear: 2}]
      train: {epochs: 0}
      notebook:
        - sweep: nothing
        - plot: data
        - plot: stretch
          parts: true
        - plot: network
          graph: forward
      """, library: library)
    let folder = NSTemporaryDirectory() + "labbook-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pictures = NotebookPictures(
      experiment, try RunPlan(experiment, facts: PlanFacts(library: library)),
      in: try RunStore(at: folder + "/labbook.sqlite", .create), library: library)
    let figures = try pictures.figures().map { try $0.figure.get() }
    let titles = figures[1].panels.joined().map(\.title)
    #expect(titles.first == "input" && titles.contains("0 linear: scaled by S"))
    #expect(titles.count == 10)
    #expect(figures[2].panels.map(\.count) == [1])
  }

  @Test func layersThatWereNotMeasuredAreAFailure() throws {
    let trained = try TrainedExperiment(
      TrainedExperiment.cubic.replacing("x: [-4, 4]", with: "x: [-3, 3]"))
    defer { trained.remove() }
    let maker = try FigureMaker(
      SweepView(sweep: "ensemble", experiment: nil, in: trained.store), in: trained.store,
      library: DataLibrary())
    for name in ["gradients", "layers"] {
      let kind = try #require(Plots.kind(name))
      let cell = try PlotArguments.cell(kind, [], of: maker.subject)
      #expect(throws: LabbookError.self) { try maker.figure(cell) }
    }
  }
}
