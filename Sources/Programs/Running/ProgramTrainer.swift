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
  private let slots: ProgramSlots
  private let snapshots: ProgramSnapshots?
  private let tracking: (any ProgramTracking)?
  private let contents = ProgramContents()
  private let failures = Mutex(EqualFailures())
  /// The folders of runs in which nothing is at work that an earlier labbook has left.
  private let cleared = Mutex<Set<String>>([])
  private let written = Mutex(WrittenFiles())
  /// What the runs at work hold, by their keys.
  private let held = Mutex<[String: ProgramSlot]>([:])

  /// Makes a trainer.
  ///
  /// - Parameters:
  ///   - executable: the path of this program, which becomes the keeper of others.
  ///   - slots: what of the machine the runs share.
  ///   - snapshots: where programs are copied to that ask for it; `nil` where none are.
  ///   - tracking: serves those whose metrics come from MLflow's tracking API; `nil` where there is none.
  ///   - keepsGoing: whether equal failures end nothing.
  ///   - reports: after so many reports a program is ended, to see whether it works; `nil` for all.
  public init(
    executable: String, slots: ProgramSlots, snapshots: ProgramSnapshots? = nil,
    tracking: (any ProgramTracking)? = nil, keepsGoing: Bool = false, reports: Int? = nil
  ) {
    self.executable = executable
    (self.slots, self.snapshots, self.reports) = (slots, snapshots, reports)
    self.tracking = tracking
    failures.withLock { $0.isIgnored = keepsGoing }
    KeptProgram.adoptOrphans()
  }

  /// Whether it is an outside program's run.
  public func trains(_ configuration: RunConfiguration) -> Bool {
    if case .program = configuration.body { true } else { false }
  }

  /// Takes the cores, cards and memory that a run's file asks for; `nil` while they are not free.
  ///
  /// - Throws: `LabbookError` where this machine has not as much.
  public func slot(for job: TrainingJob, of cores: Int) throws -> (any RunSlot)? {
    guard case .program(let program) = job.configuration.body,
      let slot = try slots.take(program)
    else { return nil }
    held.withLock { $0[job.request.key] = slot }
    return slot
  }

  /// Three runs that failed alike before any succeeded speak against all others, and an edit against the
  /// runs whose key was made of what the file held before.
  public func hindrance(_ job: TrainingJob) -> String? {
    if let found = failures.withLock({ $0.hindrance }) { return found }
    guard case .program(let program) = job.configuration.body else { return nil }
    let source = ProgramSource(program, job.request.files.program ?? [:], snapshots)
    return source.problem(contents, ProgramSnapshots.changedWords)
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
      let variables = try trackingVariables(program, job, place)
      let slot = held.withLock { $0.removeValue(forKey: job.request.key) }
      let (cores, holder) = slots.takeCores(slot?.cores ?? slots.cpus(of: program))
      defer {
        slots.free(cores: cores)
        holder?.giveBack()
      }
      let outcome = try ProgramAttempt(
        program, job, control, sink,
        ProgramMeans(
          executable: executable, reports: reports, cpus: slot?.cores ?? slots.cpus(of: program),
          cores: cores, holders: [slot?.holder, holder].compactMap { $0 },
          cards: CardVariables(
            gpus: program.handling.gpus, slot?.cards ?? [], of: slots.cards,
            OutsideProgram.variables),
          source: ProgramSource(program, job.request.files.program ?? [:], snapshots),
          contents: contents, tracking: variables), in: place
      ).run()
      if outcome.status == .completed { failures.withLock { $0.succeeded() } }
      return outcome
    } catch {
      failures.withLock { $0.failed(String(describing: error)) }
      throw error
    }
  }

  private func trackingVariables(
    _ program: ProgramRun, _ job: TrainingJob, _ place: RunFolderPlace
  ) throws -> [String: String] {
    guard program.handling.metrics == .mlflow else { return [:] }
    guard let tracking else {
      throw LabbookError.failure(
        "'metrics: mlflow' needs a server beside the store, and there is none here",
        hint: "let the program print its metrics, or append them to $LABBOOK_METRICS")
    }
    return try tracking.variables(for: job, in: place)
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
