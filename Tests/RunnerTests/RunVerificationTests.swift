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

/// A stored run against trainings of which it is known in what they differ.
@Suite struct RunVerificationTests {
  private struct Trained {
    let place = Workplace()
    let library = DataLibrary()
    let store: RunStore
    let run: RunRecord
    let configuration: RunConfiguration

    /// Trains the one run of a file.
    init(_ file: String, limit: Int? = nil) throws {
      let path = place.folder + "/e.yaml"
      try file.write(toFile: path, atomically: true, encoding: .utf8)
      let experiment = try Experiment.read(path, overrides: [], library: library)
      let facts = PlanFacts(library: library)
      let plan = try RunPlan(experiment, facts: facts)
      store = try place.store()
      let configuration = try #require(plan.runs.first).run.configuration
      self.configuration = configuration
      let request = RunRequest(key: "k", configurationKey: "c", configuration: configuration)
      let job = TrainingJob(request, label: "k", updates: 1, cost: 1, limit: limit)
      _ = try SweepRunner(store).run(
        [SweepJobs("main", [job])], experiment: "e", stop: StopSignal())
      run = try #require(try store.runs().first)
    }

    func verified(_ change: (inout RunConfiguration) -> Void = { _ in }) throws -> RunVerification {
      var other = configuration
      change(&other)
      return try RunVerification(
        run, other, by: NetworkTrainer(library: library), in: store)
    }
  }

  private static let file = """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    model: {mlp: {hidden: [4]}}
    train: {batch_size: 16, epochs: 3, log: {grad_norm: true}}
    """

  @Test func theSameIsIdenticalAndCounted() throws {
    let same = try Trained(Self.file).verified()
    #expect(same.difference == nil)
    // Val before training and after three epochs, four of the training after each.
    #expect(same.points == 4 * 2 + 3 * 4)
    #expect(same.metrics == 6)
    #expect(same.tensors == 4)
  }

  @Test func theFirstDifferenceIsNamed() throws {
    let trained = try Trained(Self.file)
    let stored = try trained.store.curves(of: [trained.run.id], [.trainLoss, .learningRate])
    // Another rate shows in the epoch's rate, where the loss of its later batches differs first.
    let rate = try #require(try trained.verified { $0.train.learningRate = 0.002 }.difference)
    guard case .point(.trainLoss, 3, 1, let before?, let now?) = rate else {
      Issue.record("\(rate)")
      return
    }
    #expect(before == stored[0].values[0] && now != before)
    #expect(
      rate.description
        == "train/loss at step 3, epoch 1: \(before) in the store, \(now) now")
    let longer = try #require(try trained.verified { $0.train.duration = .epochs(4) }.difference)
    #expect(
      longer.description.hasPrefix("train/loss at step 12, epoch 4: no point in the store, "))
    let shorter = try #require(try trained.verified { $0.train.duration = .epochs(1) }.difference)
    guard case .point(_, 6, 2, _?, nil) = shorter else {
      Issue.record("\(shorter)")
      return
    }
    #expect(shorter.description.hasSuffix(" in the store, no point now"))
    let without = try #require(try trained.verified { $0.train.log.gradNorm = false }.difference)
    #expect(without.description.hasPrefix("grad_norm at step 3, epoch 1: "))
  }

  /// Without a validation part an untrained run measures nothing: only its weights can differ.
  @Test func weightsAreComparedNumberByNumber() throws {
    let trained = try Trained(
      """
      data: {source: spiral, points_per_class: 20}
      model: [{linear: classes}]
      train: {epochs: 0}
      """)
    #expect(try trained.verified().difference == nil)
    let other = try #require(try trained.verified { $0.train.seed = 2 }.difference)
    guard case .weight(let tensor, 0, let stored, let now) = other else {
      Issue.record("\(other)")
      return
    }
    #expect(stored != now)
    #expect(
      other.description == "weight 0 of \(tensor): \(stored) in the store, \(now) now")
    #expect(
      RunVerification.Difference.tensors(stored: ["a", "b"], now: ["c"]).description
        == "the tensors: a, b in the store, c now")
    #expect(
      RunVerification.Difference.status(stored: .completed, now: .diverged).description
        == "the end: completed in the store, diverged now")
  }

  /// A network whose weights are too large for the store's own pages.
  @Test func damagedTruncatedAndMissingFilesAreNamed() throws {
    let trained = try Trained(Self.file.replacing("hidden: [4]", with: "hidden: [100, 150]"))
    #expect(try trained.verified().difference == nil)
    #expect(try trained.verified().files == 4)
    let folder = trained.store.folder(of: trained.run.id)
    for name in ["best.safetensors", "weights.safetensors", "inputs.json"] {
      let path = folder + "/" + name
      let whole = try #require(FileManager.default.contents(atPath: path))
      var damaged = whole
      damaged[damaged.count - 1] ^= 1
      for wrong in [damaged, whole.prefix(whole.count / 2), nil] {
        try FileManager.default.removeItem(atPath: path)
        if let wrong { try wrong.write(to: URL(filePath: path)) }
        let difference = try #require(try trained.verified().difference, "\(name)")
        #expect(difference.description.hasPrefix(name + ": "), "\(difference)")
        try whole.write(to: URL(filePath: path))
      }
    }
  }

  @Test func aStoppedRunIsVerifiedAsFarAsItWent() throws {
    let stopped = try Trained(Self.file, limit: 2)
    #expect(stopped.run.status == .stopped)
    let same = try stopped.verified()
    #expect(same.difference == nil)
    #expect(same.points == 3 * 2 + 2 * 4)
  }

  @Test func onlyAResultCanBeVerified() throws {
    let place = Workplace()
    let store = try place.store()
    let request = FakeTraining(seed: 1).job("a").request
    _ = try store.register([("main", [request])], experiment: "e")
    let run = try #require(try store.runs().first)
    let trained = try Trained(Self.file)
    let error = #expect(throws: LabbookError.self) {
      try RunVerification(
        run, trained.configuration, by: NetworkTrainer(library: trained.library), in: store)
    }
    #expect(
      error?.message
        == "run \(run.id.short) is planned: only a finished run can be verified")
  }
}
