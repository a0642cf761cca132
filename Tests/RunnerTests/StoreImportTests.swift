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

/// Runs of one store brought to another.
@Suite struct StoreImportTests {
  /// Four networks, two of which diverge, and a program's runs.
  private static func filled(_ place: Workplace, _ store: RunStore) throws {
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
    let executor = ThreadExecutor(
      [NetworkTrainer(library: library), ProgramTrainer(pause: "0")], cores: 2)
    _ = try SweepRunner(store, executor)
      .run(SweepJobs.of(RunPlan(experiment, facts: facts), facts: facts), experiment: "networks")
    _ = try SweepRunner(store, executor)
      .run(ProgramSweep(in: place.folder).jobs(), experiment: "programs")
  }

  private static func bring(_ other: RunStore, to store: RunStore) throws -> [RunReport] {
    let importing = StoreImport(other)
    defer { #expect(importing.leftOut == 0) }
    let reports = try importing.experiments().map {
      try SweepRunner(store, importing.executor).run(importing.sweeps(of: $0), experiment: $0)
    }
    try importing.bringRemarks(to: store)
    return reports
  }

  @Test func allThatHasAResultComesAsItIs() throws {
    let place = Workplace()
    let other = try place.store()
    try Self.filled(place, other)
    let marked = try #require(try other.runs().first)
    try other.tag(marked.id, "best")
    try other.setNote("look here", of: marked.id)
    let store = try RunStore(at: place.folder + "/second.sqlite", .create)
    let reports = try Self.bring(other, to: store)
    #expect(reports.map(\.ended) == [[.completed: 2, .diverged: 2], [.completed: 6]])
    #expect(try contents(store) == contents(other))
    #expect(try store.sweeps().map(\.name) == other.sweeps().map(\.name))
    let ours = try #require(try store.runs().first { $0.key == marked.key })
    #expect(ours.tags == ["best"] && ours.note == "look here")
    #expect(ours.durationSeconds == marked.durationSeconds)
    #expect(try store.environment(of: ours.id)["host"] == other.environment(of: marked.id)["host"])
    // A second time nothing comes.
    let again = try Self.bring(other, to: store)
    #expect(again.map(\.reused) == [4, 6] && again.allSatisfy { $0.begun == 0 })
  }

  /// What was logged through MLflow has nothing that could be trained again: it stays, and is counted.
  @Test func loggedRunsAreLeftOutAndCounted() async throws {
    let place = Workplace()
    let other = try place.store()
    let log = RunLog(other)
    try await log.ensureDefault()
    for _ in 0..<3 {
      _ = try await log.createRun(
        in: 0, LoggedStart(name: "r", user: "", started: 1, tags: []))
    }
    let importing = StoreImport(other)
    for experiment in try importing.experiments() {
      #expect(try importing.sweeps(of: experiment).isEmpty)
    }
    #expect(importing.loggedLeftOut == 3 && importing.leftOut == 0)
  }

  /// What is here already stays, and what was not done there does not come.
  @Test func onlyWhatIsMissingComes() throws {
    let place = Workplace()
    let other = try place.store()
    try Self.filled(place, other)
    let store = try RunStore(at: place.folder + "/second.sqlite", .create)
    _ = try Self.bring(other, to: store)
    let kept = try #require(try store.runs().first)
    let gone = try store.runs().dropFirst().map(\.id)
    _ = try store.remove(Array(gone))
    _ = try Self.bring(other, to: store)
    #expect(try store.runs().contains { $0.id == kept.id })
    #expect(try contents(store) == contents(other))
  }

  /// A longer run goes on from the last state of a run that was brought, to the bits of one trained whole.
  @Test func longerRunsGoOnFromWhatCame() throws {
    let place = Workplace()
    let other = try place.store()
    let library = DataLibrary()
    func train(_ store: RunStore, epochs: Int) throws -> RunReport {
      let experiment = try Experiment.parse(
        """
        data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
        model: {mlp: {hidden: [4]}}
        train: {batch_size: 16, epochs: \(epochs)}
        seeds: 2
        """, name: "outside.yaml", library: library)
      let facts = PlanFacts(library: library)
      var options = SweepRunner.Options()
      options.leastStateSeconds = 0
      return try SweepRunner(
        store, ThreadExecutor([NetworkTrainer(library: library)], cores: 1), options
      ).run(SweepJobs.of(RunPlan(experiment, facts: facts), facts: facts), experiment: "networks")
    }
    #expect(try train(other, epochs: 4).trained == 2)
    let store = try RunStore(at: place.folder + "/second.sqlite", .create)
    _ = try Self.bring(other, to: store)
    #expect(try contents(store) == contents(other))
    let longer = try train(store, epochs: 9)
    #expect(longer.continued == 2 && longer.trained == 2)
    let whole = try RunStore(at: place.folder + "/whole.sqlite", .create)
    #expect(try train(whole, epochs: 9).continued == 0)
    // The state itself holds seconds.
    let bits = try contents(whole).filter { !$0.hasPrefix(RunFile.state) }
    #expect(try !bits.isEmpty && Set(contents(store)).isSuperset(of: bits))
  }
}
