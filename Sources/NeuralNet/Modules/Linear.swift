import TensorKernels
package import Tracking

/// An affine map: `torch.nn.Linear`.
///
/// The course writes s = W x + b for a column x; rows here are y = x Wᵀ + b.
/// Jacobian with respect to the state: dy/dx = W, (O, I); with respect to the weights of output o:
/// dy_o/dW_o = x, (1, I), and dy_o/db_o = 1.
/// Over a batch: dX = dY W, dW = dYᵀ X, db = column sums of dY.
///
/// In memory W is (I, O), so that vectors run along the outputs, and (O, I) where the outputs are few
/// and no fewer than the inputs. Letters: R rows of the block, I inputs, O outputs.
package struct Linear: Module {
  package static let choice = Choice(
    "linear", main: "outputs",
    settings: [
      Setting(
        "outputs", .either([.integer(1...Shape.mostUnits), .word(["classes", "features"])]),
        default: nil, "how many outputs it has, or the data's number of classes or features"),
      Setting("bias", .flag, default: .flag(true), "whether a constant is added to each output"),
    ], otherNames: ["fc", "dense"],
    "affine map y = W x + b; flattens what it gets")

  package let outputs: ParameterValue
  package let hasBias: Bool

  package init(_ chosen: Chosen) {
    outputs = chosen.values["outputs"] ?? .off
    hasBias = chosen.flag("bias")
  }

  package func outputShape(of inputs: [Shape]) throws(ShapeMismatch) -> Shape {
    guard case .integer(let count) = outputs else {
      throw ShapeMismatch(
        "linear: \(outputs.display) has no size, because the data have no classes",
        hint: "write the number of outputs")
    }
    return Shape(count)
  }

  package func parameters(for inputs: [Shape]) -> [ParameterDeclaration] {
    guard case .integer(let outputs) = outputs else { return [] }
    let inputs = inputs[0].count
    let weight = ParameterDeclaration(
      name: "weight", shape: Shape([outputs, inputs]), fanIn: inputs, fanOut: outputs,
      isTransposed: Linear.isTransposed(Shape([outputs, inputs])))
    let bias = ParameterDeclaration(
      name: "bias", shape: Shape(outputs), isBias: true, fanIn: inputs, fanOut: outputs)
    return hasBias ? [weight, bias] : [weight]
  }
}

// Lowering.
extension Linear {
  /// The greatest side for which the kernels for thin matrices are faster than the general one.
  package static let thin = 8

  /// Whether a weight of so many inputs and outputs goes to the kernels for thin matrices.
  package static func isThin(_ inputs: Int, _ outputs: Int) -> Bool {
    min(inputs, outputs) <= thin
  }

  /// Whether a weight of shape (O, I) lies transposed in memory, as (I, O).
  package static func isTransposed(_ shape: Shape) -> Bool {
    guard shape.sizes.count == 2 else { return false }
    let (outputs, inputs) = (shape.sizes[0], shape.sizes[1])
    return outputs >= 16 || inputs <= thin && inputs < outputs
  }

  package var needsOutput: Bool { false }
  package var absorbsReLU: Bool { true }

  package func forward(_ node: NodeContext, _ lowering: inout Lowering) {
    let (rows, inputs, outputs) = sizes(node, lowering)
    let weight = node.parameters[0]
    let bias = hasBias ? node.parameters[1] : nil
    let act = node.rectifies ? 1 : 0
    if !Linear.isThin(inputs, outputs) {
      lowering.product(
        node.inputs[0], weight, into: node.output, m: rows, n: outputs, k: inputs,
        transposeB: !Linear.isTransposed(Shape([outputs, inputs])), bias: bias,
        rectifies: node.rectifies)
    } else if inputs < outputs {
      lowering.emit(
        .expand, [node.inputs[0], weight, bias, node.output, nil],
        sizes: [rows, inputs, outputs, act])
    } else {
      lowering.emit(
        .contract, [node.inputs[0], weight, bias, node.output],
        sizes: [rows, outputs, inputs, act])
    }
  }

  package func backward(_ node: NodeContext, _ gradient: Gradient, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let (rows, inputs, outputs) = sizes(node, lowering)
    let biasGradient = hasBias ? node.gradients[1] : nil
    let isThin = Linear.isThin(inputs, outputs)
    if let mask = gradient.mask {
      lowering.emit(
        .reluColumns, [gradient.buffer, mask, isThin ? nil : biasGradient],
        sizes: [rows, outputs])
    } else if !isThin, let biasGradient {
      lowering.emit(.columns, [gradient.buffer, nil, biasGradient], sizes: [rows, outputs])
    }
    return isThin
      ? thinBackward(node, gradient.buffer, biasGradient, &lowering)
      : denseBackward(node, gradient.buffer, &lowering)
  }

  private func denseBackward(_ node: NodeContext, _ gradient: Buffer, _ lowering: inout Lowering)
    -> [Gradient?]
  {
    let (rows, inputs, outputs) = sizes(node, lowering)
    let isTransposed = Linear.isTransposed(Shape([outputs, inputs]))
    let input = node.inputs[0]
    lowering.product(
      isTransposed ? input : gradient, isTransposed ? gradient : input, into: node.gradients[0],
      m: isTransposed ? inputs : outputs, n: isTransposed ? outputs : inputs, k: rows,
      transposeA: true, adds: true)
    guard node.needsGradient[0] else { return [nil] }
    let back = lowering.scratch(rows * inputs)
    let mask = node.inputIsRectified[0] ? input : nil
    lowering.product(
      gradient, node.parameters[0], into: back, m: rows, n: inputs, k: outputs,
      transposeB: isTransposed, mask: mask)
    return [Gradient(back, isMasked: mask != nil)]
  }

  private func thinBackward(
    _ node: NodeContext, _ gradient: Buffer, _ biasGradient: Buffer?,
    _ lowering: inout Lowering
  ) -> [Gradient?] {
    let (rows, inputs, outputs) = sizes(node, lowering)
    let isExpanding = inputs < outputs
    if isExpanding {
      lowering.emit(
        .outer, [node.inputs[0], gradient, node.gradients[0], biasGradient, nil],
        sizes: [rows, inputs, outputs])
    } else {
      lowering.emit(
        .outer, [gradient, node.inputs[0], node.gradients[0], nil, biasGradient],
        sizes: [rows, outputs, inputs])
    }
    guard node.needsGradient[0] else { return [nil] }
    let back = lowering.scratch(rows * inputs)
    if isExpanding {
      lowering.emit(
        .contract, [gradient, node.parameters[0], nil, back], sizes: [rows, inputs, outputs, 0])
      return [Gradient(back)]
    }
    let mask = node.inputIsRectified[0] ? node.inputs[0] : nil
    lowering.emit(
      .expand, [gradient, node.parameters[0], nil, back, mask],
      sizes: [rows, outputs, inputs, 0])
    return [Gradient(back, isMasked: mask != nil)]
  }

  private func sizes(_ node: NodeContext, _ lowering: Lowering) -> (Int, Int, Int) {
    (lowering.rows, node.inputShapes[0].count, node.outputShape.count)
  }
}

// What others make of it.
extension Linear {
  package static var role: LayerRole { .affine }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(
      TorchCall(
        "nn.Linear",
        [
          .integer(inputs[0].count), .value(outputs),
          .value(.flag(hasBias), named: "bias", unless: .flag(true)),
        ]), flattens: inputs[0].sizes.count > 1)
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    graph.add("Gemm", [node.row(&graph)] + node.parameters, [("transB", .integer(1))])
  }

  package func blockDemand(for inputs: [Shape], output: Shape) -> BlockDemand {
    Linear.isThin(inputs[0].count, output.count) ? .few : .many
  }
}
