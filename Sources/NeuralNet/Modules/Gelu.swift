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
