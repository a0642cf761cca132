package import Tracking

/// `torch.nn.init.xavier_uniform_` (Glorot, Bengio, 2010): uniform within sqrt(6 / (inputs + outputs)).
package struct XavierUniform: InitializerKind {
  package static let choice = Choice(
    "xavier-uniform", otherNames: ["glorot", "xavier"],
    "uniform within sqrt(6 / (inputs + outputs)), biases zero")

  package init(_ chosen: Chosen) {}

  package var origin: WeightOrigin {
    .weights {
      .uniform(within: (6 / (Double($0.fanIn) + Double($0.fanOut))).squareRoot())
    }
  }
}
