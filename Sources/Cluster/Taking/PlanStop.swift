import Foundation
import Tracking

/// Ends runs of a plan: its tasks are asked to, and those of which nothing is wanted any more are taken back
/// from the scheduler where they have not begun.
public struct PlanStop {
  /// How many runs were asked to stop.
  public let asked: Int
  /// How many runs the plan has.
  public let runs: Int
  /// The keys of the runs that nobody will begin any more.
  public private(set) var takenBack: Set<String> = []
  /// Why tasks that wait could not be taken back; they end as soon as they begin.
  public private(set) var hindrance: String?

  /// Stops those of some runs that a plan has; `nil` where it has none.
  ///
  /// - Parameters:
  ///   - launcher: who has the plan's tasks; `nil` where nobody here can be asked.
  ///   - settled: of some keys those that have a result.
  /// - Throws: `LabbookError` where the folder cannot be read or written.
  public init?(
    _ keys: Set<String>, in folder: PlanFolder, _ launcher: (any Launcher)?,
    settled: ([String]) throws -> Set<String>
  ) throws {
    let tasks = try folder.keysOfTasks()
    let found = keys.intersection(tasks.joined())
    if found.isEmpty { return nil }
    (asked, runs) = (found.count, tasks.reduce(0) { $0 + $1.count })
    try folder.askToStop(found.sorted())
    let stops = folder.stops()
    let rest = tasks.joined().filter { !stops.contains($0) }
    let done = rest.isEmpty ? [] : try settled(Array(rest))
    let wanted = tasks.indices.filter { task in
      tasks[task].allSatisfy { stops.contains($0) || done.contains($0) }
    }
    let begun = Set(folder.segmentNames().map(\.task))
    let jobs = try folder.jobs()
    // Tasks that nobody was handed, and that nobody has begun.
    var back = jobs.isEmpty ? wanted.filter { !begun.contains($0) } : []
    if let launcher, !jobs.isEmpty {
      do { back = try Self.takeBack(wanted, jobs, folder, launcher) } catch {
        hindrance = String(describing: error)
      }
    }
    takenBack = Set(back.filter { !begun.contains($0) }.flatMap { tasks[$0] }).intersection(stops)
    // Nobody has written anything, and nobody will.
    if back.count == tasks.count, begun.isEmpty { try folder.close() }
  }

  /// Takes tasks back that wait; those that do not any more and were not begun.
  private static func takeBack(
    _ tasks: [Int], _ jobs: [SubmittedJob], _ folder: PlanFolder, _ launcher: any Launcher
  ) throws -> [Int] {
    guard launcher.look() else { throw LabbookError.failure("the scheduler does not answer") }
    let last = jobs.lastOfTasks()
    func states(_ tasks: [Int]) -> [(job: String, task: Int, state: TaskState?)] {
      let known = jobs.map { launcher.states(of: $0, folder) }
      return tasks.compactMap { task in
        last[task].map { (jobs[$0].job, task, known[$0][task]) }
      }
    }
    let waiting = states(tasks).filter { if case .waiting = $0.state { true } else { false } }
    for (job, tasks) in Dictionary(grouping: waiting, by: \.job) {
      try launcher.takeBack(tasks.map(\.task), of: job)
    }
    guard !waiting.isEmpty, launcher.look() else { return [] }
    // One that began between the two looks is told by the folder.
    let begun = Set(folder.segmentNames().map(\.task))
    return states(waiting.map(\.task)).filter { item in
      if case .over = item.state { return !begun.contains(item.task) }
      return item.state == nil && !begun.contains(item.task)
    }.map(\.task)
  }
}
