package import TensorKernels
package import Tracking

/// A smooth ramp, y = log(1 + exp(β x)) / β, and x where β x is above the threshold:
/// `torch.nn.Softplus`.
///
/// Jacobian: diagonal, (N, N), σ(β x), and 1 above the threshold.
package struct Softplus: Elementwise {
  package static let choice = Choice(
    "softplus", main: "beta",
    settings: [
      Setting("beta", .number(.positive), default: .number(1), "how sharp the bend is"),
      Setting("threshold", .number(.any), default: .number(20), "beta x above which it is x"),
    ],
    "smooth ramp log(1 + exp(beta x)) / beta")

  package let beta: Double
  package let threshold: Double

  package init(_ chosen: Chosen) {
    beta = chosen.number("beta")
    threshold = chosen.number("threshold")
  }

  package var readsInput: Bool { true }
  package var forwardKernel: Kernel { .softplus }
  package var backwardKernel: Kernel { .softplusBack }
  package var scalars: [Double] { [beta, threshold] }
}

// What others make of it.
extension Softplus {
  package static var role: LayerRole { .activation() }

  package func torch(for inputs: [Shape]) throws(MissingForm) -> TorchLayer {
    .module(
      TorchCall(
        "nn.Softplus",
        [
          .number(beta, named: "beta", unless: 1),
          .number(threshold, named: "threshold", unless: 20),
        ]))
  }

  package func onnx(
    _ node: ONNXNode, _ graph: inout ONNXGraph
  ) throws(MissingForm) -> String {
    let beta = graph.constant("softplus.beta.\(node.layer)", [1], [Float(beta)])
    let threshold = graph.constant("softplus.threshold.\(node.layer)", [1], [Float(threshold)])
    let scaled = graph.add("Mul", [node.x, beta])
    let smooth = graph.add("Div", [graph.add("Softplus", [scaled]), beta])
    return graph.add("Where", [graph.add("Greater", [scaled, threshold]), node.x, smooth])
  }
}
