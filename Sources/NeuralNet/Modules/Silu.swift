package import TensorKernels
package import Tracking

/// The input times its logistic function, y = x σ(x), σ(x) = 1 / (1 + exp(-x)): `torch.nn.SiLU`.
///
/// Jacobian: diagonal, (N, N), σ(x) (1 + x (1 - σ(x))).
package struct Silu: Elementwise {
  package static let choice = Choice("silu", "x times its logistic function")

  package init(_ chosen: Chosen) {}

  package var readsInput: Bool { true }
  package var forwardKernel: Kernel { .silu }
  package var backwardKernel: Kernel { .siluBack }
}
