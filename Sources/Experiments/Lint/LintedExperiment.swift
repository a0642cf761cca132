import Datasets
import NeuralNet
import Tracking

/// An experiment as rules see it: what its sweeps run, and where each value was written.
struct LintedExperiment {
  let experiment: Experiment
  private let tree: FileTree

  init(_ experiment: Experiment) {
    self.experiment = experiment
    tree = FileTree(experiment.spec.root)
  }

  // MARK: What runs

  /// The sweeps that train something, with their configurations.
  var sweeps: [(spec: SweepSpec, members: [Experiment.Member])] {
    experiment.sweeps.compactMap { sweep in
      let members = experiment.members(of: sweep).filter { updates(of: $0.configuration) > 0 }
      return members.isEmpty ? nil : (sweep, members)
    }
  }

  /// The sizes of a configuration's data; `nil` where they cannot be known any more.
  func shape(of configuration: RunConfiguration) -> DataShape? {
    try? experiment.library.shape(of: configuration.data)
  }

  /// The updates of a run; 0 where nothing is trained.
  func updates(of configuration: RunConfiguration) -> Int {
    guard configuration.train.loss != nil, let shape = shape(of: configuration) else { return 0 }
    switch configuration.train.duration {
    case .steps(let steps): return steps
    case .epochs(let epochs):
      let batch = max(1, configuration.train.batchSize.count(of: shape.trainRows))
      let perEpoch = (shape.trainRows + batch - 1) / batch
      let (updates, overflows) = perEpoch.multipliedReportingOverflow(by: epochs)
      return overflows ? .max : updates
    }
  }

  /// The data of a configuration; `nil` where it cannot be read.
  func data(of configuration: RunConfiguration) -> PreparedData? {
    try? experiment.library.prepare(configuration.data)
  }

  /// The training columns of a configuration before and after normalising.
  func columns(of configuration: RunConfiguration) -> [DataSummary.Column] {
    (try? experiment.library.summary(of: configuration.data))?.columns ?? []
  }

  /// One network that is trained, with its loss.
  struct Network: Hashable {
    let name: String
    let layers: [LayerSpec]
    let loss: Chosen?
    let input: [Int]
  }

  /// Every distinct network that some run trains, with a function from a layer to its place.
  var networks: [(network: Network, mark: (_ layer: [Int]) -> Mark)] {
    var seen: Set<Network> = []
    return sweeps.flatMap { sweep, members in
      members.compactMap { member -> (Network, ([Int]) -> Mark)? in
        let configuration = member.configuration
        guard let shape = shape(of: configuration) else { return nil }
        let network = Network(
          name: configuration.modelName, layers: configuration.layers,
          loss: configuration.train.loss, input: shape.featureShape)
        guard seen.insert(network).inserted else { return nil }
        let draft = draft(of: configuration)
        return (network, { layer in draft?.mark(of: layer) ?? sweep.mark })
      }
    }
  }

  private func draft(of configuration: RunConfiguration) -> NetworkDraft? {
    let node =
      tree.models.first { "models.\($0.name)" == configuration.modelPath }?.node
      ?? (configuration.modelPath == "train.model" ? tree.train["model"] : nil)
    return node.flatMap { NetworkReader(problems: SpecProblems()).network($0, of: "model") }
  }

  // MARK: Where it stands

  /// Where a key of `train` was written for a sweep, or where it could be.
  func mark(ofTrain key: String, in sweep: SweepSpec) -> Mark {
    if let own = sweep.with.first(where: { $0.path == .absolute(["train", key]) }) {
      return own.keyMark
    }
    if let entry = tree.root["train"]?.entry(key) { return entry.keyMark }
    return tree.root.entry("train")?.keyMark ?? sweep.mark
  }

  /// Where a key of `data` was written, or where it could be.
  func mark(ofData key: String) -> Mark {
    tree.root["data"]?.entry(key)?.keyMark ?? tree.root.entry("data")?.keyMark ?? tree.root.mark
  }
}
