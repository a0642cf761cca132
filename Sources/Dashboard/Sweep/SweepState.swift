import Results
import RunStorage
import Runs
import Tracking

/// What a sweep's page tells of it: where its runs stand, the best so far, what is left.
struct SweepState {
  let name: SweepName
  let record: SweepRecord
  /// Its current runs; `nil` where there are too many to be looked at one by one.
  let runs: [RunRecord]?
  /// The best so far and what is left, as the list of all sweeps says it.
  let progress: SweepProgress?
  let objective: Objective?

  /// Sweeps of more runs are told by their counts.
  static let mostRuns = 20_000

  /// - Throws: `LabbookError` where the store has no such sweep.
  init(_ name: SweepName, in store: RunStore) throws {
    self.name = name
    let known = try store.sweeps(of: name.experiment)
    guard let record = known.first(where: { $0.name == name }) else {
      let near = nearestName(to: name.sweep, among: known.map(\.name.sweep))
      throw LabbookError.input(
        "there is no sweep '\(name)' in the store", hint: near.map { "did you mean '\($0)'?" } ?? ""
      )
    }
    self.record = record
    runs = record.runs <= Self.mostRuns ? try store.runs(RunQuery(name)) : nil
    progress = try store.progress(of: name)[name]
    objective = progress?.objective ?? runs?.first?.objective
  }

  /// How many runs stand so.
  func count(_ status: RunStatus) -> Int { record.counts[status] ?? 0 }

  /// Runs that are still to be trained, those at work and interrupted ones among them.
  var remaining: Int { count(.planned) + count(.running) + count(.interrupted) }

  /// Runs that were asked for together, in their order: what a growing sweep asked for round by round.
  var rounds: [(at: String, runs: [RunRecord])] {
    var rounds: [(at: String, runs: [RunRecord])] = []
    for run in runs ?? [] {
      // One registration may take more than a moment.
      let moment = String(run.createdAt.prefix(19))
      if rounds.last?.at == moment {
        rounds[rounds.count - 1].runs.append(run)
      } else {
        rounds.append((moment, [run]))
      }
    }
    return rounds
  }

  /// The runs that ended before their time, and why.
  func early(in store: RunStore) throws -> [(run: RunRecord, why: String)] {
    let ended = (runs ?? []).filter { $0.status == .stopped || $0.status.isBad }
    let halted = try store.takeStopRequests(among: ended.map(\.id))
    return ended.map { run in
      let message = run.message.flatMap { $0.isEmpty ? nil : $0 }
      let why =
        switch run.status {
        case .stopped where halted.contains(run.id): "a user stopped it"
        case .stopped: message ?? "the sweep's rule stopped it"
        default: message ?? run.status.rawValue
        }
      return (run, why)
    }
  }
}
