package import TensorKernels
package import Tracking

/// The hyperbolic tangent, y = (exp(x) - exp(-x)) / (exp(x) + exp(-x)): `torch.nn.Tanh`.
///
/// Jacobian: diagonal, (N, N), 1 - y².
package struct Tanh: Elementwise {
  package static let choice = Choice("tanh", "hyperbolic tangent")

  package init(_ chosen: Chosen) {}

  package var gain: Double? { 5.0 / 3.0 }

  package var forwardKernel: Kernel { .tanh }
  package var backwardKernel: Kernel { .tanhBack }
}
