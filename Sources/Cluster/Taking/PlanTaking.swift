import Foundation
import Runner
import Runs
import Tracking

/// One plan whose segments are taken into the store, and what is known of its tasks.
final class PlanTaking {
  let folder: PlanFolder
  let plan: WorkPlan
  private let wave: Wave
  private(set) var tasks: [TaskWatch]
  private var runs: [String: RunTaking] = [:]
  private var readers: [SegmentName: SegmentReader] = [:]
  /// What cannot be read of its segments.
  private(set) var damages: [String] = []
  private var ledgers: [PointLedger] = []
  private var heads: [SegmentName: SegmentHead] = [:]
  /// What was handed to a scheduler.
  let jobs: JobNotes
  /// The keys of the runs that were given up without having been begun.
  private(set) var given: Set<String> = []

  /// - Parameters:
  ///   - wave: the runs that are asked for; those of the plan that are not among them are left where they
  ///     are.
  ///   - left: the keys of runs that are not taken from this plan.
  init(_ folder: PlanFolder, _ wave: Wave, without left: Set<String> = []) throws {
    self.folder = folder
    self.wave = wave
    jobs = JobNotes(folder, wave)
    plan = try folder.plan()
    var tasks: [TaskWatch] = []
    var reached: Set<String> = []
    let wanted = Dictionary(wave.runs.map { ($0.job.request.key, $0.job) }) { first, _ in first }
    for task in 0..<plan.tasks {
      let orders = try folder.orders(of: task)
      for order in orders {
        if !left.contains(order.key), let job = wanted[order.key],
          order.order.job.goes(asFarAs: job)
        {
          reached.insert(order.key)
        }
      }
      tasks.append(TaskWatch(keys: orders.map(\.key)))
      ledgers.append(PointLedger(orders))
    }
    self.tasks = tasks
    covered = reached
    for run in wave.runs where reached.contains(run.job.request.key) {
      runs[run.job.request.key] = RunTaking(run, folder, wave)
    }
  }

  /// The keys of those runs of the wave that it trains as far as they are asked for.
  let covered: Set<String>

  /// The keys of all its runs.
  var keys: [String] { tasks.flatMap(\.keys) }

  /// Whether all its runs have ended for good.
  var isWhole: Bool { tasks.allSatisfy(\.isWhole) }

  /// Whether all its runs that are asked for have ended for good.
  var isDone: Bool { runs.values.allSatisfy(\.hasEnded) }

  /// Takes what the segments say that is new; whether there was anything.
  ///
  /// Where the command is to leave, the next one takes the rest.
  func take() throws -> Bool {
    var isNews = false
    for name in folder.segmentNames() where (0..<tasks.count).contains(name.task) {
      if wave.isStopping { break }
      isNews = try take(name) || isNews
    }
    return isNews
  }

  /// Believes what the segments hold now: nobody waits for more.
  func settle() {
    for name in readers.keys.sorted() {
      guard readers[name]?.damage == nil else { continue }
      readers[name]?.settle()
      if let damage = readers[name]?.damage { note(damage) }
    }
  }

  private func note(_ damage: LabbookError) {
    damages.append(damage.message)
    wave.say(damage.message)
  }

  /// Takes what one segment says that is new.
  private func take(_ name: SegmentName) throws -> Bool {
    var reader =
      readers[name]
      ?? SegmentReader(name, runs: tasks[name.task].keys.count, in: folder)
    let wasDamaged = reader.damage != nil
    let records = reader.more()
    readers[name] = reader
    if let damage = reader.damage, !wasDamaged { note(damage) }
    for record in records { try take(record, of: name) }
    return !records.isEmpty
  }

  private func take(_ record: SegmentRecord, of name: SegmentName) throws {
    if heads[name] == nil {
      guard case .note(.head(let head)) = record, head.plan == plan.id else { return }
      heads[name] = head
      if name.attempt > tasks[name.task].attempt {
        tasks[name.task].attempt = name.attempt
        (tasks[name.task].hasLeft, tasks[name.task].why) = (false, nil)
        tasks[name.task].atWork = []
      }
      tasks[name.task].heard = .now
      return
    }
    if name.attempt == tasks[name.task].attempt { tasks[name.task].heard = .now }
    ledgers[name.task].take(record, of: name.attempt)
    if case .points(let run, let points) = record, let last = points.map(\.step).max(),
      !tasks[name.task].anew.contains(run)
    {
      tasks[name.task].steps[run] = max(last, tasks[name.task].steps[run] ?? 0)
    }
    if case .note(let note) = record {
      try take(note, of: name)
    } else if let run = record.run, let taking = taking(run, name) {
      try tell(record, of: name, taking)
    }
  }

  /// Tells what an attempt has said of a run while it trained.
  private func tell(_ record: SegmentRecord, of name: SegmentName, _ taking: RunTaking) throws {
    let attempt = name.attempt
    switch record {
    case .points(_, let points): try taking.take(attempt, .points(points))
    case .chosen(_, let step, let epoch, let value):
      try taking.take(attempt, .chosen(step: step, epoch: epoch, value: value))
    case .artifact(_, let file, let data):
      try taking.take(attempt, .artifact(name: file, data))
    case .note(.progress(_, let progress)): try taking.take(attempt, .progress(progress))
    case .note(.file(_, let file, let part)):
      try taking.take(attempt, part) { .artifact(name: file, $0) }
    case .note(.lastState(_, let part)): try taking.take(attempt, part) { .lastState($0) }
    case .note(.stoppedState(_, let part)): try taking.take(attempt, part) { .checkpoint($0) }
    case .note(.remark(_, let text)): wave.say(text, once: text)
    case .note: break
    }
  }

  private func take(_ note: SegmentNote, of name: SegmentName) throws {
    let attempt = name.attempt
    switch note {
    case .head, .alive: break
    case .began(let run, let origin, let refused, let restart):
      if attempt == tasks[name.task].attempt { tasks[name.task].atWork.insert(run) }
      if origin == nil, tasks[name.task].leftOpen.contains(run) {
        tasks[name.task].anew.insert(run)
      }
      if let restart { try hear(restart, of: run, name) }
      try taking(run, name)?.begin(
        attempt, heads[name]?.environment ?? [:], from: origin, refused: refused, restart: restart)
    case .progress(let run, _), .file(let run, _, _), .lastState(let run, _),
      .stoppedState(let run, _), .remark(let run, _):
      if let taking = taking(run, name) { try tell(.note(note), of: name, taking) }
    case .ended(let run, let status, let seconds, let message):
      // Of an attempt that was replaced a result counts, since bits are the same, and no failure.
      if status == .failed, let taking = taking(run, name), taking.attempt > attempt { return }
      if status != .interrupted { try hearAgain(attempt, of: run, name) }
      try taking(run, name)?.take(
        attempt, .ended(status, durationSeconds: seconds, message: message))
      tasks[name.task].atWork.remove(run)
      if status == .interrupted { tasks[name.task].leftOpen.insert(run) }
      if status != .interrupted {
        tasks[name.task].ended.insert(run)
        ledgers[name.task].forget(run)
      }
    case .left(let why):
      if attempt == tasks[name.task].attempt {
        (tasks[name.task].hasLeft, tasks[name.task].why) = (true, why)
      }
    }
  }

  /// Takes all that an attempt has said of a run before another goes on from its state.
  ///
  /// What it told before its state is on the disk, so that a new look finds it.
  private func hear(_ restart: RestartPoint, of run: Int, _ name: SegmentName) throws {
    let earlier = SegmentName(task: name.task, attempt: restart.attempt)
    guard earlier < name, let taking = taking(run, name), !taking.hasEnded else { return }
    _ = try take(earlier)
    try hearAgain(restart.attempt, of: run, name)
    if ledgers[name.task].isWhole(restart, of: run) { return }
    let path = folder.segments + "/" + earlier.description
    try taking.fail(
      "points before step \(restart.step) are missing in '\(path)', which was cut or damaged", [:])
  }

  /// Reads what an attempt told of a run once more, with those that it went on from, where it is not heard
  /// any more because it was thought dead.
  private func hearAgain(_ attempt: Int, of run: Int, _ name: SegmentName) throws {
    guard let taking = taking(run, name), taking.attempt > attempt, !taking.hasEnded else { return }
    let earlier = SegmentName(task: name.task, attempt: attempt)
    var reader = SegmentReader(earlier, runs: tasks[name.task].keys.count, in: folder)
    var environment: [String: String] = [:]
    for record in reader.more() {
      if case .note(.head(let head)) = record { environment = head.environment }
      guard record.run == run else { continue }
      switch record {
      case .note(.began(_, let origin, let refused, let restart)):
        if let restart, restart.attempt < attempt {
          try hearAgain(restart.attempt, of: run, name)
        }
        taking.forget()
        try taking.begin(
          attempt, environment, from: origin, refused: refused, restart: restart)
      case .note(.ended): return
      default: try tell(record, of: earlier, taking)
      }
    }
  }

  private func key(_ run: Int, _ name: SegmentName) -> String? {
    let keys = tasks[name.task].keys
    return keys.indices.contains(run) ? keys[run] : nil
  }

  private func taking(_ run: Int, _ name: SegmentName) -> RunTaking? {
    key(run, name).flatMap { runs[$0] }
  }

  // MARK: What the other side is told

  /// Asks the tasks to stop what somebody here has asked to stop.
  func passStops() throws {
    let keys = runs.values.compactMap(\.newStop)
    if keys.isEmpty { return }
    try folder.askToStop(keys.sorted())
    for key in keys { runs[key]?.stopIsPassed() }
  }

  /// Whether all that a task has not ended is asked to stop.
  func isStopped(_ task: Int, _ stops: Set<String>) -> Bool {
    !stops.isEmpty
      && tasks[task].keys.enumerated().allSatisfy { place, key in
        tasks[task].ended.contains(place) || stops.contains(key)
      }
  }

  /// Ends the runs of a task as stopped that it has not ended: it is over.
  func endStopped(_ task: Int) {
    for (place, key) in tasks[task].keys.enumerated() where !tasks[task].ended.contains(place) {
      tasks[task].ended.insert(place)
      runs[key]?.stop()
    }
    tasks[task].atWork = []
  }

  /// Ends all that is open here; elsewhere it goes on.
  func leave() {
    for run in runs.values { run.close(as: .interrupted, message: nil) }
  }

  /// Judges an attempt of a task that is over.
  func judge(_ task: Int) {
    tasks[task].judge()
    tasks[task].hasLeft = false
  }

  /// Gives up the runs of a task that were at work when it ended, or that it left; whether there were any.
  func fail(_ task: Int, _ why: String) throws -> Bool {
    let places = tasks[task].atWork.union(tasks[task].leftOpen).subtracting(tasks[task].ended)
    for place in places.sorted() {
      tasks[task].ended.insert(place)
      try runs[tasks[task].keys[place]]?.fail(why, [:])
    }
    tasks[task].atWork = []
    return !places.isEmpty
  }

  /// Gives up all runs of a task: none of them can be begun.
  func giveUp(_ task: Int) {
    for (place, key) in tasks[task].keys.enumerated() where !tasks[task].ended.contains(place) {
      given.insert(key)
      tasks[task].ended.insert(place)
      runs[key]?.giveUp()
    }
  }
}

extension TrainingJob {
  /// Whether it trains a run at least as far as another job of the run.
  fileprivate func goes(asFarAs other: TrainingJob) -> Bool {
    guard let limit else { return true }
    return other.limit.map { measure == other.measure && limit >= $0 } ?? false
  }
}
