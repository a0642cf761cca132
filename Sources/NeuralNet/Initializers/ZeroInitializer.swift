package import Tracking

/// `torch.nn.init.zeros_`: every weight and bias zero.
package struct ZeroInitializer: InitializerKind {
  package static let choice = Choice(
    "zeros", "every weight and bias zero")

  package init(_ chosen: Chosen) {}

  package var origin: WeightOrigin {
    .weights { _ in .zeros }
  }
}
