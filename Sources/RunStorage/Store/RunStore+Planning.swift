import Foundation
import GRDB
public import Runs
import Tracking

extension RunStore {
  /// Makes sure that each requested run is in the store and a member of its sweep.
  ///
  /// A run with the same key that is already there is shared; with `fresh` every key gets a new run,
  /// which becomes the current one.
  ///
  /// - Parameters:
  ///   - plan: the sweeps of one experiment with what each asks for.
  ///   - experiment: its name in the store.
  ///   - title: what the experiment's file calls it.
  ///   - tags: the words of the file by which its runs are found.
  ///   - fresh: whether results that are there count.
  ///   - mark: the plan that asks; without one the runs belong to whatever plan is the latest.
  /// - Returns: for each sweep its runs, in the order of the requests.
  public func register(
    _ plan: [(sweep: String, requests: [RunRequest])], experiment: String, title: String? = nil,
    tags: [String] = [], fresh: Bool = false, as mark: PlanMark? = nil
  ) throws -> [[RegisteredRun]] {
    var renewed: [String: RegisteredRun] = [:]
    return try register(
      plan, experiment: experiment, title: title, tags: tags, fresh: fresh, renewed: &renewed,
      as: mark)
  }

  /// The same in several calls.
  ///
  /// - Parameters:
  ///   - renewed: the runs that were made so far, which are not made anew again.
  ///   - isFirst: whether it is the plan's first call; later ones add to the plan and supersede
  ///     nothing, so that a plan which another process has superseded meanwhile stays former.
  public func register(
    _ plan: [(sweep: String, requests: [RunRequest])], experiment: String, title: String?,
    tags: [String] = [], fresh: Bool, renewed: inout [String: RegisteredRun],
    as mark: PlanMark? = nil,
    isFirst: Bool = true
  ) throws -> [[RegisteredRun]] {
    let runs = try plan.map { sweep, requests in
      var runs: [RegisteredRun] = []
      runs.reserveCapacity(requests.count)
      var rest = requests[...]
      repeat {  // once even for an empty sweep, so that it is known
        let part = rest.prefix(Self.registeredAtOnce)
        rest = rest.dropFirst(Self.registeredAtOnce)
        runs += try write { db in
          var registration = try Registration(
            db, place, experiment: experiment, title: title, tags: tags, sweep: sweep)
          try registration.join(mark, sweep, isFirst: isFirst && runs.isEmpty)
          return try part.map { try registration.add($0, fresh: fresh, renewed: &renewed) }
        }
      } while !rest.isEmpty
      return runs
    }
    if let mark, isFirst, mark.isWhole, mark.supersedes {
      try write { try PlanTable.retire(allBut: Set(mark.hashes.keys), of: experiment, $0) }
    }
    return runs
  }

  /// The current run of each key that has one; writes nothing.
  public func currentRuns(ofKeys keys: [String]) throws -> [String: RegisteredRun] {
    try read { db in
      let statement = try db.cachedStatement(sql: Registration.findCurrent)
      let lost = LostFiles(db, place)
      var found: [String: RegisteredRun] = [:]
      for key in keys where found[key] == nil {
        guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
        found[key] = try Registration.registered(row, lost)
      }
      return found
    }
  }

  /// Other processes get their turn between transactions of this many runs.
  private static let registeredAtOnce = 2_000
}
