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
  private let executable: String
  private let reports: Int?

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

  /// How the attempt is being ended, and why.
  private enum Ending {
    case asked(RunStatus)
    case failed(String)
    case trial
  }

  private var ending: Ending?

  init(
    _ program: ProgramRun, _ job: TrainingJob, _ control: RunControl, _ sink: any RunSink,
    executable: String, reports: Int?, in place: RunFolderPlace
  ) throws {
    (self.program, self.job, self.control, self.sink) = (program, job, control, sink)
    (self.executable, self.reports) = (executable, reports)
    // What is left of an earlier attempt, which may still be at its grace.
    if ProgramFolder.isThere(place.path) {
      MarkedProcesses.end(
        ProgramEnvironment.marks(run: place.run, files: ProgramFolder.files(in: place.path)),
        grace: program.handling.graceSeconds)
    }
    folder = try ProgramFolder(place.path, goesOn: program.handling.resumes)
    environment = ProgramEnvironment(program, run: place.run, folder)
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
    try checkContents("changed since the plan was made: plan anew, by the same command")
    try ParameterFile.text(program.parameters).write(
      toFile: folder.parameters, atomically: true, encoding: .utf8)
    let working = URL(
      fileURLWithPath: program.handling.folder.isEmpty ? "." : program.handling.folder
    )
    .standardizedFileURL.path
    let words = try CommandTemplate(words: program.command).words(
      parameters: program.parameters,
      context: CommandContext(
        runDirectory: folder.files, checkpoint: folder.checkpoint,
        parametersPath: folder.parameters, seed: program.seed, cpus: program.handling.cpus,
        attempt: folder.attempt))
    return try KeptProgram(
      executable: executable, words, in: working, environment: environment.lines,
      output: folder.log(folder.attempt), grace: program.handling.graceSeconds)
  }

  private func checkContents(_ words: String) throws {
    let changed = ProgramContents.changed(program, since: job.request.files.program ?? [:])
    guard let first = changed.first else { return }
    let others = changed.count == 1 ? "" : " and \(changed.count - 1) more"
    throw LabbookError.failure("\(first)\(others) \(words)")
  }

  // MARK: Following

  private func follow(_ kept: KeptProgram) throws -> KeptProgram.Ending {
    let clock = ContinuousClock()
    let start = clock.now
    var lastSign = start
    var sizes: [Int64] = []
    var hasMore = false
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
      let current = Self.sizes([folder.log(folder.attempt)])
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
    if let limit = job.limit, lastEpoch >= limit { return .asked(.stopped) }
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
    record(Self.latest(earlier))
    earlier = []
  }

  /// Of points of one metric and step the last.
  private static func latest(_ points: [MetricPoint]) -> [MetricPoint] {
    struct Place: Hashable {
      let metric: Metric
      let step: Int
    }
    var seen: Set<Place> = []
    return points.reversed().filter {
      seen.insert(Place(metric: $0.metric, step: $0.step)).inserted
    }.reversed()
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
    let failure = ProgramFailure(log: folder.log(folder.attempt))
    switch ending {
    case .asked(let status): return TrainingOutcome(status, durationSeconds: seconds)
    case .failed(let message): throw LabbookError.failure(message)
    case .trial: return TrainingOutcome(.completed, durationSeconds: seconds)
    case nil: break
    }
    if let message = failure.message(end) { throw LabbookError.failure(message) }
    try checkContents("changed while it ran")
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

  /// Makes what the program printed and wrote files of the run; a program that may go on keeps them.
  private func keepFiles(_ status: RunStatus) throws {
    let isOver = status == .completed || status == .diverged || status == .failed
    guard isOver, reports == nil else { return }
    if status == .failed, program.handling.resumes { return }
    var files = folder.written().map { (name: "files/" + $0.name, path: $0.path, bytes: $0.bytes) }
    for attempt in 1...folder.attempt {
      let path = folder.log(attempt)
      let name = attempt == folder.attempt ? RunFile.output : "output.\(attempt).txt"
      let bytes = Int(Self.sizes([path])[0])
      if bytes >= 0 { files.append((name, path, bytes)) }
    }
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
