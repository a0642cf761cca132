import Foundation
import Machine
import Runs
import Terminal
import Tracking

/// One attempt at a run: a program from its start to its end.
final class ProgramAttempt {
  private let program: ProgramRun
  private let job: TrainingJob
  private let control: RunControl
  private let sink: any RunSink
  private let means: ProgramMeans
  private var reports: Int? { means.reports }

  private let folder: ProgramFolder
  private let environment: ProgramEnvironment
  private var metrics: ProgramMetrics
  /// What earlier attempts told, until it is known from where the program goes on.
  private var earlier: [MetricPoint]
  private var hasBegun = false
  private var best: Double?
  private var metricNames: Set<Metric> = []
  private var lastStep = 0
  private var pointCount = 0
  private var lastEpoch = 0
  /// The steps that were told, where only some are wanted.
  private var steps: Set<Int> = []
  private var silence = SilentOutput()
  /// The most memory that it and all that it started were seen to hold.
  private var peakBytes = 0
  /// Whether its files are no longer what its key was made of.
  private var hasChanged = false

  /// How the attempt is being ended, and why.
  private enum Ending {
    case asked(RunStatus)
    case failed(String)
    case trial
  }

  private var ending: Ending?

  init(
    _ program: ProgramRun, _ job: TrainingJob, _ control: RunControl, _ sink: any RunSink,
    _ means: ProgramMeans, in place: RunFolderPlace
  ) throws {
    (self.program, self.job, self.control, self.sink) = (program, job, control, sink)
    self.means = means
    // What is left of an earlier attempt, which may still be at its grace.
    if ProgramFolder.isThere(place.path) {
      MarkedProcesses.end(
        ProgramEnvironment.marks(run: place.run, files: ProgramFolder.files(in: place.path)),
        grace: program.handling.graceSeconds)
    }
    folder = try ProgramFolder(
      place.path, goesOn: program.handling.resumes, logs: program.handling.metrics == .mlflow)
    environment = ProgramEnvironment(
      program, run: place.run, folder, means)
    metrics = try ProgramMetrics(program.handling.metrics, folder)
    earlier = metrics.takePoints()
  }

  /// Runs the program; its files become those of the run.
  ///
  /// - Throws: why the run failed.
  func run() throws -> TrainingOutcome {
    if folder.attempt == 1 || earlier.isEmpty { try begin() }
    let start = ContinuousClock.now
    do {
      let end = try follow(try launch())
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if !hasBegun { try begin() }
      let outcome = try self.outcome(end, seconds)
      try keepFiles(outcome.status)
      return outcome
    } catch {
      if !hasBegun { try begin() }
      try? keepFiles(.failed)
      throw error
    }
  }

  private func launch() throws -> KeptProgram {
    try checkContents(ProgramSnapshots.changedWords)
    try ParameterFile.text(program.parameters).write(
      toFile: folder.places.parameters, atomically: true, encoding: .utf8)
    let words = try CommandTemplate(words: program.command).words(
      parameters: program.parameters,
      context: CommandContext(
        runDirectory: folder.files, checkpoint: folder.places.checkpoint,
        parametersPath: folder.places.parameters, seed: program.seed, gpu: means.cards.words,
        cpus: means.cpus, attempt: folder.attempt))
    return try KeptProgram(
      executable: means.executable, words, in: try means.source.folder(),
      environment: environment.lines, output: folder.places.log(folder.attempt),
      grace: program.handling.graceSeconds, cores: means.cores,
      slots: means.holders.map(\.descriptor))
  }

  private func checkContents(_ words: String) throws {
    if let problem = means.source.problem(means.contents, words) {
      throw LabbookError.failure(problem)
    }
  }

  // MARK: Following

  private func follow(_ kept: KeptProgram) throws -> KeptProgram.Ending {
    let clock = ContinuousClock()
    let start = clock.now
    var lastSign = start
    var sizes: [Int64] = []
    var hasMore = false
    var nextLook = start + .seconds(0.3)
    while true {
      switch kept.report(within: hasMore ? 0 : Self.pause) {
      case .running: break
      case .cannotStart(let reason):
        let word = program.command.first ?? ""
        throw LabbookError.failure(
          "'\(word)' cannot be started: "
            + StartProblem.words(reason, word, in: program.handling.folder))
      case .lost:
        MarkedProcesses.end(environment.marks, grace: program.handling.graceSeconds)
        throw LabbookError.failure("its keeper was killed, so it was ended")
      case .ended(let end):
        let told = pointCount
        try metrics.finish()
        try take()
        let seconds = (clock.now - start) / .seconds(1)
        if told == 0, ending == nil, let note = silence.note(atEnd: seconds, steps: lastStep) {
          sink.note(note)
        }
        return end
      }
      hasMore = try metrics.read()
      let points = pointCount
      try take()
      let now = clock.now
      if now >= nextLook {
        nextLook = now + Self.looks
        let bytes = kept.memoryBytes
        peakBytes = max(peakBytes, bytes)
        control.report(memoryBytes: bytes)
      }
      let current = Self.sizes([folder.places.log(folder.attempt)])
      if current != sizes || hasMore || points != pointCount { (sizes, lastSign) = (current, now) }
      let note = silence.note(
        after: (now - start) / .seconds(1), hasTold: pointCount > 0 || current.contains { $0 > 0 },
        cpuSeconds: { kept.cpuSeconds })
      if let note { sink.note(note) }
      if ending == nil, let found = reason(started: start, lastSign: lastSign, now: now) {
        ending = found
        kept.end()
      }
    }
  }

  private static let pause = 0.05
  /// So often its memory is looked at.
  private static let looks = Duration.seconds(1)

  private static func sizes(_ paths: [String]) -> [Int64] {
    paths.map { path in
      var status = stat()
      return stat(path, &status) == 0 ? Int64(status.st_size) : -1
    }
  }

  /// Why the program is to end now; `nil` where it may go on.
  private func reason(
    started: ContinuousClock.Instant, lastSign: ContinuousClock.Instant,
    now: ContinuousClock.Instant
  ) -> Ending? {
    if let status = control.requestedEnding { return .asked(status) }
    if let limit = job.limit, job.measure.place(epoch: lastEpoch, step: lastStep) >= limit {
      return .asked(.stopped)
    }
    if let reports, steps.count >= reports { return .trial }
    if let limit = program.handling.timeoutSeconds, now - started > .seconds(limit) {
      return .failed("longer than its timeout of \(Quantity.duration(limit))")
    }
    if let limit = program.handling.idleSeconds, now - lastSign > .seconds(limit) {
      return .failed("no output for \(Quantity.duration(limit))")
    }
    return nil
  }

  /// Hands on what was told.
  private func take() throws {
    for note in metrics.takeNotes() { sink.note(note) }
    let points = metrics.takePoints()
    guard let first = points.first else { return }
    if !hasBegun {
      // From here on the program measures again what it had measured before.
      earlier.removeAll { $0.step >= first.step }
      try begin()
    }
    record(points)
  }

  private func begin() throws {
    hasBegun = true
    try sink.begin(from: nil, refused: [])
    record(ProgramMetrics.latest(earlier))
    earlier = []
  }

  private func record(_ points: [MetricPoint]) {
    let objective = job.request.objective
    pointCount += points.count
    for point in points {
      // One by one: whatever else came with it, a later value of the step takes its place.
      sink.record([point])
      metricNames.insert(point.metric)
      lastStep = max(lastStep, point.step)
      lastEpoch = max(lastEpoch, point.epoch)
      if reports != nil { steps.insert(point.step) }
      guard point.metric == objective.metric else { continue }
      if best.map({ objective.direction.isBetter(point.value, than: $0) }) ?? !point.value.isNaN {
        best = point.value
        sink.choose(step: point.step, epoch: point.epoch, value: point.value)
      }
    }
    control.report(updates: lastStep)
    control.report(epochs: lastEpoch)
  }

  // MARK: The end

  private func outcome(_ end: KeptProgram.Ending, _ seconds: Double) throws -> TrainingOutcome {
    let failure = ProgramFailure(
      log: folder.places.log(folder.attempt), peakBytes: max(peakBytes, end.peakBytes))
    switch ending {
    case .asked(let status):
      // Neither what it told nor what it would go on from can be told from another program's.
      try checkUnchanged()
      return TrainingOutcome(status, durationSeconds: seconds)
    case .failed(let message): throw LabbookError.failure(message)
    case .trial: return TrainingOutcome(.completed, durationSeconds: seconds)
    case nil: break
    }
    if let message = failure.message(end) { throw LabbookError.failure(message) }
    try checkUnchanged()
    let objective = job.request.objective
    guard reports == nil || metricNames.isEmpty else {
      return TrainingOutcome(.completed, durationSeconds: seconds)
    }
    guard metricNames.contains(objective.metric) else {
      throw LabbookError.failure(failure.lacks(objective, metricNames.count))
    }
    if end.left > 0 {
      sink.note("it left \(end.left) process\(end.left == 1 ? "" : "es") behind, which were ended")
    }
    guard best != nil else {
      return TrainingOutcome(
        .diverged, durationSeconds: seconds, message: "\(objective.metric) was never a number")
    }
    return TrainingOutcome(.completed, durationSeconds: seconds)
  }

  private func checkUnchanged() throws {
    do { try checkContents("changed while it ran") } catch {
      hasChanged = true
      throw error
    }
  }

  /// Makes what the program printed and wrote files of the run; a program that may go on keeps them.
  private func keepFiles(_ status: RunStatus) throws {
    // One that does not go on begins anew wherever it is needed whole.
    let isOver =
      status == .completed || status == .diverged || status == .failed
      || (status == .stopped && !program.handling.resumes)
    guard isOver, reports == nil else { return }
    if status == .failed, program.handling.resumes, !hasChanged { return }
    let files = folder.kept()
    let isSmall = files.reduce(0) { $0 + $1.bytes } <= 64 << 10
    for file in files {
      if isSmall {
        try sink.writeArtifact(file.name, try Data(contentsOf: URL(fileURLWithPath: file.path)))
      } else {
        try sink.takeFile(file.name, at: file.path)
      }
    }
    folder.remove()
  }
}
