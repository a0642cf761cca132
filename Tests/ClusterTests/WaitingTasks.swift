import Cluster
import Foundation
import Synchronization
import TestSupport

/// A scheduler, for tests, that lets so many tasks begin and leaves the others waiting.
final class WaitingTasks: Launcher {
  let tasks: TaskThreads
  private let room: Mutex<Int>
  private let waiting = Mutex<[Int: TaskState]>([:])
  private let taken = Mutex<[Int]>([])

  init(room: Int, _ tasks: TaskThreads) {
    self.tasks = tasks
    self.room = Mutex(room)
  }

  /// What was taken back so far.
  var takenBack: [Int] { taken.withLock { $0.sorted() } }

  func submit(_ tasks: [Int], of folder: PlanFolder, _ plan: WorkPlan) throws -> String? {
    let begun = room.withLock { room in
      defer { room = max(0, room - tasks.count) }
      return tasks.prefix(room)
    }
    waiting.withLock { waiting in
      for task in tasks { waiting[task] = begun.contains(task) ? nil : .waiting("Resources") }
    }
    return try self.tasks.submit(Array(begun), of: folder, plan)
  }

  func look() -> Bool { tasks.look() }

  func states(of job: SubmittedJob, _ folder: PlanFolder) -> [Int: TaskState] {
    waiting.withLock { $0 }.merging(tasks.states(of: job, folder)) { waiting, _ in waiting }
  }

  func takeBack(_ tasks: [Int], of job: String) {
    taken.withLock { $0 += tasks }
    waiting.withLock { waiting in
      for task in tasks { waiting[task] = .over("Slurm says CANCELLED") }
    }
  }
}
