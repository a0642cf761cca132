public import NeuralNet
public import Terminal

/// One update of a small network in numbers: `labbook step`.
public struct StepReport {
  private let step: StepTrace

  /// Makes the report of an update.
  public init(_ step: StepTrace) { self.step = step }

  /// Forward, backward, and the weights before and after.
  public func text(_ style: TextStyle) -> String {
    let rows = step.rows == 1 ? "1 row" : "\(step.rows) rows"
    return style.strong("Forward") + ", \(rows); each value is (rows, numbers)\n"
      + step.values.map(forward).joined()
      + "mean loss \(NumberMatrix.number(step.loss))\n\n"
      + style.strong("Backward") + ": the gradient of the mean loss\n"
      + step.values.reversed().map(backward).joined() + "\n"
      + style.strong("Update") + " with the rate \(NumberMatrix.number(step.rate)), norm of the "
      + "gradient \(NumberMatrix.number(step.gradientNorm))\n"
      + step.tensors.map(tensor).joined()
  }

  private func title(_ value: StepTrace.Value) -> String {
    value.kind.isEmpty ? value.name : "\(value.name) \(value.kind)"
  }

  private func forward(_ value: StepTrace.Value) -> String {
    "\(title(value)) (\(step.rows), \(value.shape.count))\n"
      + NumberMatrix.text(lines(value.numbers, value.shape.count))
  }

  private func backward(_ value: StepTrace.Value) -> String {
    if value.gradient.isEmpty { return "" }
    return "dL/d(\(title(value))) (\(step.rows), \(value.shape.count))\n"
      + NumberMatrix.text(lines(value.gradient, value.shape.count))
  }

  private func tensor(_ tensor: StepTrace.Tensor) -> String {
    let columns = tensor.shape.sizes.count > 1 ? tensor.shape.count / tensor.shape.sizes[0] : 0
    let width = columns > 0 ? columns : tensor.shape.count
    let size = tensor.shape.sizes.map(String.init).joined(separator: ", ")
    return "\(tensor.name) (\(size))\n before\n"
      + NumberMatrix.text(lines(tensor.before, width)) + " gradient\n"
      + NumberMatrix.text(lines(tensor.gradient, width)) + " after\n"
      + NumberMatrix.text(lines(tensor.after, width))
  }

  private func lines(_ numbers: [Double], _ width: Int) -> [[Double]] {
    stride(from: 0, to: numbers.count, by: max(1, width)).map {
      Array(numbers[$0..<min($0 + width, numbers.count)])
    }
  }
}
