import Datasets
import Experiments
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking

/// What a run is planned to measure, by the contract (section 1.8).
struct RunMetricsTests {
  private func names(
    _ train: String = "", data: String = "source: spiral, split: {val: 0.2, test: 50}",
    model: String = "[{linear: 4}, relu, {linear: classes}]"
  ) throws -> [String] {
    let text = "data: {\(data)}\nmodel: \(model)\ntrain: {\(train)}\n"
    let run = try #require(try configurations(text).first)
    return try run.own.metrics(of: DataLibrary().shape(of: run.data)).map(\.name)
  }

  private let classes = [
    "train/loss", "val/loss", "test/loss", "train/accuracy", "val/accuracy", "test/accuracy",
  ]

  @Test func partsAndTargetsDecide() throws {
    #expect(try names() == classes + ["lr"])
    #expect(
      try names(data: "source: spiral") == ["train/loss", "train/accuracy", "lr"])
    #expect(
      try names(data: "source: moons, split: {test: 0.2}")
        == ["train/loss", "test/loss", "train/accuracy", "test/accuracy", "lr"])
    #expect(
      try names(data: "source: cubic, split: {val: 0.2}", model: "[{linear: 1}]")
        == [
          "train/loss", "val/loss", "train/rmse", "train/mae", "train/r2", "val/rmse", "val/mae",
          "val/r2", "lr",
        ])
    #expect(
      try names("log: {metrics: [f1]}", data: "source: moons, split: {val: 0.2}")
        == ["train/loss", "val/loss", "train/accuracy", "val/accuracy", "train/f1", "val/f1", "lr"])
    #expect(
      try names("epochs: 0", data: "source: cubic, split: {val: 0.2}", model: "[{linear: 1}]")
        == ["val/loss", "val/rmse", "val/mae", "val/r2"])
    // A probability is no number in the target's own units.
    #expect(
      try names(
        "loss: bce-with-logits",
        data: "source: cubic, split: {val: 0.2}, target_transform: minmax", model: "[{linear: 1}]"
      )
      .contains("val/rmse") == false)
    #expect(
      try names("epochs: 0", data: "source: cloud", model: "[{linear: 2}]") == [])
  }

  @Test func withoutUpdatesThereIsOneLook() throws {
    let look = ["val/loss", "test/loss", "val/accuracy", "test/accuracy"]
    #expect(try names("epochs: 0, l1: 1, log: {layers: true, grad_norm: true, every: 3}") == look)
    #expect(try names("steps: 0") == look)
    #expect(try names("steps: 1") == classes + ["lr"])
  }

  /// Weight decay of adamw is no penalty: it goes past the gradient.
  @Test(arguments: [
    ("weight_decay: 1e-3", true), ("l1: 1e-5", true), ("weight_decay: 0, l1: 0", false),
    ("optimizer: adamw, weight_decay: 0.01", false), ("optimizer: adamw", false),
    ("optimizer: adamw, weight_decay: 0.01, l1: 1e-5", true),
    ("optimizer: sgd, weight_decay: 0.01", true), ("optimizer: rmsprop, weight_decay: 1", true),
    ("optimizer: adagrad, weight_decay: 1", true),
  ])
  func penaltiesMakeAnObjective(train: String, hasPenalty: Bool) throws {
    #expect(try names(train) == classes + (hasPenalty ? ["train/objective"] : []) + ["lr"])
  }

  @Test func whatIsLoggedIsPlanned() throws {
    #expect(try names("log: {grad_norm: true}") == classes + ["lr", "grad_norm"])
    #expect(try names("log: {every: 10}") == classes + ["lr", "batch/loss", "batch/accuracy"])
    #expect(try names("log: {every: epoch}") == classes + ["lr"])
    #expect(
      try names(
        "log: {every: 10}", data: "source: cubic", model: "[{linear: 1}]")
        == ["train/loss", "train/rmse", "train/mae", "train/r2", "lr", "batch/loss"])
    #expect(
      try names("l1: 1, log: {layers: true, grad_norm: true, every: 2}")
        == classes + [
          "train/objective", "lr", "grad_norm", "layer/0/activation_mean",
          "layer/0/activation_std", "layer/1/activation_mean", "layer/1/activation_std",
          "layer/2/activation_mean", "layer/2/activation_std", "layer/0.weight/grad_norm",
          "layer/0.weight/small", "layer/0.bias/grad_norm", "layer/0.bias/small",
          "layer/2.weight/grad_norm", "layer/2.weight/small", "layer/2.bias/grad_norm",
          "layer/2.bias/small", "batch/loss", "batch/accuracy",
        ])
  }
}
