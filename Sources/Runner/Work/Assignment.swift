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
          all[place].job = all[place].job.further(job)
        } else {
          places[run.id] = all.count
          all.append((job, run))
        }
      }
    }
    for (job, run) in all {
      if run.isEnough(limit: job.limit, job.measure) {
        reused.append(AssignedRun(job, run.id))
      } else {
        toTrain.append(AssignedRun(job, run.id))
      }
    }
  }
}

extension TrainingJob {
  /// The one of two jobs of one run that goes further; none of them where they count in other things.
  fileprivate func further(_ other: TrainingJob) -> TrainingJob {
    var job = other.limit ?? .max > limit ?? .max ? other : self
    if limit != nil, other.limit != nil, measure != other.measure { job = job.whole }
    // What another sweep needs whole, no rule of this one ends.
    if judge != other.judge { job.judge = nil }
    return job
  }

  private var whole: TrainingJob {
    TrainingJob(request, label: label, updates: updates, cost: cost, keptEpochs: keptEpochs)
  }
}
