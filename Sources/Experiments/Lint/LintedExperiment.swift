import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// An experiment as rules see it: what its sweeps run, and where each value was written.
struct LintedExperiment {
  let experiment: Experiment
  /// The sweeps that train networks, with their configurations; of very many some, from the first to
  /// the last.
  private(set) var sweeps: [(spec: SweepSpec, members: [Member])] = []
  /// The sweeps of outside programs, with their configurations; of very many some.
  private(set) var programs: [(spec: SweepSpec, members: [ProgramRun])] = []
  /// Every distinct network that some run trains, with a function from a layer to its place.
  private(set) var networks: [(network: Network, mark: (_ layer: [Int]) -> Mark)] = []
  private let tree: FileTree

  init(_ experiment: Experiment) {
    self.experiment = experiment
    tree = FileTree(experiment.spec.root)
    for sweep in experiment.sweeps {
      let members = Self.some(of: experiment.members(of: sweep))
      let trained = members.compactMap { member -> Member? in
        guard let network = member.configuration.network, updates(of: network) > 0 else {
          return nil
        }
        return Member(network: network, seeds: member.seeds)
      }
      if !trained.isEmpty { sweeps.append((sweep, trained)) }
      let runs = members.compactMap { member -> ProgramRun? in
        if case .program(let program) = member.configuration.body { program } else { nil }
      }
      if !runs.isEmpty { programs.append((sweep, runs)) }
    }
    networks = distinctNetworks()
  }

  // MARK: What runs

  /// One configuration of a network that is trained, with its seeds.
  struct Member {
    let network: NetworkRun
    let seeds: [Int]
  }

  /// Configurations of one sweep that are looked at.
  static let mostMembers = 1000

  private static func some(of members: [SweepMember]) -> [SweepMember] {
    guard members.count > mostMembers else { return members }
    return (0..<mostMembers).map { members[$0 * (members.count - 1) / (mostMembers - 1)] }
  }

  /// The sizes of a network's data; `nil` where they cannot be known any more.
  func shape(of network: NetworkRun) -> DataShape? {
    try? experiment.library.shape(of: network.data)
  }

  /// The updates of a run; 0 where nothing is trained.
  func updates(of network: NetworkRun) -> Int {
    shape(of: network).map { network.length(trainRows: $0.trainRows).updates } ?? 0
  }

  /// The data of a network, of a generator's very many rows fewer; `nil` where it cannot be read.
  func data(of network: NetworkRun) -> PreparedData? {
    try? experiment.library.prepare(lookedAt(network))
  }

  private func lookedAt(_ network: NetworkRun) -> DataConfiguration {
    shape(of: network).flatMap { network.data.ofFewerRows($0) } ?? network.data
  }

  /// The training columns of a network's data before and after normalising.
  func columns(of network: NetworkRun) -> [DataSummary.Column] {
    summary(of: network)?.columns ?? []
  }

  /// What a network's data is, in numbers, of a generator's very many rows fewer; `nil` where it cannot
  /// be read.
  func summary(of network: NetworkRun) -> DataSummary? {
    try? experiment.library.summary(of: lookedAt(network))
  }

  /// One network that is trained, with its loss.
  struct Network: Hashable {
    let name: String
    let layers: [LayerSpec]
    let loss: Chosen?
    let input: [Int]
  }

  private func distinctNetworks() -> [(network: Network, mark: (_ layer: [Int]) -> Mark)] {
    let models = Dictionary(
      tree.models.map { ("models.\($0.name)", $0.node) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<Network> = []
    return sweeps.flatMap { sweep, members in
      members.compactMap { member -> (Network, ([Int]) -> Mark)? in
        let run = member.network
        guard let shape = shape(of: run) else { return nil }
        let network = Network(
          name: run.modelName, layers: run.layers, loss: run.train.loss, input: shape.featureShape)
        guard seen.insert(network).inserted else { return nil }
        let node =
          models[run.modelPath] ?? (run.modelPath == "train.model" ? tree.train["model"] : nil)
        let draft = node.flatMap {
          NetworkReader(problems: SpecProblems()).network($0, of: "model")
        }
        return (network, { layer in draft?.mark(of: layer) ?? sweep.mark })
      }
    }
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
