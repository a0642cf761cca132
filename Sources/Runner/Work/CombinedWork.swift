public import RunStorage
import Runs
import Tracking

/// The work of several plans together, each sweep under a name of its own in the store: a run that two of
/// them ask for is trained once.
public final class CombinedWork: SweepWork {
  /// One plan's work.
  public struct Part {
    let work: PlanWork
    let names: [String: String]

    /// Makes a part.
    ///
    /// - Parameter names: what its sweeps are called in the store, by their names in the plan.
    public init(_ work: PlanWork, names: [String: String]) {
      self.work = work
      self.names = names
    }
  }

  private let parts: [Part]
  /// What kept the work of a part from going on, by its place; the others go on.
  public private(set) var problems: [Int: any Error] = [:]

  /// Makes the work of some plans.
  public init(_ parts: [Part]) { self.parts = parts }

  /// What the plans can train now.
  public func next() -> [SweepJobs] {
    parts.enumerated().flatMap { place, part -> [SweepJobs] in
      guard problems[place] == nil else { return [] }
      do {
        return try part.work.next().map { SweepJobs(part.names[$0.sweep] ?? $0.sweep, $0.jobs) }
      } catch {
        problems[place] = error
        return []
      }
    }
  }

  /// Runs of all plans, each once.
  public var total: Int {
    Set(parts.flatMap { $0.work.knownKeys }).count + parts.reduce(0) { $0 + $1.work.pendingRuns }
  }

  /// The plans of all sweeps under their names; the experiment may have others.
  public var mark: PlanMark? {
    var hashes: [String: String] = [:]
    for part in parts {
      for (name, hash) in part.work.mark?.hashes ?? [:] { hashes[part.names[name] ?? name] = hash }
    }
    return PlanMark(hashes: hashes, isWhole: false)
  }
}
