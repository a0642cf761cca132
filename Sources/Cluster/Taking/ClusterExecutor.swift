import Foundation
public import Runner
import Runs
import Synchronization
import Terminal
import Tracking

/// Trains the runs of a wave on other machines: packs them into tasks, hands those to a launcher, and takes
/// in what the tasks write, into the wave's store.
///
/// Plans of the same store that are at work already are attached to; their runs are not handed over again.
public final class ClusterExecutor: Executor {
  private let launcher: any Launcher
  private let options: Options
  private let left = Atomic<Bool>(false)
  private let taken = Mutex<[(folder: PlanFolder, keys: [String], given: Set<String>)]>([])

  /// How a plan is made.
  public struct Options: Sendable {
    /// The folder of the store's runs, which all machines see.
    public let runsFolder: String
    /// The version of the program.
    public let version: String
    /// The kernels that compute.
    public let kernels: String
    /// The experiment that asks for the runs.
    public let experiment: String
    /// What people read above it.
    public let title: String?
    /// The store's file, where others keep their runs in the same folder.
    public var store: String?
    /// Seconds of training between two checkpoints of a run.
    public var checkpointSeconds = 10.0
    /// How runs are packed.
    public var limits = Packing.Limits()
    /// Seconds that a task may take; `nil` where nobody ends it.
    public var limitSeconds: Double?
    /// Whether the command ends when all is handed over.
    public var detaches = false
    /// Seconds of each run on one core, in the order of the runs; 0 where nobody knows.
    public let predict: @Sendable ([AssignedRun]) throws -> [Double]
    /// Of some keys those that have a result in the store.
    public var settled: @Sendable ([String]) throws -> Set<String>
    /// Of some keys those that a user has stopped and nobody let go on since.
    public var halted: @Sendable ([String]) throws -> Set<String> = { Set($0) }

    /// Makes options of what every plan needs.
    public init(
      runsFolder: String, version: String, kernels: String, experiment: String, title: String?,
      predict: @escaping @Sendable ([AssignedRun]) throws -> [Double],
      settled: @escaping @Sendable ([String]) throws -> Set<String>
    ) {
      self.runsFolder = runsFolder
      self.version = version
      self.kernels = kernels
      self.experiment = experiment
      self.title = title
      self.predict = predict
      self.settled = settled
    }
  }

  /// Makes an executor.
  public init(_ launcher: any Launcher, _ options: Options) {
    self.launcher = launcher
    self.options = options
  }

  /// Whether runs were left at work elsewhere.
  public var hasLeft: Bool { left.load(ordering: .relaxed) }

  /// Hands the runs over and takes in what comes, until all have ended, the wave stops, or the command is
  /// to leave.
  public func run(_ wave: Wave) {
    do { try work(wave) } catch { wave.hinder(String(describing: error)) }
  }

  private func work(_ wave: Wave) throws {
    // What the last wave has taken in is committed.
    try close()
    var plans = try PlanFolder.open(in: options.runsFolder, of: options.store).map { folder in
      let stops = folder.stops()
      // What was let go on since is for a new plan: the tasks of this one are to end it.
      let left = stops.isEmpty ? [] : stops.subtracting(try options.halted(stops.sorted()))
      return try PlanTaking(folder, wave, without: left)
    }
    let known = plans.reduce(into: Set<String>()) { $0.formUnion($1.covered) }
    let rest = wave.runs.filter { !known.contains($0.job.request.key) }
    for plan in plans where !plan.isDone {
      wave.say(
        "takes up the plan \(plan.plan.id), which is at work already" + (try others(in: plan, wave))
      )
    }
    if !rest.isEmpty { plans.append(try hand(rest, of: wave)) }
    var watch = LauncherWatch(launcher, wave)
    var pause = Self.shortPause
    var isFirst = true
    while true {
      var isNews = false
      for plan in plans { isNews = try plan.take() || isNews }
      do { for plan in plans { try plan.passStops() } } catch {
        wave.say("\(error); it is tried again", once: "stops")
      }
      try watch.look(at: plans)
      if plans.allSatisfy({ $0.isDone || $0.isWhole }) {
        try watch.lookAtStopped(plans)
        break
      }
      if wave.isStopping || options.detaches && !isFirst {
        for plan in plans { plan.leave() }
        left.store(true, ordering: .relaxed)
        if !wave.isStopping { wave.leave() }
        return
      }
      isFirst = false
      pause = isNews ? Self.shortPause : min(pause * 1.5, Self.longPause)
      let end = ContinuousClock.now + .seconds(pause)
      while ContinuousClock.now < end, !wave.isStopping { usleep(20_000) }
    }
    for plan in plans { plan.leave() }
    taken.withLock { $0 += plans.filter(\.isWhole).map { ($0.folder, $0.keys, $0.given) } }
  }

  /// Says of a plan's runs that have no result yet how many are not asked for, as after an edit of their file.
  private func others(in plan: PlanTaking, _ wave: Wave) throws -> String {
    let others = Set(plan.keys).subtracting(wave.runs.map(\.job.request.key))
    let count = others.count - (try options.settled(others.sorted()).count)
    guard count > 0 else { return "" }
    return count == 1
      ? "; a run of it is not asked for here, and goes on"
      : "; \(count) runs of it are not asked for here, and go on"
  }

  /// Checkpoints go to a disk that many share.
  public static let leastCheckpointSeconds = 10.0

  /// Seconds between two looks at the segments.
  private static let (shortPause, longPause) = (0.1, 2.0)

  /// Closes the plans of which all is in the store, once that is committed; those that were closed before
  /// go.
  public func close() throws {
    for folder in PlanFolder.closed(in: options.runsFolder) { folder.remove() }
    PlanFolder.removeUnnamed(in: options.runsFolder)
    let done = taken.withLock { taken in
      defer { taken = [] }
      return taken
    }
    for (folder, keys, given) in done {
      let wanted = Set(keys).subtracting(given)
      guard try options.settled(Array(wanted)).isSuperset(of: wanted) else { continue }
      // A full disk has no room for the mark; what is gone is over as well.
      do { try folder.close() } catch { folder.remove() }
    }
  }

  private func hand(_ runs: [AssignedRun], of wave: Wave) throws -> PlanTaking {
    let seconds = try options.predict(runs)
    let packing = Packing(seconds, options.limits)
    let plan = WorkPlan(
      id: Self.newName(), version: options.version, kernels: options.kernels,
      store: options.store, experiment: options.experiment, title: options.title,
      sweeps: wave.sweeps, folder: FileManager.default.currentDirectoryPath,
      tasks: packing.tasks.count,
      cores: options.limits.cores, checkpointSeconds: options.checkpointSeconds,
      limitSeconds: options.limitSeconds)
    let tasks = try packing.tasks.map { places in
      try places.map { place in
        let run = runs[place]
        return TaskOrder(
          run: run.run.description, order: try wave.order(run), seconds: seconds[place])
      }
    }
    let folder = try PlanFolder(
      new: plan, tasks, in: options.runsFolder + "/" + PlanFolder.home)
    let all = Array(tasks.indices)
    let taking = try PlanTaking(folder, wave)
    do {
      if let job = try launcher.submit(all, of: folder, plan) {
        taking.jobs.add(job, all)
        let (tasks, count) = (Quantity.count(all.count, "task"), Quantity.count(runs.count, "run"))
        wave.say("handed over \(count) in \(tasks), job \(job)")
      }
    } catch {
      // A busy scheduler is asked again; it may have taken them all the same.
      guard (error as? LauncherBusy) != nil else {
        folder.remove()
        throw error
      }
      wave.say("\(error); it is tried again", once: "busy")
    }
    return taking
  }

  /// The time, in Unix milliseconds.
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// Names sort by the time at which plans were made.
  private static func newName() -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    return formatter.string(from: Date()) + "-" + RunID().short
  }
}
