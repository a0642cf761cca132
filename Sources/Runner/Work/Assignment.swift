import RunStorage
import Runs
import Tracking

/// Which runs of a wave are reused and which are to be trained, each once and as far as any of its
/// sweeps asks for.
struct Assignment {
  private(set) var reused: [AssignedRun] = []
  private(set) var toTrain: [AssignedRun] = []

  init(_ sweeps: [SweepJobs], _ registered: [[RegisteredRun]]) {
    var all: [(job: TrainingJob, run: RegisteredRun)] = []
    var places: [RunID: Int] = [:]
    for (sweep, runs) in zip(sweeps, registered) {
      for (job, run) in zip(sweep.jobs, runs) {
        if let place = places[run.id] {
          if job.limit ?? .max > all[place].job.limit ?? .max { all[place].job = job }
        } else {
          places[run.id] = all.count
          all.append((job, run))
        }
      }
    }
    for (job, run) in all {
      if run.isEnough(limit: job.limit) {
        reused.append(AssignedRun(job, run.id))
      } else {
        toTrain.append(AssignedRun(job, run.id))
      }
    }
  }
}
