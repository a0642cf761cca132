import NeuralNet
import Tracking

/// Many sigmoids or tanhs one after the other, with nothing that keeps the gradient's size.
enum DeepSaturation: LintRule {
  static let name = "deep-sigmoid"
  static let reason =
    "each sigmoid makes the gradient at least four times smaller and each tanh shrinks it where it "
    + "saturates, so the first layers hardly learn"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.networks.compactMap { network, mark in
      let kinds = network.layers.map(\.kind.name)
      let roles = Dictionary(
        kinds.compactMap { kind in Layers.role(kind).map { (kind, $0) } },
        uniquingKeysWith: { first, _ in first })
      // Normalising layers and shortcuts are the known cures.
      if roles.values.contains(where: { $0 == .normalization || $0 == .shortcut }) { return nil }
      for (kind, role) in roles.sorted(by: { $0.key < $1.key }) {
        guard case .activation(let limit?) = role else { continue }
        let places = kinds.indices.filter { kinds[$0] == kind && $0 < kinds.count - 1 }
        guard places.count > limit else { continue }
        return Finding(
          mark: mark([places[limit]]),
          message: "\(places.count) layers of \(kind) stand one after the other",
          fix: "use relu, put batch-norm before each \(kind), or residual around the layers")
      }
      return nil
    }
  }
}
