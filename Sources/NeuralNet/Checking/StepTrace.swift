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
    /// Rows and columns of dy/dx: outputs by inputs of one row, a matrix an input; of the whole batch
    /// where its rows depend on each other.
    public let stateJacobians: [Size]
    /// Rows and columns of dy/dw, with all weights side by side; `nil` without weights.
    public let weightJacobian: Size?
  }

  /// The size of a matrix.
  public struct Size: Hashable, Sendable {
    /// Its rows.
    public let rows: Int
    /// Its columns.
    public let columns: Int
  }

  /// Numbers of a tensor's shape with what they are.
  public struct Part: Sendable {
    /// What they are, such as `weight decay`.
    public let name: String
    /// In PyTorch's order.
    public let numbers: [Double]

    /// Makes a part.
    package init(name: String, numbers: [Double]) {
      self.name = name
      self.numbers = numbers
    }
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
    /// What the optimizer sees, as terms that add up: the gradient as clipping leaves it, weight decay
    /// where it is part of the gradient, L1; those that are off are left out.
    public let terms: [Part]
    /// The sum of the terms: g of the optimizer's rule.
    public let total: [Double]
    /// What the optimizer keeps beside the weights, before the update.
    public let memoryBefore: [Part]
    /// The same after it.
    public let memoryAfter: [Part]
    /// What the weights change by, as terms that add up: weight decay where it stands apart from the
    /// gradient, and the optimizer's step.
    public let changes: [Part]
    /// Its numbers after the update.
    public let after: [Double]
  }

  /// Rows of the batch.
  public let rows: Int
  /// The mean loss before the update.
  public let loss: Double
  /// What weight decay and L1 add to it.
  public let penalty: Double
  /// The learning rate.
  public let rate: Double
  /// The momentum that the schedule puts in the place of the optimizer's own; `nil` where it does not.
  public let momentum: Double?
  /// The optimizer's rule in one line.
  public let rule: String
  /// The gradient's norm before clipping.
  public let gradientNorm: Double
  /// What clipping multiplies the gradient by; 1 where it is off or the norm is small enough.
  public let clipFactor: Double
  /// The input, then every layer in the order in which they run.
  public let values: [Value]
  /// In the order of the layers.
  public let tensors: [Tensor]
}

extension NetworkProgram {
  /// Does one update on the rows at these places and keeps every number of it.
  ///
  /// The plan must have been made with `isTraced`, and the rows be at most a full batch.
  public func traceStep(
    _ places: Range<Int>, rate: Double, momentum: Double? = nil
  ) -> StepTrace {
    precondition(plan.isTraced && places.count <= plan.rows(of: .trace))
    let parameters = plan.graph.parameters.indices
    let before = parameters.map { values(at: $0).map(Double.init) }
    let memories = parameters.map { memory(of: $0) }
    begin(rate: rate, momentum: momentum)
    run(.trace, places)
    let loss = state.loss / Double(places.count)
    let gradients = parameters.map { gradient(at: $0).map(Double.init) }
    finish()
    let norm = gradients.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
    let factor = plan.clipNorm == nil ? 1 : state.clip
    let tensors = parameters.map { index in
      tensor(
        index, before: before[index], gradient: gradients[index], memory: memories[index],
        factor: factor, rate: rate)
    }
    return StepTrace(
      rows: places.count, loss: loss, penalty: plan.hasPenalty ? state.penalty : 0, rate: rate,
      momentum: momentum, rule: plan.optimizer?.rule ?? "", gradientNorm: norm,
      clipFactor: factor, values: tracedValues(rows: places.count), tensors: tensors)
  }

  private func memory(of index: Int) -> [StepTrace.Part] {
    (plan.optimizer?.slotNames ?? []).enumerated().map { slot, name in
      StepTrace.Part(name: name, numbers: kept(slot: slot, at: index).map(Double.init))
    }
  }

  private func tensor(
    _ index: Int, before: [Double], gradient: [Double], memory earlier: [StepTrace.Part],
    factor: Double, rate: Double
  ) -> StepTrace.Tensor {
    let parameter = plan.graph.parameters[index]
    let isApart = plan.optimizer?.decaysApart == true
    var terms = [
      StepTrace.Part(
        name: plan.clipNorm == nil ? "gradient" : "clipped", numbers: gradient.map { $0 * factor })
    ]
    if plan.weightDecay > 0, !isApart {
      terms.append(
        StepTrace.Part(name: "weight decay", numbers: before.map { $0 * plan.weightDecay }))
    }
    if plan.l1 > 0 {
      terms.append(
        StepTrace.Part(
          name: "L1", numbers: before.map { $0 > 0 ? plan.l1 : $0 < 0 ? -plan.l1 : 0 }))
    }
    let after = values(at: index).map(Double.init)
    var change = zip(after, before).map { $0 - $1 }
    var changes: [StepTrace.Part] = []
    if plan.weightDecay > 0, isApart {
      let decay = before.map { -rate * plan.weightDecay * $0 }
      changes.append(StepTrace.Part(name: "weight decay", numbers: decay))
      change = zip(change, decay).map { $0 - $1 }
    }
    changes.append(StepTrace.Part(name: "step", numbers: change))
    return StepTrace.Tensor(
      name: parameter.name, shape: parameter.shape, before: before, gradient: gradient,
      terms: terms,
      total: before.indices.map { place in terms.reduce(0) { $0 + $1.numbers[place] } },
      memoryBefore: earlier, memoryAfter: memory(of: index), changes: changes, after: after)
  }

  private func tracedValues(rows: Int) -> [StepTrace.Value] {
    let graph = plan.graph
    return (0...graph.nodes.count).map { value in
      let node = value == 0 ? nil : graph.nodes[value - 1]
      let shape = node?.outputShape ?? graph.input
      let layer = node.map { graph.layers[$0.layer] }
      let count = rows * shape.count
      let batch = node?.module.needsWholeBatch == true ? rows : 1
      let weights = node?.parameters.reduce(0) { $0 + graph.parameters[$1].shape.count } ?? 0
      return StepTrace.Value(
        name: layer?.name ?? "input", kind: layer?.kind ?? "", shape: shape,
        numbers: arena.numbers(at: layout.tracedValue(value), count: count, as: Scalar.self)
          .map(Double.init),
        gradient: layout.tracedGradient(value).map {
          arena.numbers(at: $0, count: count, as: Scalar.self).map(Double.init)
        } ?? [],
        stateJacobians: (node?.inputShapes ?? []).map {
          StepTrace.Size(rows: shape.count * batch, columns: $0.count * batch)
        },
        weightJacobian: weights == 0
          ? nil : StepTrace.Size(rows: shape.count * batch, columns: weights))
    }
  }
}
