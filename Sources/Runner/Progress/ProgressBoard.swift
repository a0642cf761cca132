import Dispatch
import Runs
import Synchronization
import Tracking

/// Counts what has ended and keeps the best value; read by the display, written by the workers.
final class ProgressBoard: Sendable {
  private struct State {
    var total = 0
    var reused = 0
    var ended: [RunStatus: Int] = [:]
    /// How each run was counted; `nil` for one that was reused.
    var counted: [RunID: RunStatus?] = [:]
    /// Runs that wait at a comparison, which is no interruption.
    var held: Set<RunID> = []
    var elsewhere: Set<RunID> = []
    var endedCost = 0.0
    var endedUpdates = 0
    var totalCost = 0.0
    /// The best of what was reused and of runs that ended well.
    var best: ProgressSnapshot.Best?
    var messages: [String] = []
    var failures: [(label: String, message: String)] = []
    var resumed = 0
    var continued = 0
    var told: Set<String> = []
    var hindrances: [String] = []
    var hasTrained = false
    /// What is being trained, in the order in which it began.
    var running: [Running] = []
  }

  /// A run that is being trained.
  private struct Running {
    let run: RunID
    let job: TrainingJob
    let control: RunControl
    var objective = Double.nan
    /// What was measured last, of a program.
    var last: MetricPoint?
    /// The best of its values; none where it diverges in the end.
    var best: ProgressSnapshot.Best?

    var shown: ProgressSnapshot.Run {
      let planned = control.plannedUpdates
      var run = ProgressSnapshot.Run(
        label: job.label, updates: control.updates,
        totalUpdates: planned > 0 ? planned : job.updates ?? 0,
        objective: objective.isNaN ? nil : objective)
      if job.configuration.network == nil, job.updates == nil {
        run.program = ProgressSnapshot.Program(
          last: last.map { ProgressSnapshot.Measured($0.metric, $0.value) },
          epoch: control.epochs, memoryBytes: control.memoryBytes)
      }
      return run
    }
  }

  private let began = DispatchTime.now().uptimeNanoseconds
  private let state = Mutex(State())

  /// Takes the work of a wave into account.
  ///
  /// - Parameter total: runs of all waves, as far as it is known.
  func expect(total: Int, _ wave: Assignment) {
    state.withLock { state in
      state.total = total
      for reused in wave.reused where state.counted[reused.run] == nil {
        state.counted[reused.run] = .some(nil)
        state.reused += 1
      }
      for new in wave.toTrain {
        state.totalCost += new.job.cost
        switch state.counted.removeValue(forKey: new.run) {
        case .some(.some(let status)): state.ended[status, default: 1] -= 1
        case .some(.none): state.reused -= 1
        case nil: break
        }
      }
    }
  }

  /// Whether anything was trained here.
  var hasTrained: Bool { state.withLock { $0.hasTrained || !$0.ended.isEmpty } }

  /// Seconds since it was made.
  var seconds: Double { Double(DispatchTime.now().uptimeNanoseconds - began) / 1e9 }

  /// Takes a value into account for the best one; of a run that is being trained it is shown too.
  func offer(_ value: Double, of label: String, _ objective: Objective, run: RunID? = nil) {
    let offered = ProgressSnapshot.Best(objective: objective, value: value, label: label)
    state.withLock { state in
      if let place = state.running.firstIndex(where: { $0.run == run }) {
        state.running[place].objective = value
        state.running[place].best = offered.orBetter(state.running[place].best)
      } else {
        state.best = offered.orBetter(state.best)
      }
    }
  }

  /// Counts a run that goes on from its own checkpoint, or from a shorter run's state.
  func goesOn(_ run: RunID, isContinued: Bool) {
    state.withLock { state in
      if state.held.contains(run) { return }
      if isContinued { state.continued += 1 } else { state.resumed += 1 }
    }
  }

  /// How many runs went on from their own checkpoint, and how many from a shorter run.
  var goneOn: (resumed: Int, continued: Int) {
    state.withLock { ($0.resumed, $0.continued) }
  }

  /// Tells people something; `once` keeps it from being said twice.
  func say(_ text: String, once: String? = nil) {
    state.withLock { state in
      if let once, !state.told.insert(once).inserted { return }
      state.messages.append(text)
    }
  }

  /// Notes why runs are not begun, each reason once.
  func hinder(_ why: String) {
    state.withLock { if !$0.hindrances.contains(why) { $0.hindrances.append(why) } }
  }

  /// Why runs were not begun.
  var hindrances: [String] { state.withLock { $0.hindrances } }

  func isBusyElsewhere(_ run: RunID) { state.withLock { _ = $0.elsewhere.insert(run) } }

  /// Shows a run that is being trained from now on; where an attempt at it was interrupted before, that
  /// one no longer counts.
  func began(_ run: RunID, _ job: TrainingJob, _ control: RunControl) {
    state.withLock { state in
      state.elsewhere.remove(run)
      if state.counted[run] == .interrupted, let count = state.ended[.interrupted] {
        state.ended[.interrupted] = count > 1 ? count - 1 : nil
        state.counted[run] = nil
        state.endedCost -= job.cost
      }
      state.hasTrained = true
      state.running.append(Running(run: run, job: job, control: control))
    }
  }

  /// Shows the objective of a run that has no best value yet.
  func measured(_ run: RunID, _ value: Double) {
    state.withLock { state in
      guard let place = state.running.firstIndex(where: { $0.run == run }),
        state.running[place].objective.isNaN
      else { return }
      state.running[place].objective = value
    }
  }

  /// Shows what a program has measured last: its objective where that is among it.
  func measured(_ run: RunID, _ points: [MetricPoint], _ objective: Metric) {
    state.withLock { state in
      guard let place = state.running.firstIndex(where: { $0.run == run }) else { return }
      let shown = points.last { $0.metric == objective } ?? points.last
      if let shown, shown.metric == objective || state.running[place].last?.metric != objective {
        state.running[place].last = shown
      }
    }
  }

  /// Asks some of the runs that are being trained to end.
  func end(_ runs: Set<RunID>, as status: RunStatus) {
    let controls = state.withLock { state in
      state.running.filter { runs.contains($0.run) }.map(\.control)
    }
    for control in controls { control.end(as: status) }
  }

  /// Interrupts the runs whose keys are not among these.
  func end(unwantedBy keys: Set<String>) {
    let unwanted = state.withLock { state in
      Set(state.running.filter { !keys.contains($0.job.request.key) }.map(\.run))
    }
    if !unwanted.isEmpty { end(unwanted, as: .interrupted) }
  }

  /// The runs that are being trained.
  var running: [RunID] { state.withLock { $0.running.map(\.run) } }

  func wasFinishedElsewhere(_ run: RunID, _ job: TrainingJob, _ status: RunStatus) {
    state.withLock { state in
      state.elsewhere.remove(run)
      state.totalCost -= job.cost
      state.counted[run] = .some(nil)
      state.reused += 1
      if status == .stopped { state.held.insert(run) }
    }
  }

  func ended(_ run: RunID, _ job: TrainingJob, _ status: RunStatus, _ message: String?) {
    state.withLock { state in
      let place = state.running.firstIndex { $0.run == run }
      let removed = place.map { state.running.remove(at: $0) }
      let updates = removed?.control.updates ?? 0
      if !status.isBad, let best = removed?.best { state.best = best.orBetter(state.best) }
      state.ended[status, default: 0] += 1
      state.counted[run] = status
      if status == .stopped { state.held.insert(run) }
      state.endedCost += job.cost
      state.endedUpdates = state.endedUpdates.addedSaturating(updates)
      guard status == .failed || status == .diverged else { return }
      let text = job.label + ": " + status.rawValue + (message.map { ": " + $0 } ?? "")
      state.messages.append(text)
      if status == .failed { state.failures.append((job.label, message ?? "")) }
    }
  }

  /// The lines for people that came since the last call.
  func takeMessages() -> [String] {
    state.withLock { state in
      defer { state.messages = [] }
      return state.messages
    }
  }

  /// The runs that failed, with what they said.
  var failures: [(label: String, message: String)] { state.withLock { $0.failures } }

  func snapshot(isStopping: Bool) -> ProgressSnapshot {
    var snapshot = ProgressSnapshot()
    snapshot.elapsedSeconds = seconds
    snapshot.isStopping = isStopping
    state.withLock { state in
      snapshot.running = state.running.map(\.shown)
      let running = zip(state.running, snapshot.running)
      let partialCost = running.reduce(0) { $0 + $1.0.job.cost * $1.1.share }
      let partialUpdates = snapshot.running.reduce(0) { $0 + $1.updates }
      snapshot.total = state.total
      snapshot.reused = state.reused
      snapshot.ended = state.ended.filter { $0.value > 0 }
      snapshot.elsewhere = state.elsewhere.count
      snapshot.best = state.running.reduce(state.best) { $1.best?.orBetter($0) ?? $0 }
      let done = state.endedCost + partialCost
      snapshot.workDone = state.totalCost > 0 ? min(1, done / state.totalCost) : 0
      snapshot.updatesPerSecond =
        Double(state.endedUpdates + partialUpdates) / max(snapshot.elapsedSeconds, 1e-3)
    }
    return snapshot
  }
}

extension ProgressSnapshot.Best {
  /// An earlier value that is as good or of another objective; this one otherwise, unless it is none.
  fileprivate func orBetter(_ earlier: Self?) -> Self? {
    guard !value.isNaN else { return earlier }
    guard let earlier else { return self }
    let isBetter =
      earlier.objective == objective && objective.direction.isBetter(value, than: earlier.value)
    return isBetter ? self : earlier
  }
}
