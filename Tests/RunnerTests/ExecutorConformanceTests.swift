import Cluster
import Datasets
import Experiments
import Foundation
import RunStorage
import Runner
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking
import Training

/// Every kind of executor, with trainers of networks and of programs.
private enum ExecutorKind: CaseIterable {
  case threads, processes, tasks

  func make(_ store: RunStore, _ slots: Int = 2, pause: String = "0") -> any Executor {
    switch self {
    case .tasks:
      ClusterExecutor(
        TaskThreads(cores: slots) {
          [NetworkTrainer(library: DataLibrary(), checksData: true), ProgramTrainer(pause: pause)]
        }, TaskThreads.options(store.runsFolder))
    case .threads:
      ThreadExecutor(
        [NetworkTrainer(library: DataLibrary()), ProgramTrainer(pause: pause)], cores: slots)
    case .processes: ProcessExecutor(slots: slots, pause: pause)
    }
  }
}

/// What every executor has to do, whoever it is.
@Suite struct ExecutorConformanceTests {
  private static func run(
    _ sweeps: [SweepJobs], _ store: RunStore, _ executor: any Executor,
    stop: StopSignal = StopSignal()
  ) throws -> RunReport {
    try SweepRunner(store, executor).run(sweeps, experiment: "outside", stop: stop)
  }

  /// Two networks of two seeds, one of which stops at an epoch and keeps weights of another.
  private static func networks() throws -> [SweepJobs] {
    let library = DataLibrary()
    let experiment = try Experiment.parse(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      train: {batch_size: 16, epochs: 4, log: {grad_norm: true}}
      over: {lr: [0.01, 1e30]}
      seeds: 2
      """, name: "outside.yaml", library: library)
    let facts = PlanFacts(library: library)
    return try SweepJobs.of(RunPlan(experiment, facts: facts), facts: facts)
  }

  /// What the runs of networks come to, on one thread of this process.
  private static let expected = Result { () throws -> [String] in
    let place = Workplace()
    let store = try place.store()
    _ = try run(networks(), store, ExecutorKind.threads.make(store, 1))
    return try contents(store)
  }

  @Test(arguments: ExecutorKind.allCases, [1, 3])
  fileprivate func networksHaveTheSameBits(_ kind: ExecutorKind, _ slots: Int) throws {
    let place = Workplace()
    let store = try place.store()
    let report = try Self.run(Self.networks(), store, kind.make(store, slots))
    #expect(report.ended == [.completed: 2, .diverged: 2])
    let found = try contents(store)
    #expect(try found == Self.expected.get())
    #expect(found.count > 20)
  }

  @Test(arguments: ExecutorKind.allCases)
  fileprivate func programsOfUnknownLengthRun(_ kind: ExecutorKind) throws {
    let place = Workplace()
    let store = try place.store()
    let sweep = try ProgramSweep(in: place.folder)
    let report = try Self.run(sweep.jobs(), store, kind.make(store, 3))
    #expect(report.ended == [.completed: 6])
    for run in try store.runs() {
      let rate = try #require(run.parameters["train.params.rate"]?.asNumber)
      let last = ProgramSweep.lastStep(seed: run.seed)
      let curve = try #require(try store.curves(of: [run.id], [ProgramSweep.score]).first)
      #expect(curve.steps == Array(1...last))
      #expect(curve.values == (1...last).map { ProgramSweep.score(rate, $0) })
      #expect(run.value(of: ProgramSweep.score, .best) == 1)
      #expect(run.bestStep == 3)
      #expect(run.step == last)
      // What a program tells once is its last and its best.
      for which in MetricValue.allCases {
        #expect(run.value(of: ProgramSweep.tokens, which) == Double(100 * last))
      }
    }
    #expect(try Self.run(sweep.jobs(), store, kind.make(store)).reused == 6)
  }

  @Test(arguments: ExecutorKind.allCases)
  fileprivate func aRunThatFailsLetsTheOthersGoOn(_ kind: ExecutorKind) throws {
    let place = Workplace()
    let store = try place.store()
    let sweep = try ProgramSweep(in: place.folder)
    var wrong = sweep.configuration(rate: 3)
    wrong.body = .program(
      ProgramRun(
        command: ["sh", "-c", "echo '{\"step\": 1, \"x\": 2}'; exit 3"], parameters: [:], seed: 1))
    let request = RunRequest(key: "wrong", configurationKey: "w", configuration: wrong)
    let jobs =
      [TrainingJob(request, label: "wrong", updates: nil, cost: 1)] + (try sweep.jobs()[0].jobs)
    let report = try Self.run([SweepJobs("programs", jobs)], store, kind.make(store))
    #expect(report.ended == [.failed: 1, .completed: 6])
    #expect(report.exitStatus == 1)
    #expect(report.failures.map(\.message) == ["the program ended with status 3"])
    // What it had told is there, as a point: a run that failed has no final value.
    let failed = try #require(try store.runs().first { $0.status == .failed })
    #expect(failed.metrics[Metric("x")] != nil && failed.value(of: Metric("x"), .last) == nil)
    #expect(try store.curves(of: [failed.id], [Metric("x")]).map(\.values) == [[2]])
  }

  /// Ctrl-C: what is at work is interrupted, nothing more is begun, and all goes on later.
  @Test(arguments: [ExecutorKind.threads, .processes])
  fileprivate func whatWasInterruptedGoesOn(_ kind: ExecutorKind) throws {
    let place = Workplace()
    let store = try place.store()
    let sweep = try ProgramSweep(in: place.folder)
    let stop = StopSignal()
    Thread.detachNewThread {
      while (try? store.runs().contains { $0.step ?? 0 >= 2 }) != true { usleep(10_000) }
      stop.raise()
    }
    let first = try Self.run(sweep.jobs(), store, kind.make(store, 2, pause: "0.4"), stop: stop)
    #expect(first.wasInterrupted)
    #expect(first.ended == [.interrupted: 2])
    let begun = try store.runs().filter { $0.status == .interrupted }
    #expect(begun.count == 2 && begun.allSatisfy { $0.step ?? 0 < 5 })
    let second = try Self.run(sweep.jobs(), store, kind.make(store))
    #expect(second.ended == [.completed: 6])
    #expect(second.resumed >= 1)
    for run in try store.runs() {
      let curve = try #require(try store.curves(of: [run.id], [ProgramSweep.energy]).first)
      let rate = try #require(run.parameters["train.params.rate"]?.asNumber)
      #expect(curve.values == (1...ProgramSweep.lastStep(seed: run.seed)).map { rate * Double($0) })
    }
  }

  /// `labbook stop` of one run: it ends early and stays so, the others are not touched.
  @Test(arguments: ExecutorKind.allCases)
  fileprivate func aStopRequestReachesARun(_ kind: ExecutorKind) throws {
    let place = Workplace()
    let store = try place.store()
    let other = try place.store()
    let sweep = try ProgramSweep(in: place.folder)
    Thread.detachNewThread {
      while true {
        usleep(10_000)
        guard let runs = try? other.runs() else { continue }
        if let run = runs.first(where: { $0.seed == 3 && $0.step ?? 0 >= 1 }) {
          _ = try? other.requestStop(of: [run.id])
          return
        }
      }
    }
    let report = try Self.run(sweep.jobs(), store, kind.make(store, 6, pause: "0.3"))
    #expect(report.ended == [.completed: 5, .stopped: 1])
    let stopped = try #require(try store.runs().first { $0.status == .stopped })
    #expect(stopped.seed == 3)
    #expect(try Self.run(sweep.jobs(), store, kind.make(store)).reused == 6)
  }

  /// A run that nothing here can train fails and says so.
  @Test func withoutATrainerARunFails() throws {
    let place = Workplace()
    let store = try place.store()
    let report = try Self.run(
      ProgramSweep(in: place.folder).jobs(), store,
      ThreadExecutor([NetworkTrainer(library: DataLibrary())], cores: 1))
    #expect(report.ended == [.failed: 6])
    #expect(report.failures[0].message == "no trainer of this program can train it")
  }

  /// A process that trains is killed: no point that it told is lost, the run fails, and goes on later.
  @Test func aKilledProcessLosesNothingTold() throws {
    let place = Workplace()
    let store = try place.store()
    let sweep = try ProgramSweep(in: place.folder)
    let executor = ProcessExecutor(slots: 2, pause: "0.3")
    let jobs = [SweepJobs("programs", Array(try sweep.jobs()[0].jobs.prefix(2)))]
    let key = jobs[0].jobs[0].request.key
    Thread.detachNewThread {
      while (try? store.runs().contains { $0.key == key && $0.step ?? 0 >= 2 }) != true {
        usleep(10_000)
      }
      if let process = executor.processes[key] { kill(process, SIGKILL) }
    }
    let report = try Self.run(jobs, store, executor)
    #expect(report.ended == [.failed: 1, .completed: 1])
    #expect(report.failures.map(\.message) == ["its process ended with status 137"])
    let failed = try #require(try store.runs().first { $0.key == key })
    let told = try #require(try store.curves(of: [failed.id], [ProgramSweep.energy]).first)
    #expect(told.steps == Array(1...told.steps.count) && told.steps.count >= 2)
    #expect(try Self.run(jobs, store, ProcessExecutor(slots: 1)).ended == [.completed: 1])
    let whole = try #require(try store.curves(of: [failed.id], [ProgramSweep.energy]).first)
    #expect(whole.steps == Array(1...ProgramSweep.lastStep(seed: 1)))
  }
}
