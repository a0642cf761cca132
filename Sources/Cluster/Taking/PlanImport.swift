import Foundation
public import Runner
import Runs
import Synchronization
import Tracking

/// A plan whose segments are brought into a store that may know nothing of it.
public struct PlanImport {
  /// What the plan says of itself.
  public let plan: WorkPlan
  /// Its sweeps with those of their runs that the plan has.
  public let sweeps: [SweepJobs]
  /// Takes in what there is, and waits for nothing.
  public var executor: any Executor { taking }
  private let taking: TakingExecutor

  /// What could not be read, once it was taken in.
  public var damages: [String] { taking.damages.withLock { $0 } }

  /// Reads a plan.
  ///
  /// - Throws: `LabbookError` where it cannot be read.
  public init(_ folder: PlanFolder) throws {
    plan = try folder.plan()
    var jobs: [String: TrainingJob] = [:]
    for task in 0..<plan.tasks {
      for order in try folder.orders(of: task) { jobs[order.key] = order.order.job }
    }
    let known = jobs
    sweeps = plan.sweeps.map { SweepJobs($0.sweep, $0.keys.compactMap { known[$0] }) }
      .filter { !$0.jobs.isEmpty }
    taking = TakingExecutor(folder)
  }
}

/// Takes in what the segments of one plan say now.
private final class TakingExecutor: Executor {
  private let folder: PlanFolder
  let damages = Mutex<[String]>([])

  init(_ folder: PlanFolder) { self.folder = folder }

  func run(_ wave: Wave) {
    do {
      let plan = try PlanTaking(folder, wave)
      while try plan.take() {}
      plan.settle()
      damages.withLock { [found = plan.damages] in $0 = found }
      plan.leave()
      if !plan.isDone { wave.leave() }
    } catch { wave.hinder(String(describing: error)) }
  }
}
