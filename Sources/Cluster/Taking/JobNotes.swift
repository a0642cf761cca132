import Runner
import Tracking

/// What was handed to a scheduler of one plan: noted in its folder, and kept in mind until that has room.
final class JobNotes {
  private let folder: PlanFolder
  private let wave: Wave
  private var unwritten: [SubmittedJob] = []

  init(_ folder: PlanFolder, _ wave: Wave) { (self.folder, self.wave) = (folder, wave) }

  /// Notes that some tasks were handed over.
  func add(_ job: String, _ tasks: [Int]) {
    unwritten.append(
      SubmittedJob(job: job, tasks: tasks, timeMilliseconds: ClusterExecutor.now))
    write()
  }

  /// All of it, in order.
  func all() throws -> [SubmittedJob] {
    write()
    return try folder.jobs() + unwritten
  }

  private func write() {
    do {
      while let job = unwritten.first {
        try folder.note(job)
        unwritten.removeFirst()
      }
    } catch { wave.say("\(error); it is tried again", once: "jobs") }
  }
}
