public import RunStorage
public import Runs
public import Sweeps
import Tracking

/// What running a plan would do; nothing is written to find out.
public struct PlanStatus: Hashable, Sendable {
  /// Runs of the plan, each once.
  public private(set) var total = 0
  /// Runs that have a result.
  public private(set) var reused = 0
  /// Runs that were begun, and go on from their checkpoint.
  public private(set) var resumed = 0
  /// Runs that were begun, or have lost files, and are trained again from their start.
  public private(set) var trainedAgain = 0
  /// Runs that nobody has begun, and that go on from the last state of a shorter one.
  public private(set) var continued = 0
  /// Runs that another process is training.
  public private(set) var elsewhere = 0
  /// Runs that nobody has begun, trained from their start.
  public private(set) var new = 0

  /// Looks up the keys of a plan.
  ///
  /// - Parameter store: `nil` where there is none yet.
  public init(keys: [String], in store: RunStore?, fresh: Bool = false) throws {
    try self.init(keys.map { Request(key: $0) }, in: store, fresh: fresh)
  }

  /// Looks up the runs of a plan, also whether a shorter run's state is there.
  ///
  /// - Parameters:
  ///   - store: `nil` where there is none yet.
  ///   - measure: in what the limit is counted.
  ///   - limit: how many epochs of a run are asked for; `nil` for all.
  public init(
    _ runs: [PlannedRun], facts: PlanFacts, in store: RunStore?, fresh: Bool = false,
    measure: RunMeasure = .epochs, limit: (PlannedRun) -> Int? = { _ in nil }
  ) throws {
    let requests = try runs.map { run in
      Request(
        key: run.key, lineage: run.lineage,
        updates: try facts.length(of: run.configuration)?.updates ?? 0, limit: limit(run),
        measure: measure)
    }
    try self.init(requests, in: store, fresh: fresh)
  }

  private struct Request {
    let key: String
    var lineage: String?
    var updates = 0
    var limit: Int?
    var measure = RunMeasure.epochs
  }

  private init(_ requests: [Request], in store: RunStore?, fresh: Bool) throws {
    let known = try store?.currentRuns(ofKeys: requests.map(\.key)) ?? [:]
    var seen: Set<String> = []
    for request in requests where seen.insert(request.key).inserted {
      total += 1
      guard !fresh, let store else {
        new += 1
        continue
      }
      switch known[request.key]?.status {
      case .completed, .diverged:
        if known[request.key]?.lostFile == nil { reused += 1 } else { trainedAgain += 1 }
      case .stopped:
        if known[request.key]?.isEnough(limit: request.limit, request.measure) == true {
          reused += 1
        } else {
          countBegun(known[request.key]?.id, store)
        }
      case nil, .planned: try countNew(request, store)
      case .interrupted, .failed: countBegun(known[request.key]?.id, store)
      case .running:
        if let run = known[request.key]?.id, store.isTrained(run) {
          elsewhere += 1
        } else {
          countBegun(known[request.key]?.id, store)
        }
      }
    }
  }

  private mutating func countNew(_ request: Request, _ store: RunStore) throws {
    if let lineage = request.lineage,
      try store.continuationSource(of: lineage, updates: request.updates) != nil
    {
      continued += 1
    } else {
      new += 1
    }
  }

  private mutating func countBegun(_ run: RunID?, _ store: RunStore) {
    if let run, (try? store.checkpoint(of: run)) != nil {
      resumed += 1
    } else {
      trainedAgain += 1
    }
  }

  /// How many runs are to be trained by this process, as far as is known.
  public var toTrain: Int { new + continued + resumed + trainedAgain }
}
