package import Tracking

/// An affine map: `torch.nn.Linear`.
///
/// The course writes s = W x + b for a column x; rows here are y = x Wᵀ + b.
/// Jacobian with respect to the state: dy/dx = W, (O, I); with respect to the weights of output o:
/// dy_o/dW_o = x, (1, I), and dy_o/db_o = 1.
/// Over a batch: dX = dY W, dW = dYᵀ X, db = column sums of dY.
package struct Linear: Module {
  package static let choice = Choice(
    "linear", main: "outputs",
    settings: [
      Setting(
        "outputs", .either([.integer(1...Layers.mostUnits), .word(["classes", "features"])]),
        default: nil, "how many outputs it has, or the data's number of classes or features"),
      Setting("bias", .flag, default: .flag(true), "whether a constant is added to each output"),
    ],
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
      name: "weight", shape: Shape([outputs, inputs]), isBias: false, fanIn: inputs,
      fanOut: outputs)
    let bias = ParameterDeclaration(
      name: "bias", shape: Shape(outputs), isBias: true, fanIn: inputs, fanOut: outputs)
    return hasBias ? [weight, bias] : [weight]
  }
}
