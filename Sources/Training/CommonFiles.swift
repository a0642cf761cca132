import Datasets
import Foundation
import NeuralNet
import Synchronization

/// The files that many runs have alike: what was done to their data, and their networks, each written
/// once.
final class CommonFiles: Sendable {
  private struct Inputs {
    weak var data: PreparedData?
    let json: Data
  }

  private let inputs = Mutex<[DataConfiguration: Inputs]>([:])
  private let networks = Mutex<[NetworkDescription: Data]>([:])

  /// So many of each are remembered.
  private static let most = 64

  /// The file of what was done to a run's data.
  func inputs(_ data: PreparedData, of configuration: DataConfiguration) throws -> Data {
    try inputs.withLock { known in
      if let found = known[configuration], found.data === data { return found.json }
      if known.count >= Self.most { known = [:] }
      let json = try RunInputs(data, of: configuration).json
      known[configuration] = Inputs(data: data, json: json)
      return json
    }
  }

  /// The file of a network.
  func json(of network: NetworkDescription) throws -> Data {
    try networks.withLock { known in
      if let json = known[network] { return json }
      if known.count >= Self.most { known = [:] }
      let json = try network.json
      known[network] = json
      return json
    }
  }
}
