import Datasets
import NeuralNet
import Tracking

extension RunConfiguration {
  /// The files and folders whose contents decide its numbers, ready to be opened.
  public var filesRead: [String] {
    switch body {
    case .program(let program): return program.files.map { program.path(of: $0) }
    case .network(let network):
      guard case .text(let weights) = network.train.initializer.values["path"] else {
        return network.data.files
      }
      return network.data.files + [weights]
    }
  }
}
