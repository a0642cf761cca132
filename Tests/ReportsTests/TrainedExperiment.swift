import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runner
import Sweeps
import Training

/// An experiment whose runs are trained into a store of its own.
struct TrainedExperiment {
  let folder: String
  let experiment: Experiment
  let plan: RunPlan
  let store: RunStore
  let library = DataLibrary()

  init(_ text: String) throws {
    folder = NSTemporaryDirectory() + "labbook-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    experiment = try Experiment.parse(text, name: "spirals.yaml", library: library)
    let facts = PlanFacts(library: library)
    plan = try RunPlan(experiment, facts: facts)
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    let executor = ThreadExecutor([NetworkTrainer(library: library)], cores: 2)
    _ = try SweepRunner(store, executor).run(
      SweepJobs.of(plan, facts: facts), experiment: plan.experiment)
  }

  /// Where its figures go.
  func plots() throws -> PlotsFolder {
    try PlotsFolder(folder + "/plots", experiment: plan.experiment)
  }

  var cells: [PlotCell] {
    experiment.cells.compactMap { if case .plot(let cell) = $0 { cell } else { nil } }
  }

  var pictures: NotebookPictures {
    NotebookPictures(experiment, plan, in: store, library: library)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  static let spirals = """
    data: {source: spiral, points_per_class: 60, split: {val: 0.2}}
    models:
      straight lines: [{linear: 16}, {linear: classes}]
      hidden layer: {mlp: {hidden: [16]}}
    train: {epochs: 4, optimizer: sgd}
    notebook:
      - sweep: rates
        over: {model: all, lr: [1e-2, 1e-1, 1e30]}
        seeds: 2
      - plot: curves
      - plot: curves
        metric: val/loss
        by: model
        axis: time
      - plot: final
        metric: val/accuracy
        x: lr
        by: model
        format: [svg, png]
      - plot: heatmap
        metric: val/loss
        x: lr
        y: model
      - plot: boundary
    """

  static let cubic = """
    data: {source: cubic, points: 60}
    models:
      relu: {mlp: {hidden: [20], activation: relu}}
      tanh: {mlp: {hidden: [20], activation: tanh}}
    train: {steps: 50, batch_size: full, lr: 1e-2}
    notebook:
      - sweep: ensemble
        over: {model: all}
        seeds: 3
      - plot: fit
        x: [-4, 4]
    """
}
