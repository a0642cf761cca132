import Datasets
public import NeuralNet
public import Results
import RunStorage
public import Tracking

extension TrainedNetwork {
  /// The network as ONNX, with what was done to its data before its first layer.
  ///
  /// - Throws: `LabbookError` where the weights do not fit the layers.
  public func onnx() throws(LabbookError) -> ONNXModel { try onnx(nil) }

  func onnx(_ table: ONNXTable?) throws(LabbookError) -> ONNXModel {
    let transform = inputs.transform
    let groups = transform.scale.indices
    let map = ONNXModel.InputMap(
      factors: groups.map { transform.scale[$0] / transform.divisor[$0] },
      addends: groups.map { (transform.shift[$0] - transform.offset[$0]) / transform.divisor[$0] })
    var facts = [("labbook.run", run.id.description)]
    if let loss = description.loss { facts.append(("labbook.loss", loss.name)) }
    if !inputs.columnNames.isEmpty {
      facts.append(
        ("columns", ParameterValue.list(inputs.columnNames.map(ParameterValue.text)).json))
    }
    return try ONNXModel(
      description, input: Shape(inputs.featureShape), weights: weights, map: map,
      classes: inputs.classNames,
      table: table, facts: facts.map { (key: $0.0, value: $0.1) })
  }
}
