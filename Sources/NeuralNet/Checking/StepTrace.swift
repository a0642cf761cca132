import TensorKernels

/// One update in numbers: every value on the way forward, every gradient on the way back, and the
/// weights before and after.
public struct StepTrace: Sendable {
  /// The network's input or what one layer puts out.
  public struct Value: Sendable {
    /// `input`, or the layer's name.
    public let name: String
    /// The layer's kind; empty for the input.
    public let kind: String
    /// The shape of one row.
    public let shape: Shape
    /// Row-major, (rows, numbers of a row).
    public let numbers: [Double]
    /// The gradient of the mean loss with respect to it, of the same shape.
    public let gradient: [Double]
  }

  /// A trainable tensor.
  public struct Tensor: Sendable {
    /// The tensor's name, `0.weight`.
    public let name: String
    /// PyTorch's shape.
    public let shape: Shape
    /// Its numbers before the update, in PyTorch's order.
    public let before: [Double]
    /// The gradient of the mean loss with respect to it.
    public let gradient: [Double]
    /// Its numbers after the update.
    public let after: [Double]
  }

  /// Rows of the batch.
  public let rows: Int
  /// The mean loss before the update.
  public let loss: Double
  /// The learning rate.
  public let rate: Double
  /// The gradient's norm before clipping.
  public let gradientNorm: Double
  /// The input, then every layer in the order in which they run.
  public let values: [Value]
  /// In the order of the layers.
  public let tensors: [Tensor]
}

extension NetworkProgram {
  /// Does one update on the rows at these places and keeps every number of it.
  ///
  /// The plan must have been made with `isTraced`, and the rows be at most a full batch.
  public func traceStep(_ places: Range<Int>, rate: Double) -> StepTrace {
    precondition(plan.isTraced && places.count <= plan.rows(of: .trace))
    let parameters = plan.graph.parameters.indices
    let before = parameters.map { values(at: $0).map(Double.init) }
    begin(rate: rate)
    run(.trace, places)
    let loss = state.loss / Double(places.count)
    let gradients = parameters.map { gradient(at: $0).map(Double.init) }
    finish()
    let norm = gradients.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
    let tensors = parameters.map { index in
      StepTrace.Tensor(
        name: plan.graph.parameters[index].name, shape: plan.graph.parameters[index].shape,
        before: before[index], gradient: gradients[index],
        after: values(at: index).map(Double.init))
    }
    return StepTrace(
      rows: places.count, loss: loss, rate: rate, gradientNorm: norm,
      values: tracedValues(rows: places.count), tensors: tensors)
  }

  private func tracedValues(rows: Int) -> [StepTrace.Value] {
    let graph = plan.graph
    return (0...graph.nodes.count).map { value in
      let shape = value == 0 ? graph.input : graph.nodes[value - 1].outputShape
      let layer = value == 0 ? nil : graph.layers[graph.nodes[value - 1].layer]
      let count = rows * shape.count
      return StepTrace.Value(
        name: layer?.name ?? "input", kind: layer?.kind ?? "", shape: shape,
        numbers: arena.numbers(at: layout.tracedValue(value), count: count, as: Scalar.self)
          .map(Double.init),
        gradient: layout.tracedGradient(value).map {
          arena.numbers(at: $0, count: count, as: Scalar.self).map(Double.init)
        } ?? [])
    }
  }
}
