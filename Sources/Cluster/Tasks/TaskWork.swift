import Foundation
import Machine
public import Runner
public import Runs
import Synchronization
import Tracking

/// One task of a plan at work: trains its runs, tells a segment what happens, and writes nothing else.
public final class TaskWork: Sendable {
  private let folder: PlanFolder
  private let plan: WorkPlan
  private let number: Int
  private let orders: [TaskOrder]
  private let options: Options

  /// How a task works.
  public struct Options: Sendable {
    /// What is stored with its runs about the program and the machine.
    public var environment: [String: String] = [:]
    /// When the task is ended from outside, by a clock that nobody sets; `nil` where nobody ends it.
    public var endsAt: ContinuousClock.Instant?
    /// Seconds before that end in which no update is begun any more.
    public var graceSeconds = 10.0
    /// The last state is kept for longer runs of those that trained for so many seconds.
    public var leastStateSeconds = 1.0

    /// Tells people something.
    public var say: @Sendable (String) -> Void = { _ in }

    /// Makes the usual options.
    public init() {}
  }

  /// Reads what a task is to train.
  ///
  /// - Throws: `LabbookError` where the plan has no such task, or cannot be read.
  public init(_ folder: PlanFolder, task: Int, _ options: Options) throws {
    plan = try folder.plan()
    guard (0..<plan.tasks).contains(task) else {
      throw LabbookError.input(
        "the plan has no task \(task)", hint: "its tasks are 0 to \(plan.tasks - 1)")
    }
    self.folder = folder
    self.options = options
    number = task
    orders = try folder.orders(of: task)
  }

  /// What the task trains.
  public var jobs: [TrainingJob] { orders.map(\.order.job) }

  /// Trains until all runs of the task have ended, or it is asked to leave; whether all have.
  ///
  /// - Parameter executor: where its runs are trained.
  /// - Throws: `LabbookError` where nothing can be written.
  public func run(_ executor: any Executor) throws -> TaskReport {
    try Interruption.caught { try work(executor, StopSignal()) }
  }

  /// The same with a signal that a test raises.
  package func work(_ executor: any Executor, _ stop: StopSignal) throws -> TaskReport {
    let past = PastAttempts(of: number, orders, in: folder)
    let writer = try SegmentWriter(folder, task: number, stop, say: options.say)
    writer.add(
      .note(
        .head(
          SegmentHead(
            plan: plan.id, task: number, attempt: writer.attempt,
            environment: options.environment))))
    let means = TaskMeans(
      folder, plan, writer, stop, past, options)
    let left = orders.indices.filter { !past.ended.contains($0) }
    let host = TaskWave(means, orders, past, options)
    let runs = left.map { AssignedRun(orders[$0].order.job, host.id(of: $0)) }
    let writing = try writer.start()
    let watching = try WorkThread("labbook.watch", stackBytes: 1 << 20, by: .system) {
      [options, plan] in
      var looks = 0
      while !host.hasEnded {
        usleep(250_000)
        looks += 1
        means.tellProgress()
        // Rarely: many tasks ask one file server.
        if looks.isMultiple(of: 4) {
          let asked = means.folder.stops()
          if !asked.isEmpty { host.takeStops(asked) }
          if means.folder.isOver { stop.raise() }
        }
        if let end = options.endsAt, plan.limitSeconds != nil,
          end - ContinuousClock.now < .seconds(options.graceSeconds)
        {
          host.hinder("its time is over")
          stop.raise()
        }
        if writer.failure != nil { stop.raise() }
      }
    }
    executor.run(Wave(runs, of: host))
    host.end()
    watching.join()
    let report = TaskReport(
      runs: orders.count, ended: past.ended.count + means.ended, why: host.why)
    writer.add(.note(.left(why: report.isWhole ? nil : report.why ?? "it was asked to leave")))
    writer.finish()
    writing.join()
    if let failure = writer.failure { throw failure }
    return report
  }
}

/// What came of a task.
public struct TaskReport: Hashable, Sendable {
  /// Its runs.
  public let runs: Int
  /// Those that have ended, in this attempt or earlier ones.
  public let ended: Int
  /// Why runs were not begun.
  public let why: String?

  /// Whether nothing is left to do.
  public var isWhole: Bool { ended == runs }
}
