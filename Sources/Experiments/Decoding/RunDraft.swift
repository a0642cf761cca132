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
      let key = path.key(modelPath: modelPath)
      return network.values(modelPath).first { $0.path == key }?.value
    }
  }
}

/// `data` of one or many combinations, with what is known of it under each loss.
final class DataEntry {
  let draft: DataDraft
  /// Values by their path below `data`.
  let values: [String: ParameterValue]
  private var outlines: [DataConfiguration.Task?: Outline] = [:]

  /// The configuration and its sizes, or what is wrong with it.
  struct Outline {
    let configuration: DataConfiguration
    let shape: DataShape?
    let diagnostics: [Diagnostic]
    let hyperparameters: [Hyperparameter]
  }

  init(_ draft: DataDraft) {
    self.draft = draft
    let all = draft.configuration(nil).hyperparameters
    let own = Set(draft.source.values.keys).union(["target_transform"])
    values = Dictionary(
      all.map { (String($0.path.dropFirst("data.".count)), $0.value) }, uniquingKeysWith: { $1 }
    ).merging(DataConfiguration.quiet.filter { own.contains($0.key) }) { own, _ in own }
  }

  /// What is known of the data under a loss that asks for this kind of target.
  func outline(_ task: DataConfiguration.Task?, _ library: DataLibrary) -> Outline {
    if let known = outlines[task] { return known }
    let configuration = draft.configuration(task)
    var shape: DataShape?
    var diagnostics: [Diagnostic] = []
    do throws(DataError) { shape = try library.shape(of: configuration) } catch {
      diagnostics = [
        Diagnostic(
          draft.mark(of: error.setting), error.text,
          notes: error.hint.split(separator: "\n").map(String.init))
      ]
    }
    let outline = Outline(
      configuration: configuration, shape: shape, diagnostics: diagnostics,
      hyperparameters: configuration.hyperparameters)
    outlines[task] = outline
    return outline
  }
}

/// A network of one or many combinations, with the layers it has on each data and loss.
final class NetworkEntry {
  let draft: NetworkDraft
  private var fits: [Fit: Built] = [:]
  private var known: [String: [Hyperparameter]] = [:]

  /// What decides whether a network fits.
  struct Fit: Hashable {
    let path: String
    let features: [Int]
    let target: TargetKind?
    let loss: Chosen?
  }

  /// The network on one data and loss, or what does not fit.
  struct Built {
    let layers: [LayerSpec]
    /// `nil` where layers do not fit.
    let graph: Graph?
    let hyperparameters: [Hyperparameter]
    let diagnostics: [Diagnostic]
  }

  init(_ draft: NetworkDraft) { self.draft = draft }

  /// The values as they were written.
  func values(_ path: String) -> [Hyperparameter] {
    if let values = known[path] { return values }
    let values = draft.hyperparameters(path, classes: nil, features: nil)
    known[path] = values
    return values
  }

  /// The network on one data and loss.
  func built(_ fit: Fit) -> Built {
    if let known = fits[fit] { return known }
    let built = NetworkFit.build(draft, fit)
    fits[fit] = built
    return built
  }
}
