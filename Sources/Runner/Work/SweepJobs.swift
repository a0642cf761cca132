public import Runs
public import Sweeps
import Tracking

extension SweepJobs {
  /// The work of a plan.
  ///
  /// - Parameters:
  ///   - facts: what the plan was made with.
  ///   - only: the sweeps to do; empty means all.
  /// - Throws: `LabbookError` where there is no sweep of a name in `only`.
  public static func of(
    _ plan: RunPlan, facts: PlanFacts, only: [String] = []
  ) throws -> [SweepJobs] {
    try check(only, plan)
    let maker = JobMaker(facts: facts, keptEpochs: plan.keptEpochs)
    return try plan.sweeps.filter { only.isEmpty || only.contains($0.name) }.map { sweep in
      SweepJobs(
        sweep.name,
        try sweep.configurations.flatMap { try maker.jobs(of: $0, in: sweep) })
    }
  }

  /// Two batches of every configuration's first run, for `--try`; of programs the first run of each
  /// sweep, which its trainer ends.
  public static func trials(of plan: RunPlan, only: [String] = []) throws -> [TrainingJob] {
    try check(only, plan)
    var seen: Set<String> = []
    let sweeps = plan.sweeps.filter { only.isEmpty || only.contains($0.name) }
    let programs = sweeps.compactMap { sweep in
      sweep.configurations.first { $0.configuration.network == nil }
    }
    let trials = programs.compactMap { configuration in
      configuration.runs.first.map {
        TrainingJob(RunRequest($0, updates: nil), label: configuration.label, updates: nil, cost: 1)
      }
    }
    return trials
      + sweeps.flatMap(\.configurations).filter { seen.insert($0.key).inserted }
      .compactMap { configuration in
        guard let run = configuration.runs.first, let network = run.configuration.network else {
          return nil
        }
        var request = RunRequest(run, updates: 2)
        request.configuration.body = .network(network.trial(updates: 2))
        return TrainingJob(request, label: configuration.label, updates: 2, cost: 1)
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

/// The work of one sweep.
public struct SweepJobs: Sendable {
  /// The sweep's name in the file.
  public let sweep: String
  /// Its runs in order.
  public let jobs: [TrainingJob]

  /// Makes the work of one sweep.
  public init(_ sweep: String, _ jobs: [TrainingJob]) {
    self.sweep = sweep
    self.jobs = jobs
  }
}

/// Makes the jobs of planned configurations.
struct JobMaker {
  let facts: PlanFacts
  /// After which epochs weights are kept for figures.
  let keptEpochs: Set<Int>

  /// A job a seed.
  func jobs(of configuration: PlannedConfiguration, in sweep: SweepPlan) throws -> [TrainingJob] {
    let limit = sweep.limits[configuration.key]
    let settings = configuration.configuration
    let length = try facts.length(of: settings)
    let updates = length?.updates(ofEpochs: limit)
    let cost = try facts.cost(of: settings, updates: updates)
    let isOnly = configuration.runs.count == 1
    let variants = configuration.points.compactMap(\.variant)
    return try configuration.runs.map { run in
      // Folds may differ by a row, and with it by an update an epoch.
      let own = run.fold == nil ? length : try facts.length(of: run.configuration)
      let fold = run.fold.map { ", fold \($0)" } ?? ""
      var request = RunRequest(run, updates: own?.updates)
      request.variants = variants
      return TrainingJob(
        request,
        label: run.label + (isOnly ? "" : ", seed \(run.seed)") + fold,
        updates: run.fold == nil ? updates : own?.updates(ofEpochs: limit), cost: cost,
        limit: limit, measure: sweep.measure, judge: sweep.arrival == nil ? nil : sweep.name,
        keptEpochs: keptEpochs)
    }
  }
}

extension RunRequest {
  /// What a planned run asks of the store.
  init(_ run: PlannedRun, updates: Int?) {
    self.init(
      key: run.key, configurationKey: run.configurationKey, lineage: run.lineage,
      configuration: run.configuration, files: run.files, updates: updates)
  }
}
