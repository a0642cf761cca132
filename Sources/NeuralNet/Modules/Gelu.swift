package import TensorKernels
package import Tracking

/// The input times the share of a normal distribution below it, y = x Φ(x): `torch.nn.GELU`.
///
/// Φ(x) = (1 + erf(x / √2)) / 2. Jacobian: diagonal, (N, N), Φ(x) + x φ(x), φ(x) = exp(-x²/2) / √2π.
/// With `tanh` Φ(x) is taken as (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, and the Jacobian is that
/// function's.
package struct Gelu: Elementwise {
  package static let choice = Choice(
    "gelu", main: "approximate",
    settings: [
      Setting(
        "approximate", .word(["none", "tanh"]), default: .text("none"),
        "the exact function, or the one through tanh")
    ],
    "x times the share of a normal distribution below it")

  package let throughTanh: Bool

  package init(_ chosen: Chosen) { throughTanh = chosen.text("approximate") == "tanh" }

  package var readsInput: Bool { true }
  package var forwardKernel: Kernel { throughTanh ? .geluTanh : .gelu }
  package var backwardKernel: Kernel { throughTanh ? .geluTanhBack : .geluBack }
}

// What others make of it.
extension Gelu {
  package static var role: LayerRole { .activation() }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(TorchCall("nn.GELU", [throughTanh ? .code("\"tanh\"", named: "approximate") : nil]))
  }

  /// x Φ(x), which operator set 17 has to be told in parts.
  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    let half = graph.constant("half", [1], [0.5])
    let one = graph.constant("one", [1], [1])
    var inner: String
    if throughTanh {
      let cubic = graph.constant("gelu.cubic", [1], [0.044715])
      let root = graph.constant("gelu.root", [1], [Float((2 / Double.pi).squareRoot())])
      let cube = graph.add("Mul", [graph.add("Mul", [node.x, node.x]), node.x])
      let sum = graph.add("Add", [node.x, graph.add("Mul", [cube, cubic])])
      inner = graph.add("Tanh", [graph.add("Mul", [sum, root])])
    } else {
      let root = graph.constant("gelu.half-root", [1], [Float(0.5.squareRoot())])
      inner = graph.add("Erf", [graph.add("Mul", [node.x, root])])
    }
    inner = graph.add("Add", [inner, one])
    return graph.add("Mul", [graph.add("Mul", [node.x, half]), inner])
  }
}
