package import Tracking

/// `torch.nn.init.uniform_`: uniform within a bound that is said.
package struct UniformInitializer: InitializerKind {
  package static let choice = Choice(
    "uniform",
    settings: [
      Setting("bound", .number(.notNegative), default: .number(1), "values lie within +-bound")
    ],
    "uniform within the given bound, biases zero")

  package let bound: Double

  package init(_ chosen: Chosen) { bound = chosen.number("bound") }

  package var origin: WeightOrigin {
    .weights { [bound] _ in .uniform(within: bound) }
  }
}
