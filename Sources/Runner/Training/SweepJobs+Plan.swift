public import Datasets
import Experiments
import NeuralNet
import RunStorage
public import Sweeps
import Tracking

extension SweepJobs {
  /// The work of a plan.
  ///
  /// - Parameters:
  ///   - library: the data, prepared once for all runs.
  ///   - facts: what the plan was made with.
  ///   - only: the sweeps to do; empty means all.
  /// - Throws: `LabbookError` where there is no sweep of a name in `only`.
  public static func of(
    _ plan: RunPlan, library: DataLibrary, facts: PlanFacts, only: [String] = []
  ) throws -> [SweepJobs] {
    try check(only, plan)
    let maker = JobMaker(library: library, facts: facts, keptEpochs: plan.keptEpochs)
    return try plan.sweeps.filter { only.isEmpty || only.contains($0.name) }.map { sweep in
      SweepJobs(
        sweep.name,
        try sweep.configurations.flatMap { try maker.jobs(of: $0, limit: sweep.limits[$0.key]) })
    }
  }

  /// Two batches of every configuration's first run, for `--try`.
  public static func trials(
    of plan: RunPlan, library: DataLibrary, only: [String] = []
  ) throws -> [TrainingJob] {
    try check(only, plan)
    var seen: Set<String> = []
    return plan.sweeps.filter { only.isEmpty || only.contains($0.name) }
      .flatMap(\.configurations).filter { seen.insert($0.key).inserted }
      .compactMap { configuration in
        guard let run = configuration.runs.first else { return nil }
        var settings = run.configuration
        if settings.train.loss != nil { settings.train.duration = .steps(2) }
        let training = ConfigurationTraining(settings, library: library)
        return TrainingJob(
          RunRequest(run, updates: 2), label: configuration.label, updates: 2, cost: 1,
          work: training.run)
      }
  }

  static func check(_ only: [String], _ plan: RunPlan) throws {
    let names = plan.sweeps.map(\.name)
    for name in only where !names.contains(name) {
      let nearest = nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
      throw LabbookError.input(
        "the file has no sweep '\(name)'",
        hint: nearest ?? "its sweeps are " + names.map { "'\($0)'" }.joined(separator: ", "))
    }
  }
}

/// Makes the jobs of planned configurations.
struct JobMaker {
  let library: DataLibrary
  let facts: PlanFacts
  /// After which epochs weights are kept for figures.
  let keptEpochs: Set<Int>

  /// A job a seed.
  ///
  /// - Parameter limit: the epochs that are asked for; `nil` for all.
  func jobs(of configuration: PlannedConfiguration, limit: Int?) throws -> [TrainingJob] {
    let settings = configuration.configuration
    let rows = try facts.trainRows(of: settings.data)
    let whole = settings.train.updates(trainRows: rows)
    let batch = settings.train.batchSize.count(of: rows)
    let perEpoch = (rows + max(1, batch) - 1) / max(1, batch)
    let updates = limit.map { min(whole, $0.multipliedSaturating(by: perEpoch)) } ?? whole
    let parameters = try parameterCount(settings)
    // An update costs about as much as a thousand multiplications before it multiplies anything.
    let cost = Double(updates) * (1_000 + Double(batch) * Double(parameters)) + 1
    return configuration.runs.map { run in
      let training = ConfigurationTraining(
        run.configuration, library: library, keptEpochs: keptEpochs, limit: limit)
      let isOnly = configuration.runs.count == 1
      return TrainingJob(
        RunRequest(run, updates: whole), label: run.label + (isOnly ? "" : ", seed \(run.seed)"),
        updates: updates, cost: cost, limit: limit, work: training.run)
    }
  }

  private func parameterCount(_ configuration: RunConfiguration) throws -> Int {
    let shape = try library.shape(of: configuration.data)
    let graph = try? Graph(configuration.layers, input: Shape(shape.featureShape))
    return graph?.parameterCount ?? 0  // What does not fit fails when it is trained.
  }
}

extension RunRequest {
  /// What a planned run asks of the store.
  init(_ run: PlannedRun, updates: Int) {
    let configuration = run.configuration
    self.init(
      key: run.key, configuration: run.configurationKey, seed: run.seed,
      objective: configuration.objective, parameters: configuration.hyperparameters,
      lineage: run.lineage, updates: updates)
  }
}
