import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// A combination whose values are right one by one; whether they go together is not known yet.
struct RunDraft {
  let data: DataEntry
  let modelName: String
  /// The path the model's values have in the store.
  let modelPath: String
  let network: NetworkEntry
  let train: [String: TrainPart]
  let variant: String?

  /// What messages call the network.
  var modelTitle: String {
    modelPath == "train.model" || modelName == FileTree.single
      ? "the model" : "model '\(modelName)'"
  }

  /// The value of a key of `train`.
  func value(_ key: String) -> ParameterValue { train[key]?.value ?? .off }

  /// The place of a key of `train`; of its own value where it is written.
  func mark(_ key: String) -> Mark? { train[key]?.node?.mark }

  /// The value at a path, before sizes of the data are known; `nil` where it has no such key.
  func value(at path: SettingPath) -> ParameterValue? {
    switch path {
    case .absolute(let parts) where parts[0] == "train":
      if parts == ["train", "model"] { return .text(modelName) }
      return train[parts[1]]?.values[parts.dropFirst(2).joined(separator: ".")]
    case .absolute(let parts) where parts[0] == "data":
      return data.values[parts.dropFirst().joined(separator: ".")]
    default:
      guard let key = path.key(modelPath: modelPath) else { return nil }
      let values = network.values(modelPath)
      func value(_ path: String) -> ParameterValue? { values.first { $0.path == path }?.value }
      return value(key) ?? ParameterValue.item(at: key, in: value)
    }
  }
}
