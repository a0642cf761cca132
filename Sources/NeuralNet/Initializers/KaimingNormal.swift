package import Tracking

/// `torch.nn.init.kaiming_normal_` (He, Zhang, Ren, Sun, 2015): normal of deviation gain / sqrt(inputs).
package struct KaimingNormal: InitializerKind {
  package static let choice = Choice(
    "kaiming-normal", otherNames: ["he"],
    "normal of deviation gain / sqrt(inputs), biases zero")

  package init(_ chosen: Chosen) {}

  package var origin: WeightOrigin {
    .weights { .normal(deviation: $0.gain / Double($0.fanIn).squareRoot()) }
  }
}
