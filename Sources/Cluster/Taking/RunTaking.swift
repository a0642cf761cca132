import Foundation
import Runner
import Runs
import Tracking

/// One run of a plan, as it is taken into the store: of its attempts the latest counts, and what an
/// earlier one still says is not heard.
final class RunTaking {
  private let run: AssignedRun
  private let folder: PlanFolder
  private let wave: Wave
  /// The attempt that is heard.
  private(set) var attempt = 0
  private var replay: RunReplay?
  private(set) var control: RunControl?
  /// Whether it has ended for good, or is none of ours any more.
  private(set) var hasEnded = false
  private var isAskedToStop = false

  init(_ run: AssignedRun, _ folder: PlanFolder, _ wave: Wave) {
    (self.run, self.folder, self.wave) = (run, folder, wave)
  }

  /// Whether an attempt at it was begun that has not ended.
  var isOpen: Bool { replay != nil }

  /// Takes the beginning of an attempt.
  func begin(
    _ number: Int, _ environment: [String: String], from origin: StateOrigin?,
    refused: [String], restart: RestartPoint?
  ) throws {
    guard number > attempt, !hasEnded else { return }
    close(as: .interrupted, message: nil)
    attempt = number
    switch wave.open(run, RunAttempt(environment: environment, restart: restart?.checkpoint)) {
    case .busy:
      attempt = number - 1
      throw LabbookError.failure("\(run.job.label) is trained by another labbook here")
    case .done: hasEnded = true
    case .opened(let sink, let control):
      replay = RunReplay(into: sink, control)
      self.control = control
      try tell(.began(from: origin, refused: refused))
    }
  }

  /// Takes what an attempt says; an attempt that was replaced is not heard.
  func take(_ number: Int, _ event: RunEvent) throws {
    guard number == attempt, replay != nil else { return }
    if case .ended(let status, let seconds, let message) = event {
      replay?.end(status, seconds, message)
      (replay, control) = (nil, nil)
      hasEnded = status != .interrupted
      return
    }
    try tell(event)
  }

  /// Takes a file that was written aside.
  func take(_ number: Int, _ part: FilePart, _ event: (Data) -> RunEvent) throws {
    guard number == attempt, replay != nil else { return }
    do { try tell(event(try content(of: part))) } catch {
      close(as: .failed, message: String(describing: error))
      hasEnded = true
    }
  }

  private func content(of part: FilePart) throws -> Data {
    guard !part.path.contains("/"), part.path.hasPrefix(run.job.request.key) else {
      throw LabbookError.failure("the plan names a file '\(part.path)' that is none of the run's")
    }
    let path = folder.path + "/files/" + part.path
    let data = try PlanFile.read(path)
    var digest = SHA256Digest()
    digest.update(data)
    guard data.count == part.bytes, digest.hex() == part.sha256 else {
      throw LabbookError.failure("'\(path)' is not what its task wrote")
    }
    return data
  }

  private func tell(_ event: RunEvent) throws {
    do { try replay?.take(event) } catch {
      close(as: .failed, message: String(describing: error))
      hasEnded = true
    }
  }

  /// Ends what is open; what it told stays.
  func close(as status: RunStatus, message: String?) {
    replay?.end(as: status, message: message)
    (replay, control) = (nil, nil)
  }

  /// Ends the run for good though no attempt did.
  func fail(_ message: String, _ environment: [String: String]) throws {
    if replay == nil {
      try begin(
        attempt + 1, environment, from: nil, refused: [], restart: nil)
    }
    close(as: .failed, message: message)
    hasEnded = true
  }

  /// Lets an earlier attempt be heard again, from its beginning.
  func forget() { if attempt > 0 { attempt = 0 } }

  /// Takes nothing more of it.
  func giveUp() {
    close(as: .interrupted, message: nil)
    hasEnded = true
  }

  /// Ends it as stopped: somebody asked for that, and no task has it any more.
  func stop() {
    if hasEnded { return }
    if replay != nil {
      close(as: .stopped, message: nil)
    } else if case .opened(let sink, _) = wave.open(run) {
      // Nobody wants it stopped any more.
      sink.finish(.interrupted, durationSeconds: nil, message: nil)
    }
    hasEnded = true
  }

  /// The run's key, where somebody here has asked to stop it and its task does not know yet.
  var newStop: String? {
    control?.requestedEnding == .stopped && !isAskedToStop ? run.job.request.key : nil
  }

  /// Its task knows.
  func stopIsPassed() { isAskedToStop = true }
}

extension RunReplay {
  fileprivate func end(_ status: RunStatus, _ seconds: Double?, _ message: String?) {
    try? take(.ended(status, durationSeconds: seconds, message: message))
  }
}
