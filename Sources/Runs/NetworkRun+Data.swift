public import Datasets
import NeuralNet
import Tracking

extension NetworkRun {
  /// The same run with what its training rows decide put in, such as balanced weights of classes.
  public func resolved(on data: PreparedData) -> NetworkRun {
    guard let loss = train.loss, let counts = data.train.classCounts else { return self }
    var copy = self
    copy.train.loss = Losses.resolved(loss, classCounts: counts)
    return copy
  }
}
