import TensorKernels
public import Tracking

extension NetworkProgram {
  /// What the network put out for the rows at the first places of an epoch as each was trained,
  /// row-major; empty where the plan keeps none.
  public func trainedOutputs(places: Int) -> [Scalar] {
    let count = min(places, plan.keptRows) * plan.graph.output.count
    return Array(numbers(layout.trainedOutputs).prefix(count))
  }

  /// Puts back what `trainedOutputs` gave.
  ///
  /// - Throws: where it is another plan's.
  public func restore(trained outputs: [Scalar]) throws(LabbookError) {
    let target = numbers(layout.trainedOutputs)
    guard outputs.count <= target.count else {
      throw .failure(
        "the saved state has \(outputs.count) outputs, at most \(target.count) expected")
    }
    _ = target.update(from: outputs)
  }
}
