import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runs
import Sweeps
import Testing
import Tracking

@Suite struct StoredConfigurationTests {
  static let files = [
    """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}, normalize: standard}
    model: {mlp: {hidden: [4, 3], activation: tanh, dropout: 0.1}}
    train: {epochs: 1, optimizer: {name: sgd, momentum: 0.5}, schedule: {name: cosine, warmup: 1}}
    """,
    """
    data: {source: moons, points_per_class: 20, scale: [2, 3], label_noise: 0.1}
    models:
      "odd 'name' {x}": [{linear: 4, bias: false}, {leaky-relu: 0.2}, {dropout: 0.1}, {linear: classes}]
    train: {steps: 2, batch_size: full, clip_norm: 1, early_stopping: {patience: 3}, l1: 1e-3}
    """,
    """
    data: {source: blobs, points_per_class: 20}
    models:
      graph:
        - {linear: 4, name: a}
        - {relu: {}, name: b, from: a}
        - {residual: [{linear: 4}, tanh]}
        - {linear: classes}
    train: {epochs: 1, loss: {name: mse}, init: xavier-normal, log: {every: 2, grad_norm: true}}
    """,
    """
    data: {source: cubic, points: 20}
    models: {a: [{linear: 1}]}
    train: {epochs: 1, shuffle: once}
    over: {model: [{mlp: {hidden: [4]}}, [{linear: 3}, tanh, {linear: 1}]]}
    """,
  ]

  @Test(arguments: files) func whatTheStoreKnowsIsWhatTheFileSaid(text: String) throws {
    let trained = try TrainedExperiment(text)
    defer { trained.remove() }
    let planned = Dictionary(
      trained.plan.sweeps.flatMap(\.runs).map { ($0.key, $0.configuration) }
    ) { first, _ in first }
    let runs = try trained.store.runs()
    #expect(!runs.isEmpty && runs.allSatisfy { $0.status == .completed })
    for run in runs {
      let wanted = try #require(planned[run.key])
      let stored = try trained.store.configuration(of: run.id, in: trained.library)
      #expect(stored.configuration.body == wanted.body)
      // The way of runs that kept no configuration.
      let found = try RunConfiguration(
        parameters: wanted.hyperparameters, objective: wanted.objective,
        shape: { try trained.library.shape(of: $0) }
      ).network(for: "a test")
      let network = try wanted.network(for: "a test")
      // The stored loss is always written, which decides nothing for data that has classes itself.
      var data = found.data
      data.lossTask = network.data.lossTask
      #expect(data == network.data)
      #expect(found.layers == network.layers)
      #expect(found.train == network.train)
    }
  }
}
