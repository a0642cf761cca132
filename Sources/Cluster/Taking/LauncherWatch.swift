import Foundation
import Runner
import Terminal
import Tracking

/// Asks the launcher now and then what has become of tasks, and hands over again what ended before its runs
/// did.
///
/// A task's own signs of life decide first: the launcher is asked where a task is silent, and less and less
/// often while nothing changes.
struct LauncherWatch {
  private let launcher: any Launcher
  private let wave: Wave
  private var next = ContinuousClock.now + .seconds(Self.firstSeconds)
  private var seconds = Self.firstSeconds
  private var soon = ContinuousClock.now + .seconds(0.5)
  /// The attempts that had fallen silent at the last look.
  private var silent: Set<Attempt> = []

  private struct Attempt: Hashable {
    let plan: String
    let task: Int
    let number: Int
  }

  private static let firstSeconds = 2.0
  private static let mostSeconds = 60.0
  /// So long a task may be silent before the launcher's not knowing it counts.
  private static let silence = Duration.seconds(60)
  /// So long a task at work may be silent before the launcher is asked: it gives a sign every 5 s.
  private static let suspicion = Duration.seconds(15)
  /// So often a task may end without having come further.
  private static let mostIdleAttempts = 2

  init(_ launcher: any Launcher, _ wave: Wave) { (self.launcher, self.wave) = (launcher, wave) }

  /// Looks at the tasks of some plans that are not whole.
  mutating func look(at plans: [PlanTaking]) throws {
    let hasLeft = plans.contains { $0.tasks.contains { $0.hasLeft && !$0.isWhole } }
    let quiet = quietAttempts(plans)
    let isSoon = hasLeft || !quiet.isSubset(of: silent)
    guard ContinuousClock.now >= (isSoon ? min(next, soon) : next) else { return }
    silent = quiet
    var isNews = false
    for plan in plans where !plan.isWhole { isNews = try endUnbegun(plan) || isNews }
    if launcher.look() {
      for plan in plans where !plan.isWhole {
        // What a task wrote at its end may have come after the last look at its segment.
        _ = try plan.take()
        isNews = try look(at: plan) || isNews
      }
    }
    seconds = isNews ? Self.firstSeconds : min(seconds * 1.5, Self.mostSeconds)
    soon = .now + .seconds(Self.firstSeconds)
    next = .now + .seconds(seconds)
  }

  /// The attempts that have runs at work and give no sign of life: each brings one look forward.
  private func quietAttempts(_ plans: [PlanTaking]) -> Set<Attempt> {
    var quiet: Set<Attempt> = []
    for plan in plans where !plan.isWhole {
      for (task, watch) in plan.tasks.enumerated()
      where watch.hasBegun && !watch.isWhole && !watch.hasLeft
        && ContinuousClock.now - watch.heard > Self.suspicion
      {
        quiet.insert(Attempt(plan: plan.plan.id, task: task, number: watch.attempt))
      }
    }
    return quiet
  }

  /// Looks at plans of which all that is left was stopped: where their tasks are over they are whole.
  func lookAtStopped(_ plans: [PlanTaking]) throws {
    let stopped = plans.filter { plan in
      let stops = plan.folder.stops()
      return !plan.isWhole && plan.tasks.indices.allSatisfy { plan.isStopped($0, stops) }
    }
    if stopped.isEmpty { return }
    for plan in stopped { _ = try endUnbegun(plan) }
    if launcher.look() { for plan in stopped where !plan.isWhole { _ = try look(at: plan) } }
  }

  private func look(at plan: PlanTaking) throws -> Bool {
    let jobs = try plan.jobs.all()
    let stops = plan.folder.stops()
    if jobs.isEmpty { return handAll(plan) }
    var endings: [(task: Int, why: String)] = []
    let last = jobs.lastOfTasks()
    let states = jobs.map { launcher.states(of: $0, plan.folder) }
    for (task, watch) in plan.tasks.enumerated() where !watch.isWhole {
      guard let job = last[task], let why = ending(watch, states[job][task]) else { continue }
      endings.append((task, why))
    }
    let stopped = Set(endings.map(\.task).filter { plan.isStopped($0, stops) })
    for task in stopped { plan.endStopped(task) }
    endings.removeAll { stopped.contains($0.task) }
    guard !endings.isEmpty, canWrite(plan.folder) else { return !stopped.isEmpty }
    var again: [Int] = []
    for (task, why) in endings {
      plan.judge(task)
      if plan.tasks[task].idleAttempts < Self.mostIdleAttempts {
        again.append(task)
      } else if try plan.fail(task, reason(why, plan.folder, task)) {
        if !plan.tasks[task].isWhole { again.append(task) }
      } else {
        wave.hinder("task \(task) of \(plan.plan.id): " + reason(why, plan.folder, task))
        plan.giveUp(task)
      }
    }
    if again.isEmpty { return false }
    guard hand(again, of: plan) else { return false }
    let what = again.count == 1 ? "task \(again[0]) is" : "\(again.count) tasks are"
    wave.say("\(what) handed over again, whose runs have not all ended")
    return true
  }

  /// Ends the runs of tasks that are asked to stop, that no scheduler has and nobody is at work on; whether
  /// there were any.
  private func endUnbegun(_ plan: PlanTaking) throws -> Bool {
    let stops = plan.folder.stops()
    guard !stops.isEmpty, try plan.jobs.all().isEmpty else { return false }
    let tasks = plan.tasks.indices.filter { task in
      let watch = plan.tasks[task]
      return !watch.isWhole && (!watch.hasBegun || watch.hasLeft) && plan.isStopped(task, stops)
    }
    for task in tasks { plan.endStopped(task) }
    return !tasks.isEmpty
  }

  /// Whether the folder takes files now: tasks that could not write are not to blame.
  private func canWrite(_ folder: PlanFolder) -> Bool {
    do {
      try folder.probe()
      return true
    } catch {
      let why = String(describing: error)
      wave.say("\(why); tasks that need it wait", once: why)
      return false
    }
  }

  /// Hands over a plan that was written and, as far as is noted, never handed over.
  private func handAll(_ plan: PlanTaking) -> Bool {
    let all = Array(plan.tasks.indices)
    guard let job = launcher.job(of: plan.folder) else { return hand(all, of: plan) }
    plan.jobs.add(job, all)
    return true
  }

  /// Hands tasks over; where the launcher is busy that is said, and tried again later.
  private func hand(_ tasks: [Int], of plan: PlanTaking) -> Bool {
    do {
      guard let job = try launcher.submit(tasks, of: plan.folder, plan.plan) else { return false }
      plan.jobs.add(job, tasks)
      return true
    } catch {
      let why = String(describing: error)
      wave.say("\(why)\nit is tried again", once: why)
      return false
    }
  }

  /// Why a task is over; `nil` where it is not, or nobody knows.
  private func ending(_ watch: TaskWatch, _ state: TaskState?) -> String? {
    switch state {
    case .over(let why): return watch.why.map { "\($0) (\(why))" } ?? why
    case .working: return nil
    case .waiting(let reason):
      if !Self.usualReasons.contains(reason) {
        let text = "tasks wait, and the scheduler says why: \(printable(reason))"
        wave.say(text, once: text)
      }
      return nil
    case nil:
      if watch.hasLeft { return watch.why ?? "it left" }
      return ContinuousClock.now - watch.heard > Self.silence ? "nobody knows it any more" : nil
    }
  }

  /// For these a task waits that will begin by itself.
  private static let usualReasons = [
    "", "None", "Resources", "Priority", "JobArrayTaskLimit", "BeginTime", "Dependency", "Cleaning",
  ]

  private func reason(_ why: String, _ folder: PlanFolder, _ task: Int) -> String {
    let path = folder.log(of: task)
    guard let data = try? PlanFile.read(path) else { return why }
    let lines = String(decoding: data.suffix(4_096), as: UTF8.self).split(separator: "\n").suffix(3)
    return lines.isEmpty ? why : why + "; its log ends: " + lines.joined(separator: " | ")
  }
}
