package import Foundation
package import Runner
import Runs
import Synchronization
import Tracking

/// A second executor, for tests: every run of a wave is trained by a process of its own, which is
/// handed the job and tells what happens over a pipe.
package final class ProcessExecutor: Executor {
  private let slots: Int
  private let pause: String
  private let running = Mutex<[String: pid_t]>([:])

  /// Makes an executor of so many processes at a time.
  ///
  /// - Parameter pause: what the trainer of programs is told, as in `ProgramTrainer`.
  package init(slots: Int, pause: String = "0") {
    self.slots = slots
    self.pause = pause
    signal(SIGPIPE, SIG_IGN)  // A process that was killed takes no more requests.
  }

  /// The processes at work, by the keys of their runs.
  package var processes: [String: pid_t] { running.withLock { $0 } }

  package func run(_ wave: Wave) {
    let left = Mutex(wave.runs[...])
    DispatchQueue.concurrentPerform(iterations: min(slots, wave.runs.count)) { _ in
      while !wave.isStopping, let run = left.withLock({ $0.popFirst() }) {
        switch wave.open(run) {
        case .busy:
          usleep(20_000)
          left.withLock { $0.append(run) }
        case .done: break
        case .opened(let sink, let control): train(run.job, control, sink)
        }
      }
    }
  }

  private func train(_ job: TrainingJob, _ control: RunControl, _ sink: any RunSink) {
    let replay = RunReplay(into: sink, control)
    do {
      let worker = try Worker(TrainingOrder(job, for: sink), pause: pause)
      running.withLock { $0[job.request.key] = worker.id }
      defer { running.withLock { $0[job.request.key] = nil } }
      var reader = EventReader()
      while let bytes = worker.read() {
        for told in try reader.take(bytes) { try replay.take(told.event) }
        if let ending = control.requestedEnding { worker.ask(ending) }
      }
      replay.end(as: .failed, message: "its process ended with status \(try worker.wait())")
    } catch { replay.end(as: .failed, message: String(describing: error)) }
  }
}

/// One process that trains one run.
private final class Worker {
  private let child: ChildProcess
  private var isAsked = false

  init(_ order: TrainingOrder, pause: String) throws {
    child = try ChildProcess(Self.path, [pause])
    child.write(try order.line())
  }

  var id: pid_t { child.id }

  func read() -> Data? { child.read(within: 10) }

  func ask(_ ending: RunStatus) {
    if isAsked { return }
    isAsked = true
    child.write(Data((ending.rawValue + "\n").utf8))
  }

  func wait() throws -> Int32 { try child.wait() }

  /// The process that trains, beside the tests.
  private static let path: String = {
    var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let worker = folder.appending(path: "TrainingWorker").path
      if FileManager.default.isExecutableFile(atPath: worker) { return worker }
    }
    return "TrainingWorker"
  }()
}
