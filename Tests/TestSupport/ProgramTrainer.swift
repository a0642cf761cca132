import Foundation
package import Runs
import Tracking

/// A second kind of trainer, for tests: it starts a program and listens to its lines.
///
/// A line is a JSON object of numbers; `step` and `epoch` are places, everything else is a metric that
/// nobody knew before. The program ends when it likes; a file of its own keeps its place.
package struct ProgramTrainer: Trainer {
  /// What `{pause}` stands for in the command: seconds between two steps, no part of the run.
  private let pause: String

  /// Makes a trainer whose programs are told to take their time.
  package init(pause: String = "0") { self.pause = pause }

  package func trains(_ configuration: RunConfiguration) -> Bool { configuration.network == nil }

  package func train(
    _ job: TrainingJob, _ control: RunControl, into sink: any RunSink
  ) throws -> TrainingOutcome {
    guard case .program(let program) = job.configuration.body else {
      throw LabbookError.failure("this run has no command")
    }
    let file = NSTemporaryDirectory() + "labbook-program-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: file) }
    var diary = ProgramDiary()
    try sink.begin(maker: "program") { state in
      diary = try JSONDecoder().decode(ProgramDiary.self, from: state)
      try diary.file.write(to: URL(filePath: file))
    }
    let child = try ChildProcess("/usr/bin/env", words(program, file))
    var rest = Data()
    let start = ContinuousClock.now
    var saved = start
    while let bytes = child.read(within: 5) {
      rest += bytes
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        try take(Data(rest[..<end]), &diary, job, control, sink)
        rest = Data(rest[rest.index(after: end)...])
      }
      if control.requestedEnding != nil { child.terminate() }
      if let seconds = sink.checkpointSeconds, ContinuousClock.now - saved > .seconds(seconds) {
        saved = .now
        save(diary, file, sink)
      }
    }
    let status = try child.wait()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if let ending = control.requestedEnding {
      save(diary, file, sink)
      return TrainingOutcome(ending, durationSeconds: seconds)
    }
    guard status == 0 else {
      throw LabbookError.failure("the program ended with status \(status)")
    }
    guard diary.chosen != nil else {
      throw LabbookError.failure("the program never told \(job.request.objective.metric)")
    }
    return TrainingOutcome(.completed, durationSeconds: seconds)
  }

  private func take(
    _ line: Data, _ diary: inout ProgramDiary, _ job: TrainingJob, _ control: RunControl,
    _ sink: any RunSink
  ) throws {
    guard var values = try? JSONDecoder().decode([String: Double].self, from: line),
      let step = values.removeValue(forKey: "step").map({ Int($0) })
    else {
      throw LabbookError.failure("no line of metrics: \(String(decoding: line, as: UTF8.self))")
    }
    let epoch = values.removeValue(forKey: "epoch").map { Int($0) } ?? 0
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    sink.record(
      values.sorted { $0.key < $1.key }.map {
        MetricPoint(
          Metric($0.key), step: step, epoch: epoch, value: $0.value, timeMilliseconds: now)
      })
    diary.steps += values.map { _ in step }
    control.report(updates: step)
    let objective = job.request.objective
    guard let value = values[objective.metric.name] else { return }
    if let best = diary.chosen, !objective.direction.isBetter(value, than: best.value) { return }
    diary.bests.append(ProgramDiary.Best(step: step, epoch: epoch, value: value))
    sink.choose(step: step, epoch: epoch, value: value)
  }

  /// Keeps the program's own file, where it has written one, with what was told up to its step.
  private func save(_ diary: ProgramDiary, _ path: String, _ sink: any RunSink) {
    guard let file = FileManager.default.contents(atPath: path),
      let step = Int(String(decoding: file, as: UTF8.self).prefix { $0.isNumber })
    else { return }
    let kept = diary.upTo(step, file)
    sink.save {
      Checkpoint(
        step: step, epoch: 0, best: kept.chosen.map { ($0.step, $0.epoch) },
        points: kept.steps.count, maker: "program", state: try JSONEncoder().encode(kept))
    }
  }

  private func words(_ program: ProgramRun, _ file: String) -> [String] {
    var values = program.parameters.mapValues(\.display)
    values["seed"] = String(program.seed)
    values["checkpoint"] = file
    values["pause"] = pause
    return program.command.map { word in
      values.reduce(word) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
  }
}

/// What a program has told so far, from which it goes on.
private struct ProgramDiary: Codable {
  struct Best: Codable {
    let step: Int
    let epoch: Int
    let value: Double
  }

  /// The step of every point.
  var steps: [Int] = []
  var bests: [Best] = []
  var file = Data()

  var chosen: Best? { bests.last }

  func upTo(_ step: Int, _ file: Data) -> ProgramDiary {
    ProgramDiary(
      steps: steps.filter { $0 <= step }, bests: bests.filter { $0.step <= step }, file: file)
  }
}
