import Foundation
import Runs
import Synchronization
import Tracking

/// Tells what happens to one run of a task to its segment.
final class SegmentSink: RunSink {
  private let order: TaskOrder
  private let place: Int
  private let control: RunControl
  private let task: TaskMeans
  private let state = Mutex(State())

  private struct State {
    var phase = Phase.before
    /// What was said before the beginning.
    var remarks: [String] = []
    var restart: RestartPoint?
    var isFromState = false
    var began = ContinuousClock.now
    var told: RunProgress?
    var files = 0
  }

  /// Of a run nothing is told before its beginning and after its end: other threads may ask for both.
  private enum Phase { case before, atWork, after }

  /// - Parameter place: of the run among the task's orders.
  init(_ order: TaskOrder, at place: Int, _ control: RunControl, _ task: TaskMeans) {
    (self.order, self.place, self.control, self.task) = (order, place, control, task)
  }

  /// Files up to this size lie in the segment.
  private static let smallBytes = 64 << 10

  private func tell(_ note: SegmentNote) { task.writer.add(.note(note)) }

  /// Tells how far the run is, where that has changed.
  func tellProgress() {
    let progress = control.progress
    state.withLock { state in
      guard state.phase == .atWork, state.told != progress else { return }
      state.told = progress
      tell(.progress(run: place, progress))
    }
  }

  var checkpointSeconds: Double? { task.plan.checkpointSeconds }

  /// The state that an earlier attempt left comes before the one that the store had.
  func savedState(_ origin: StateOrigin) throws -> Checkpoint? {
    guard origin == .own else { return try order.order.state(origin) }
    let found = task.folder.furthestState(of: order.key, before: task.writer.attempt) {
      task.past.isUsable($0, of: place, left: $1)
    }
    guard let found else { return try order.order.state(origin) }
    state.withLock { $0.restart = RestartPoint(found.checkpoint, of: found.attempt) }
    return found.checkpoint
  }

  func begin(from origin: StateOrigin?, refused: [String]) {
    state.withLock { state in
      state.began = .now
      state.isFromState = origin != nil
      state.phase = .atWork
      let restart = origin == .own ? state.restart : nil
      tell(.began(run: place, from: origin, refused: refused, restart: restart))
      for text in state.remarks { tell(.remark(run: place, text)) }
      state.remarks = []
    }
  }

  func record(_ points: [MetricPoint]) { task.writer.add(.points(run: place, points)) }

  func choose(step: Int, epoch: Int, value: Double) {
    task.writer.add(.chosen(run: place, step: step, epoch: epoch, value: value))
  }

  func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint) {
    let path = task.folder.state(of: order.key, task.writer.attempt)
    task.writer.after(order.key) {
      try PlanFile.write(try checkpoint().encoded(), to: path)
    }
  }

  func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws {
    let (began, isFromState) = state.withLock { ($0.began, $0.isFromState) }
    guard order.order.job.request.lineage != nil,
      isFromState || ContinuousClock.now - began >= .seconds(task.leastStateSeconds),
      let checkpoint = try checkpoint()
    else { return }
    tell(.lastState(run: place, try write(checkpoint.encoded())))
  }

  func writeArtifact(_ name: String, _ data: Data) throws {
    if data.count <= Self.smallBytes {
      task.writer.add(.artifact(run: place, name: name, data))
    } else {
      tell(.file(run: place, name: name, try write(data)))
    }
  }

  /// Writes a file aside and gives it a name that no other attempt has.
  private func write(_ data: Data) throws -> FilePart {
    let name = nextName()
    var digest = SHA256Digest()
    digest.update(data)
    try patiently { () throws(LabbookError) in
      try PlanFile.write(data, to: task.folder.path + "/files/" + name)
    }
    return FilePart(path: name, bytes: data.count, sha256: digest.hex())
  }

  /// Tries again where the disk is full for a while.
  private func patiently(_ body: () throws(LabbookError) -> Void) throws(LabbookError) {
    while true {
      do { return try body() } catch {
        if task.stop.isRaised || control.requestedEnding != nil { throw error }
        task.say("\(error.message); it is tried again")
        sleep(2)
      }
    }
  }

  private func nextName() -> String {
    let number = state.withLock { state in
      defer { state.files += 1 }
      return state.files
    }
    return "\(order.key).\(task.writer.attempt).\(number)"
  }

  func ownFolder() throws -> RunFolderPlace {
    var goesOn = false
    if case .program(let program) = order.order.job.configuration.body {
      goesOn = program.handling.resumes
    }
    var path = ""
    try patiently { () throws(LabbookError) in
      path = try task.folder.makeOwnFolder(of: order.key, task.writer.attempt, goesOn: goesOn)
    }
    return RunFolderPlace(run: order.run, path: path)
  }

  func takeFile(_ name: String, at path: String) throws {
    let aside = nextName()
    let target = task.folder.path + "/files/" + aside
    guard rename(path, target) == 0 else {
      throw LabbookError.failure("'\(path)' cannot be kept: \(systemReason(errno))")
    }
    let data = try PlanFile.read(target)
    var digest = SHA256Digest()
    digest.update(data)
    tell(
      .file(run: place, name: name, FilePart(path: aside, bytes: data.count, sha256: digest.hex())))
  }

  func note(_ text: String) {
    state.withLock { state in
      switch state.phase {
      case .before: state.remarks.append(text)
      case .atWork: tell(.remark(run: place, text))
      case .after: break
      }
    }
  }

  /// A run that was stopped may go on later: the state that was saved last goes with it.
  private func tellStoppedState() {
    guard checkpointSeconds != nil, order.order.job.configuration.network != nil else { return }
    task.writer.flush()
    let path = task.folder.state(of: order.key, task.writer.attempt)
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { tell(.stoppedState(run: place, try write(try PlanFile.read(path)))) } catch {
      task.say("\(order.order.job.label): no state to go on from: \(error)")
    }
  }

  func finish(_ status: RunStatus, durationSeconds: Double?, message: String?) {
    // What cannot be begun at all fails too; what is only put off is not told.
    if state.withLock({ $0.phase == .before }), status != .interrupted {
      begin(from: nil, refused: [])
    }
    tellProgress()
    if status == .stopped { tellStoppedState() }
    state.withLock { state in
      if state.phase == .atWork {
        tell(.ended(run: place, status, durationSeconds: durationSeconds, message: message))
      }
      state.phase = .after
    }
    if status != .interrupted {
      let (folder, key, attempt) = (task.folder, order.key, task.writer.attempt)
      // Its end is on the disk before the states go.
      task.writer.after(key) { folder.removeStates(of: key, through: attempt) }
    }
    task.ended(place, status)
  }
}
