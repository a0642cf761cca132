import Foundation
import Runs
import Tracking

/// One thing that a task says in a segment, of a run by its place among the task's orders.
enum SegmentRecord: Hashable {
  /// Anything that comes rarely.
  case note(SegmentNote)
  /// Points of a run.
  case points(run: Int, [MetricPoint])
  /// The objective is best so far at this epoch.
  case chosen(run: Int, step: Int, epoch: Int, value: Double)
  /// A small file of a run.
  case artifact(run: Int, name: String, Data)
}

extension SegmentRecord {
  /// Of which run it is; `nil` where it is of the task.
  var run: Int? {
    switch self {
    case .points(let run, _), .chosen(let run, _, _, _), .artifact(let run, _, _): run
    case .note(let note): note.run
    }
  }
}

extension SegmentNote {
  var run: Int? {
    switch self {
    case .began(let run, _, _, _), .progress(let run, _), .file(let run, _, _),
      .lastState(let run, _), .stoppedState(let run, _), .remark(let run, _),
      .ended(let run, _, _, _):
      run
    case .head, .alive, .left: nil
    }
  }
}

/// What a task says that comes rarely.
enum SegmentNote: Hashable, Codable {
  /// Who writes; the first of every segment.
  case head(SegmentHead)
  /// A run is trained from here on: from a state that came with its order or that an earlier attempt left, or
  /// anew.
  case began(run: Int, from: StateOrigin?, refused: [String], restart: RestartPoint?)
  /// How far a run is.
  case progress(run: Int, RunProgress)
  /// A file of a run, written aside.
  case file(run: Int, name: String, FilePart)
  /// The last state of a run, from which a longer one goes on.
  case lastState(run: Int, FilePart)
  /// The state at which a run was stopped, from which it may go on in another plan.
  case stoppedState(run: Int, FilePart)
  /// Something for people.
  case remark(run: Int, String)
  /// The end of a run, or of this attempt at it.
  case ended(run: Int, RunStatus, durationSeconds: Double?, message: String?)
  /// The task is at work.
  case alive
  /// The task ends; why, where not all of its runs have ended.
  case left(why: String?)
}

/// Who writes a segment.
struct SegmentHead: Hashable, Codable {
  static let format = 1
  var format = Self.format
  /// The plan.
  let plan: String
  let task: Int
  let attempt: Int
  /// What is stored with its runs about the program and the machine.
  let environment: [String: String]
}

/// Where a run goes on from a state that an earlier attempt left.
struct RestartPoint: Hashable, Codable {
  /// The attempt that left it.
  let attempt: Int
  let step: Int
  let epoch: Int
  let bestStep: Int?
  let bestEpoch: Int?
  let points: Int
  let maker: String

  init(_ checkpoint: Checkpoint, of attempt: Int) {
    self.attempt = attempt
    (step, epoch, points) = (checkpoint.step, checkpoint.epoch, checkpoint.points)
    (bestStep, bestEpoch) = (checkpoint.best?.step, checkpoint.best?.epoch)
    maker = checkpoint.maker
  }

  /// A checkpoint that says where the run was, without its state.
  var checkpoint: Checkpoint {
    var best: (step: Int, epoch: Int)?
    if let bestStep, let bestEpoch { best = (bestStep, bestEpoch) }
    return Checkpoint(
      step: step, epoch: epoch, best: best, points: points, maker: maker, state: Data())
  }
}

/// A file that was written aside.
struct FilePart: Hashable, Codable {
  /// Its name in the plan's `files`.
  let path: String
  let bytes: Int
  let sha256: String
}
