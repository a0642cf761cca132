package import Tracking

/// `torch.nn.init.xavier_normal_` (Glorot, Bengio, 2010): normal of deviation sqrt(2 / (inputs +
/// outputs)).
package struct XavierNormal: InitializerKind {
  package static let choice = Choice(
    "xavier-normal", "normal of deviation sqrt(2 / (inputs + outputs)), biases zero")

  package init(_ chosen: Chosen) {}

  package var origin: WeightOrigin {
    .weights {
      .normal(deviation: (2 / (Double($0.fanIn) + Double($0.fanOut))).squareRoot())
    }
  }
}
