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
