import Foundation
import Machine
public import Runs
import Synchronization
import Tracking

/// Runs outside programs: starts one behind a keeper, listens to it, and says how it ended.
public final class ProgramTrainer: Trainer {
  private let executable: String
  /// After so many reports a program is ended, to see whether it works; `nil` for all.
  private let reports: Int?
  private let failures = Mutex(EqualFailures())
  /// The folders of runs in which nothing is at work that an earlier labbook has left.
  private let cleared = Mutex<Set<String>>([])
  private let written = Mutex(WrittenFiles())

  /// Makes a trainer.
  ///
  /// - Parameters:
  ///   - executable: the path of this program, which becomes the keepers of others.
  ///   - keepsGoing: whether equal failures end nothing.
  ///   - reports: after so many reports a program is ended, to see whether it works; `nil` for all.
  public init(executable: String, keepsGoing: Bool = false, reports: Int? = nil) {
    self.executable = executable
    self.reports = reports
    failures.withLock { $0.isIgnored = keepsGoing }
    KeptProgram.adoptOrphans()
  }

  /// Whether it is an outside program's run.
  public func trains(_ configuration: RunConfiguration) -> Bool {
    if case .program = configuration.body { true } else { false }
  }

  /// As many as its file asks for.
  public func cores(of job: TrainingJob) -> Int {
    if case .program(let program) = job.configuration.body { program.handling.cpus } else { 1 }
  }

  /// Three runs that failed alike before any succeeded speak against all others.
  public func hindrance(_ job: TrainingJob) -> String? {
    failures.withLock { $0.hindrance }
  }

  /// Runs a program to its end, or until it is asked to end.
  ///
  /// - Throws: why it failed.
  public func train(
    _ job: TrainingJob, _ control: RunControl, into sink: any RunSink
  ) throws -> TrainingOutcome {
    guard case .program(let program) = job.configuration.body else {
      throw LabbookError.failure("this run has no program")
    }
    do {
      let place = try sink.ownFolder()
      clear(place, grace: program.handling.graceSeconds)
      let folder = program.handling.folder.isEmpty ? "." : program.handling.folder
      written.withLock { $0.began(place.path, in: folder) }
      defer {
        let names = written.withLock { $0.ended(place.path, in: folder, except: program.files) }
        if let note = WrittenFiles.note(names) { sink.note(note) }
      }
      let outcome = try ProgramAttempt(
        program, job, control, sink, executable: executable, reports: reports, in: place
      ).run()
      if outcome.status == .completed { failures.withLock { $0.succeeded() } }
      return outcome
    } catch {
      failures.withLock { $0.failed(String(describing: error)) }
      throw error
    }
  }

  /// Ends what runs beside this one have left, whose labbook and keeper were both ended; once a store.
  private func clear(_ place: RunFolderPlace, grace: Double) {
    let folder = PathText(PathText(place.path).folder).folder
    // A trial's folder is made for it alone.
    guard reports == nil, !folder.isEmpty else { return }
    cleared.withLock { cleared in
      guard cleared.insert(folder).inserted else { return }
      MarkedProcesses.endOrphans("LABBOOK_RUN_DIR=" + folder + "/", grace: grace)
    }
  }
}

/// Failures that came before any success.
private struct EqualFailures {
  var isIgnored = false
  private var counts: [String: Int] = [:]
  private var hasSucceeded = false
  private(set) var hindrance: String?

  private static let enough = 3

  mutating func succeeded() { hasSucceeded = true }

  mutating func failed(_ message: String) {
    guard !isIgnored, !hasSucceeded, hindrance == nil else { return }
    // What differs from run to run, such as a number in a path, is no other failure.
    let kind = String(message.map { $0.isNumber ? "0" : $0 })
    counts[kind, default: 0] += 1
    guard counts[kind, default: 0] >= Self.enough else { return }
    hindrance =
      "\(Self.enough) runs failed alike before any succeeded, so no other is started "
      + "(--keep-going starts them): \(message)"
  }
}
