package import Tracking

/// What PyTorch's layers have by themselves: uniform within 1 / sqrt(inputs), biases too.
package struct StandardInitializer: InitializerKind {
  package static let choice = Choice(
    "default", "PyTorch's: uniform within 1 / sqrt(inputs), biases too")

  package init(_ chosen: Chosen) {}

  package var origin: WeightOrigin {
    .layers { .uniform(within: 1 / Double($0.fanIn).squareRoot()) }
  }
}
