public import RunStorage
import Runs

/// Work that comes in waves: what a wave brings may follow from the results of those before.
///
/// It is asked by one thread, and only when all of the last wave has ended.
public protocol SweepWork: AnyObject {
  /// What can be trained now, sweep by sweep; nothing where all is done.
  ///
  /// - Throws: what keeps the next wave from being known.
  func next() throws -> [SweepJobs]

  /// Runs of all waves, each once, as far as it is known, with those to come.
  var total: Int { get }

  /// The plan that asks for the runs, by which the store knows those that it no longer asks for.
  var mark: PlanMark? { get }

  /// Whether more may become known while runs are at work.
  var proposesOnArrival: Bool { get }

  /// What can be trained while other runs are at work, asked for when there is time for a run; nothing where
  /// nothing can.
  ///
  /// It is never asked by two threads at once.
  /// - Throws: what keeps it from being known.
  func more() throws -> [SweepJobs]

  /// The rules of sweeps that decide when a run arrives at a rung, as far as the sweeps are known.
  var arrivals: [ArrivalSweep] { get }
}

extension SweepWork {
  /// No plan: runs belong to whatever plan their sweep has.
  public var mark: PlanMark? { nil }

  /// Nothing comes before a wave has ended.
  public var proposesOnArrival: Bool { false }

  /// Nothing.
  public func more() throws -> [SweepJobs] { [] }

  /// None.
  public var arrivals: [ArrivalSweep] { [] }
}

/// Work that is known from the start.
final class FixedWork: SweepWork {
  private var sweeps: [SweepJobs]
  let total: Int

  init(_ sweeps: [SweepJobs]) {
    self.sweeps = sweeps
    total = Set(sweeps.flatMap { $0.jobs.map(\.request.key) }).count
  }

  func next() -> [SweepJobs] {
    defer { sweeps = [] }
    return sweeps
  }
}
