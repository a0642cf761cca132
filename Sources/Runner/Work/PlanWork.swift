public import RunStorage
import Runs
public import Sweeps
import Tracking

/// The work of a plan that grows: every wave holds what is known and not yet handed out.
public final class PlanWork: SweepWork {
  private let growing: GrowingPlan
  private let maker: JobMaker
  private let only: [String]
  private let store: RunStore
  private let isFresh: Bool
  private let isChanged: Bool
  /// For each sweep how many epochs of a configuration were handed out; `Int.max` for all.
  private var handed: [String: [String: Int]] = [:]
  /// The sweeps whose rule has held configurations, so that more may be asked of any of them.
  private var limited: Set<String> = []
  /// The keys of the runs that earlier waves have dealt with.
  private var settled: Set<String> = []
  private var last: Set<String> = []
  private var hasBegun = false

  /// Makes the work of a plan.
  ///
  /// - Parameters:
  ///   - facts: what the plan was made with.
  ///   - only: the sweeps to do; empty means all.
  ///   - isFresh: whether results that are there count.
  ///   - isChanged: whether `--set` has changed what the file says, so that the plan supersedes none.
  /// - Throws: `LabbookError` where there is no sweep of a name in `only`.
  public init(
    _ growing: GrowingPlan, facts: PlanFacts, only: [String] = [], in store: RunStore,
    isFresh: Bool = false, isChanged: Bool = false
  ) throws {
    try SweepJobs.check(only, growing.plan)
    self.growing = growing
    maker = JobMaker(facts: facts, keptEpochs: growing.plan.keptEpochs)
    self.only = only
    self.store = store
    self.isFresh = isFresh
    self.isChanged = isChanged
  }

  /// The plan with the hashes of its sweeps; those that are left out stay as they are.
  public var mark: PlanMark? {
    let names = asked.map(\.name)
    return PlanMark(
      hashes: growing.hashes.filter { names.contains($0.key) }, supersedes: !isChanged,
      isWhole: only.isEmpty)
  }

  private var asked: [SweepPlan] {
    growing.plan.sweeps.filter { only.isEmpty || only.contains($0.name) }
  }

  /// Runs of the sweeps that are asked for, with those to come.
  public var total: Int {
    let sweeps = asked
    return Set(sweeps.flatMap { $0.runs.map(\.key) }).count
      + sweeps.reduce(0) { $0 + $1.pendingRuns }
  }

  /// The keys of the runs that are known.
  var knownKeys: [String] { asked.flatMap { $0.runs.map(\.key) } }

  /// Runs that are still to come.
  var pendingRuns: Int { asked.reduce(0) { $0 + $1.pendingRuns } }

  /// What results have made known since.
  public func next() throws -> [SweepJobs] {
    settled.formUnion(last)
    try growing.grow(StoreResults(store, counts: counts))
    let sweeps = asked
    var jobs = try sweeps.map { SweepJobs($0.name, try self.jobs(of: $0)) }
    last = Set(jobs.flatMap { $0.jobs.map(\.request.key) })
    if hasBegun { jobs.removeAll { $0.jobs.isEmpty } }
    hasBegun = true
    if last.isEmpty { try checkWhole(sweeps) }
    return jobs
  }

  /// A failed run is trained again once by every command, and counts as done after that.
  private func counts(_ key: String, _ status: RunStatus) -> Bool {
    if isFresh || status == .failed { return settled.contains(key) }
    return true
  }

  /// Whether a search of the plan proposes when there is time for a run.
  public var proposesOnArrival: Bool { !asynchronous.isEmpty }

  private var asynchronous: Set<String> {
    growing.asynchronous.intersection(asked.map(\.name))
  }

  /// One proposal of a search that makes them when there is time for a run.
  public func more() throws -> [SweepJobs] {
    let names = asynchronous
    guard try growing.propose(StoreResults(store, counts: counts), among: names) else { return [] }
    let jobs = try asked.filter { names.contains($0.name) }
      .map { SweepJobs($0.name, try self.jobs(of: $0)) }
    last.formUnion(jobs.flatMap { $0.jobs.map(\.request.key) })
    return jobs.filter { !$0.jobs.isEmpty }
  }

  /// The rules of sweeps that decide when a run arrives.
  public var arrivals: [ArrivalSweep] { asked.compactMap(ArrivalSweep.init) }

  private func jobs(of sweep: SweepPlan) throws -> [TrainingJob] {
    var known = handed[sweep.name] ?? [:]
    handed[sweep.name] = nil
    defer { handed[sweep.name] = known }
    if !sweep.limits.isEmpty { limited.insert(sweep.name) }
    // Without limits what was handed out stays so, and only what came since is looked at.
    let start =
      limited.contains(sweep.name) ? 0 : min(known.count, sweep.configurations.count)
    return try sweep.configurations[start...].flatMap { configuration -> [TrainingJob] in
      let limit = sweep.limits[configuration.key]
      guard known[configuration.key] ?? -1 < limit ?? .max else { return [] }
      known[configuration.key] = limit ?? .max
      return try maker.jobs(of: configuration, in: sweep)
    }
  }

  /// A sweep of which more is to come and nothing can be trained waits for one that was left out.
  private func checkWhole(_ sweeps: [SweepPlan]) throws {
    guard let waiting = sweeps.first(where: { $0.pending > 0 }) else { return }
    guard let source = waiting.source else {
      throw LabbookError.failure(
        "runs of the sweep '\(waiting.name)' have no result", hint: "run it again")
    }
    throw LabbookError.failure(
      "the sweep '\(waiting.name)' begins with the best of '\(source)', which is not done",
      hint: "run it too, with --only \(source) or without --only")
  }
}
