package import Tracking

/// `torch.nn.init.eye_`, and `dirac_` for windows: ones on the diagonal.
package struct IdentityInitializer: InitializerKind {
  package static let choice = Choice(
    "identity", "ones on the diagonal of each weight, zero elsewhere")

  package init(_ chosen: Chosen) {}

  package var origin: WeightOrigin {
    .weights { _ in .identity }
  }
}
