package import Tracking

/// `torch.nn.init.kaiming_uniform_` (He, Zhang, Ren, Sun, 2015): uniform within gain sqrt(3 / inputs).
package struct KaimingUniform: InitializerKind {
  package static let choice = Choice(
    "kaiming-uniform", otherNames: ["kaiming"],
    "uniform within gain sqrt(3 / inputs), biases zero")

  package init(_ chosen: Chosen) {}

  package var origin: WeightOrigin {
    .weights { .uniform(within: $0.gain * (3 / Double($0.fanIn)).squareRoot()) }
  }
}
