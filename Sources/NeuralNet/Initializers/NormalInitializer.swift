package import Tracking

/// `torch.nn.init.normal_`: normal of a deviation that is said.
package struct NormalInitializer: InitializerKind {
  package static let choice = Choice(
    "normal",
    settings: [
      Setting("std", .number(.notNegative), default: .number(1), "standard deviation")
    ],
    "normal of the given deviation, biases zero")

  package let deviation: Double

  package init(_ chosen: Chosen) { deviation = chosen.number("std") }

  package var origin: WeightOrigin {
    .weights { [deviation] _ in .normal(deviation: deviation) }
  }
}
