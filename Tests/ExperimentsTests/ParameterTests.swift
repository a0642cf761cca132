import Datasets
import Experiments
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking

/// The resolved values of a run, as the store keeps them.
struct ParameterTests {
  @Test func everyResolvedValueHasThePathOfTheFile() throws {
    let run = try configurations(
      """
      data: {source: spiral, split: {val: 0.2, test: 50}}
      models:
        hidden layer: {mlp: {hidden: [100]}}
        straight lines: [{linear: 100}, relu, {linear: classes, bias: false}]
      train: {model: straight lines, steps: 10}
      """)[0]
    let found = Dictionary(
      uniqueKeysWithValues: run.hyperparameters.map { ($0.path, $0.value.json) })
    let expected = [
      "data.source": "\"spiral\"", "data.noise": "0.2", "data.split.test": "50",
      "models.straight lines.0.linear": "100", "models.straight lines.0.bias": "true",
      "models.straight lines.1": "\"relu\"", "models.straight lines.2.linear": "3",
      "models.straight lines.2.bias": "false", "train.model": "\"straight lines\"",
      "train.optimizer": "\"adam\"", "train.optimizer.beta1": "0.9", "train.lr": "0.001",
      "train.clip_norm": "null", "train.early_stopping": "null", "train.loss": "\"cross-entropy\"",
      "train.steps": "10", "train.seed": "1", "train.batch_size": "32",
    ]
    for (path, value) in expected { #expect(found[path] == value, "\(path)") }
    #expect(found["train.epochs"] == nil)
    #expect(!found.keys.contains { $0.hasPrefix("models.hidden layer") })
  }

  @Test func anMLPEndsAsWideAsTheLossNeeds() throws {
    let classes = try configurations(smallest)[0]
    #expect(classes.layers.last?.kind.integer("outputs") == 3)
    let numbers = try configurations("data: {source: cubic}\nmodel: {mlp: {hidden: [4]}}\n")[0]
    #expect(numbers.layers.last?.kind.integer("outputs") == 1)
    #expect(numbers.train.loss?.name == "mse")
  }

  @Test func theLossDecidesWhatNumbersAre() throws {
    let table = "x,y\n1,0\n2,1\n3,0\n4,1\n"
    try withFiles(["t.csv": table]) { folder in
      let text =
        "data: {source: csv, path: \(folder)/t.csv, target: y}\nmodel: {mlp: {hidden: [4]}}\n"
      let numbers = try configurations(text)[0]
      #expect(numbers.train.loss?.name == "mse")
      let classes = try configurations(text + "train: {loss: cross-entropy}\n")[0]
      #expect(classes.layers.last?.kind.integer("outputs") == 2)
    }
  }
}
