import Datasets
import NeuralNet
import Runs
import Tracking

/// Why a path that exists in the format can be used by no run.
enum UnusedPath {
  /// The lines below the error.
  static func advice(_ path: SettingPath) -> [String] {
    switch path {
    case .ownModel(let rest):
      return rest.first == MultilayerPerceptron.choice.name
        ? [
          "'\(rest.last ?? "")' is a key of mlp; layers of a list are reached by models.NAME.0.linear"
        ]
        : ["layers of a list count from 0"]
    case .absolute(let parts):
      guard let last = parts.last, parts.count > 1 else { return [] }
      switch parts[0] {
      case "data":
        let owners = Sources.all.filter { $0.settings.contains { $0.name == parts[1] } }
        return owners.isEmpty
          ? [] : ["it is a key of the sources " + owners.map(\.name).joined(separator: ", ")]
      case "train":
        guard case .choice(let set)? = TrainKeys.key(parts[1])?.shape else { return [] }
        let owners = set.choices.filter { $0.settings.contains { $0.name == last } }
        return ["it is a setting of " + owners.map(\.name).joined(separator: ", ")]
      default:
        return [
          "a layer of a list is reached by models.NAME.0.linear, counted from 0,",
          "a key of mlp by models.NAME.mlp.hidden",
        ]
      }
    }
  }
}
