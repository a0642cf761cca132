import Datasets
public import Tracking

/// Everything that decides the numbers of one run, checked and with every default resolved.
///
/// It is what a plan holds, what an executor is handed and what the store keeps with the run:
/// whoever asks what a run is asks this value.
public struct RunConfiguration: Hashable, Codable, Sendable {
  /// What is run.
  public var body: Body
  /// The metric that judges epochs.
  public var objective: Objective
  /// Which way metrics are better whose names do not say it; `nil` where the file says nothing.
  public var directions: MetricDirections?
  private var values: Hyperparameters

  private enum CodingKeys: String, CodingKey {
    case body, objective, directions
    case values = "hyperparameters"
  }

  /// What a run can be.
  ///
  /// Behind a reference, so that the very many copies of a large plan share it.
  public indirect enum Body: Hashable, Codable, Sendable {
    /// A network trained on Labbook's own core.
    case network(NetworkRun)
    /// An outside program that reports its metrics.
    case program(ProgramRun)
  }

  /// Makes a configuration of checked parts.
  public init(_ body: Body, objective: Objective, hyperparameters: [Hyperparameter]) {
    self.body = body
    self.objective = objective
    values = Hyperparameters(hyperparameters)
  }

  /// Makes the configuration of a network of checked parts, some of which others share.
  package init(_ network: NetworkRun, objective: Objective, values: Hyperparameters) {
    body = .network(network)
    self.objective = objective
    self.values = values
  }

  /// Makes the configuration of a network of checked parts.
  public init(_ network: NetworkRun, objective: Objective, hyperparameters: [Hyperparameter]) {
    self.init(.network(network), objective: objective, hyperparameters: hyperparameters)
  }

  /// Every resolved value that the run uses, by the file's path, as `run_params` stores them.
  public var hyperparameters: [Hyperparameter] {
    get { values.list }
    set { values = Hyperparameters(newValue) }
  }

  /// The network that is trained; `nil` for a program.
  public var network: NetworkRun? {
    if case .network(let network) = body { network } else { nil }
  }

  /// The network of a run that is known to train one.
  ///
  /// - Throws: `LabbookError` for a program, of which `what` cannot be asked.
  public func network(for what: String) throws(LabbookError) -> NetworkRun {
    if let network { return network }
    throw .input("\(what) needs a network, and this run is a program's")
  }

  /// What people call the model or the program.
  public var modelName: String {
    switch body {
    case .network(let network): network.modelName
    case .program(let program): program.name
    }
  }

  /// The path under which the values of the run's own model stand; `nil` for a program.
  public var modelPath: String? { network?.modelPath }

  /// The seed of everything random in the run.
  public var seed: Int {
    switch body {
    case .network(let network): network.train.seed
    case .program(let program): program.seed
    }
  }

  /// The same configuration with another seed.
  public func with(seed: Int) -> RunConfiguration {
    let value = ParameterValue.integer(seed)
    if self.seed == seed, values.value(at: "train.seed") ?? value == value { return self }
    var copy = self
    switch body {
    case .network(var network):
      network.train.seed = seed
      copy.body = .network(network)
    case .program(var program):
      program.seed = seed
      copy.body = .program(program)
    }
    copy.values.replace("train.seed", with: value)
    return copy
  }

  /// Which part of the data judges, of a configuration that is trained once for each; `nil` for others.
  public var fold: Int? { network?.data.fold }

  /// Every fold of the configuration; one `nil` where there are none.
  public var eachFold: [Int?] {
    network?.data.split.folds.map { (1...$0).map { $0 } } ?? [nil]
  }

  /// The same configuration with another fold.
  public func with(fold: Int?) -> RunConfiguration {
    guard var network, network.data.fold != fold else { return self }
    network.data.fold = fold
    var copy = self
    copy.body = .network(network)
    copy.hyperparameters.removeAll { $0.path == Self.foldPath }
    if let fold {
      let place = hyperparameters.firstIndex { $0.path == Self.foldPath } ?? 0
      copy.hyperparameters.insert(Hyperparameter(Self.foldPath, .integer(fold)), at: place)
    }
    return copy
  }

  /// Under which path the fold stands among the hyperparameters.
  public static let foldPath = "data.fold"

  /// The value at a path of a sweep or a cell; `nil` where the run has no such key.
  public func value(at path: SettingPath) -> ParameterValue? {
    path.key(modelPath: modelPath).flatMap { value(at: $0) }
  }

  /// The value at a full path, such as `train.lr`; `nil` where the run has no such key.
  public func value(at path: String) -> ParameterValue? {
    values.value(at: path) ?? quietValue(at: path)
      ?? ParameterValue.item(at: path) { values.value(at: $0) }
  }

  /// The value of a setting of the data that is at its default and is not listed for it.
  private func quietValue(at path: String) -> ParameterValue? {
    guard let data = network?.data, path.hasPrefix("data.") else { return nil }
    return data.quietValue(at: String(path.dropFirst("data.".count)))
  }

  /// Whether the run has a key at a path, keys below it, or a list with the item that it names.
  public func uses(_ path: SettingPath) -> Bool {
    guard let key = path.key(modelPath: modelPath) else { return false }
    return values.uses(key) || value(at: key) != nil
  }
}
