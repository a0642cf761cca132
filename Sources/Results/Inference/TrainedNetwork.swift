public import Datasets
public import NeuralNet
public import RunStorage
import Runs
public import Tracking

/// A run's network with what was done to its data, ready to be asked: all of it from the store.
public struct TrainedNetwork {
  /// The run that trained it.
  public let run: RunRecord
  /// Its layers and its loss.
  public let description: NetworkDescription
  /// What later inputs need.
  public let inputs: RunInputs
  /// Its parameters.
  public let weights: [NamedTensor]

  /// Loads a network.
  ///
  /// - Parameter best: whether the weights of the epoch that the objective chose are asked, instead
  ///   of the last ones.
  /// - Throws: `LabbookError` where the run keeps none, or where they are not finite.
  public init(_ run: RunRecord, best: Bool, in store: RunStore) throws {
    self.run = run
    try run.checkIsOwn(for: "asking a network about rows")
    if run.isProgram {
      throw LabbookError.input(
        "run \(run.id.short) is a program's, and only a network can be asked about rows")
    }
    let names = Set(try store.artifacts(of: run.id).map(\.name))
    guard names.contains(RunFile.weights) else {
      throw LabbookError.input(
        "run \(run.id.short) is \(run.status.rawValue) and has no weights",
        hint: "weights are kept when a run ends")
    }
    if best && !names.contains(RunFile.bestWeights) {
      throw LabbookError.input(
        "run \(run.id.short) has no best weights: its objective chose no epoch",
        hint: "leave out --best for its last ones")
    }
    guard names.contains(RunFile.network), names.contains(RunFile.inputs) else {
      throw LabbookError.input(
        "run \(run.id.short) does not keep its network, it was trained by an earlier version",
        hint: "train it again: labbook run FILE --fresh")
    }
    weights = try Safetensors.decode(
      store.artifact(best ? RunFile.bestWeights : RunFile.weights, of: run.id))
    description = try NetworkDescription(json: store.artifact(RunFile.network, of: run.id))
    inputs = try RunInputs(json: store.artifact(RunFile.inputs, of: run.id))
    guard weights.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else {
      throw LabbookError.input(
        "the weights of run \(run.id.short) are not finite: it is \(run.status.rawValue)",
        hint: best ? "" : "try --best")
    }
  }

  /// The network itself.
  ///
  /// - Throws: `LabbookError` where the weights do not fit the layers.
  public func predictor() throws(LabbookError) -> Predictor {
    try Predictor(description.layers, input: Shape(inputs.featureShape), weights: weights)
  }

  /// What its outputs mean.
  ///
  /// - Parameter outputs: how many numbers come out for a row.
  public func reading(outputs: Int) -> OutputReading {
    OutputReading(loss: description.loss, classes: inputs.classNames?.count, outputs: outputs)
  }
}
