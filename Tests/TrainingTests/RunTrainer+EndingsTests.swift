import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import Synchronization
import TestSupport
import Testing
import Tracking
import Training

/// How runs end, are held, watched and taken up again, on data and weights known from outside.
@Suite struct RunTrainerEndingsTests {
  /// The training loss is finite throughout: only the part that judges overflows.
  @Test(arguments: ["val", "test"])
  func aLossThatIsInfiniteOnAnotherPartIsADivergence(_ part: String) throws {
    let data = try HandMadeData()
    let huge = try HandMadeData.prepare(
      ReferenceRows(
        rows: (0..<3).map { _ in [Double](repeating: 1e38, count: HandMadeData.columns) },
        targets: (0..<3).map { .label($0) })
    ).train
    let parts = HandMadeData.together(
      data.prepared, val: part == "val" ? huge : data.prepared.val,
      test: part == "test" ? huge : data.prepared.test)
    // Without tanh, and with weights up to 5, the outputs overflow where the inputs nearly do.
    let lines = try handMadeRun {
      $0.layers = [$0.layers[2]]
      $0.train.log.layers = false
      $0.train.initializer = try chosen("uniform", of: Initializers.all, ["bound": .number(5)])
    }
    let control = RunControl()
    let told = try HandMadeTraining(lines, parts, control: control)
    #expect(told.outcome.status == .diverged)
    #expect(told.outcome.message == "\(part)/loss was not finite after update 6 in epoch 1")
    #expect(told.steps.map(\.step) == [0, 6])
    #expect(told.steps[1].values["train/loss"]?.isFinite == true)
    #expect(told.steps[1].values["\(part)/loss"]?.isFinite == false)
    #expect(told.chosen.isEmpty)
    #expect(told.outcome.bestWeights == nil)
    #expect(told.outcome.weights.count == 2)
    #expect(control.epochs == 1)
  }

  @Test func aHeldRunIsTheBeginningOfTheWholeOne() throws {
    let data = try HandMadeData()
    let kind = RunTrainerMetricsTests.Case.exponential
    let configuration = try RunTrainerMetricsTests.configuration(kind)
    let held = try HandMadeTraining(configuration, data.prepared) {
      $0.lastEpoch = 3
      $0.checkpointSeconds = 1000
    }
    #expect(held.outcome.status == .stopped)
    #expect(held.outcome.message == "after epoch 3")
    #expect(held.steps.map(\.epoch) == [0, 1, 2, 3])
    #expect(held.outcome.updates == 18)
    let state = try #require(held.states.first)
    #expect(held.states.count == 1)
    #expect(state.position.epoch == 3 && state.position.updates == 18)
    #expect(state.position.points == held.steps.reduce(0) { $0 + $1.names.count })
    let bytes = try state.encoded()
    let rest = try HandMadeTraining(
      configuration, data.prepared, from: TrainingState(bytes)
    ) { $0.lastEpoch = 7 }
    // Held at its last epoch it is whole.
    #expect(rest.outcome.status == .completed)
    #expect(rest.steps.map(\.epoch) == [4, 5, 6, 7])
    let start = try #require(ReferenceNetwork(held.first))
    let reference = RunTrainerMetricsTests.reference(kind)
      .run(start, train: data.train, val: data.val, test: data.test)
    for (step, expected) in zip(held.steps + rest.steps, reference) {
      for name in ["lr", "val/loss", "test/loss", "train/loss", "train/objective", "grad_norm"] {
        guard let value = expected.values[name] else { continue }
        let found = step.values[name] ?? .nan
        #expect(abs(found - value) < RunTrainerMetricsTests.tolerance, "\(name), \(step.epoch)")
      }
    }
    let last = try #require(ReferenceNetwork(rest.outcome.weights)).flat
    let wanted = try #require(reference.last).weights
    #expect(zip(last, wanted).allSatisfy { abs($0 - $1) < RunTrainerMetricsTests.tolerance })
  }

  /// From the state after any update the rest of the run is the witness's.
  @Test func everyStateLeadsToTheWitnesssEnd() throws {
    let data = try HandMadeData()
    let kind = RunTrainerMetricsTests.Case.cosine
    let configuration = try RunTrainerMetricsTests.configuration(kind)
    let saving = try HandMadeTraining(configuration, data.prepared) { $0.checkpointSeconds = 0 }
    let start = try #require(ReferenceNetwork(saving.first))
    let reference = RunTrainerMetricsTests.reference(kind)
      .run(start, train: data.train, val: data.val, test: data.test)
    // Before each of 36 updates and after each of 6 epochs.
    #expect(saving.states.count == 42)
    for place in [1, 3, 9, 17, 20, 41] {
      let state = try TrainingState(saving.states[place].encoded())
      let rest = try HandMadeTraining(configuration, data.prepared, from: state)
      let later = reference.suffix(rest.steps.count)
      #expect(rest.steps.map(\.step) == later.map(\.step))
      for (step, expected) in zip(rest.steps, later) {
        for (name, value) in expected.values {
          let found = step.values[name] ?? .nan
          #expect(
            abs(found - value) < RunTrainerMetricsTests.tolerance * max(1, abs(value)),
            "from \(place): \(name) at \(step.step)")
        }
      }
      let best = try #require(ReferenceNetwork(rest.outcome.bestWeights ?? [])).measure(data.val)
      let chosen = reference.compactMap { $0.epoch > 0 ? $0.values["val/loss"] : nil }.min() ?? 0
      #expect(abs(best.loss - chosen) < 1e-4)
    }
  }

  @Test func patienceEndsARunAndOutranksAHold() throws {
    let data = try HandMadeData()
    let configuration = try handMadeRun {
      $0.train.learningRate = 0.9
      $0.train.duration = .epochs(60)
      $0.train.earlyStopping = TrainConfiguration.EarlyStopping(patience: 3)
    }
    let told = try HandMadeTraining(configuration, data.prepared)
    let best = try #require(told.chosen.last?.epoch)
    #expect(told.outcome.status == .completed)
    #expect(told.outcome.message == "no better epoch in 3")
    #expect(told.steps.last?.epoch == best + 3)
    let losses = told.steps.dropFirst().compactMap { $0.values["val/loss"] }
    #expect(losses.firstIndex(of: losses.min() ?? 0) == best - 1)
    // Held where its patience is over anyway, it is whole.
    let held = try HandMadeTraining(configuration, data.prepared) { $0.lastEpoch = best + 3 }
    #expect(held.outcome.status == .completed)
    let state = try HandMadeTraining(configuration, data.prepared) { $0.lastEpoch = best + 2 }
    #expect(state.outcome.status == .stopped)
    let rest = try HandMadeTraining(
      configuration, data.prepared, from: state.states.last)
    #expect(rest.outcome.message == "no better epoch in 3")
    #expect(rest.steps.map(\.epoch) == [best + 3])
  }

  @Test func theControlTellsHowFarARunIs() throws {
    let data = try HandMadeData()
    let configuration = try handMadeRun {
      $0.train.learningRate = 0.9
      $0.train.duration = .epochs(6)
    }
    let control = RunControl()
    #expect(control.updates == 0 && control.plannedUpdates == 0 && control.epochs == 0)
    #expect(control.requestedEnding == nil)
    let told = try HandMadeTraining(configuration, data.prepared, control: control) {
      $0.checkpointSeconds = 0
    }
    #expect(control.updates == 36 && control.plannedUpdates == 36 && control.epochs == 6)
    #expect(
      told.chosen.last?.value == told.steps.dropFirst().compactMap { $0.values["val/loss"] }.min())
    // Within the third epoch, taken up again by another process.
    let state = try #require(told.states.first { $0.position.updates == 15 })
    let again = RunControl()
    let seen = Mutex<[[Double]]>([])
    _ = try HandMadeTraining(configuration, data.prepared, control: again, from: state) {
      $0.watchWeights = { _ in
        let now = [Double(again.updates), Double(again.epochs)]
        seen.withLock { $0.append(now) }
      }
    }
    #expect(seen.withLock { $0.first } == [15, 2])
    #expect(seen.withLock { $0.count } == 21)
    again.end(as: .stopped)
    #expect(again.requestedEnding == .stopped)
    again.end(as: .interrupted)
    #expect(again.requestedEnding == .interrupted)
  }

  @Test func whatIsAskedToEndSaysSo() throws {
    let data = try HandMadeData()
    for status in [RunStatus.stopped, .interrupted] {
      let control = RunControl()
      control.end(as: status)
      let told = try HandMadeTraining(handMadeRun(), data.prepared, control: control)
      #expect(told.outcome.status == status)
      #expect(told.outcome.message == nil)
      #expect(told.outcome.updates == 0)
      #expect(told.states.isEmpty)  // It keeps none: it was not told how often.
      #expect(told.outcome.weights == told.first)
    }
  }

  @Test func weightsAreShownAndKeptAfterTheEpochsAskedFor() throws {
    let data = try HandMadeData()
    let kind = RunTrainerMetricsTests.Case.exponential
    let seen = Mutex<[[Float]]>([])
    let kept = Mutex<[Int: [NamedTensor]]>([:])
    let told = try HandMadeTraining(
      RunTrainerMetricsTests.configuration(kind), data.prepared
    ) {
      $0.watchWeights = { weights in seen.withLock { $0.append(weights) } }
      $0.keepWeights = { epoch, weights in kept.withLock { $0[epoch] = weights } }
      $0.keptEpochs = [2, 5, 99]
    }
    let start = try #require(ReferenceNetwork(told.first))
    let reference = RunTrainerMetricsTests.reference(kind)
      .run(start, train: data.train, val: data.val, test: data.test)
    #expect(kept.withLock { $0.keys.sorted() } == [2, 5])
    for (epoch, weights) in kept.withLock({ $0 }) {
      let found = try #require(ReferenceNetwork(weights)).flat
      let wanted = try #require(reference.first { $0.epoch == epoch }).weights
      #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < RunTrainerMetricsTests.tolerance })
    }
    let vectors = seen.withLock { $0 }
    #expect(vectors.count == 43)  // before the first of 42 updates, and after each
    // The vector has zeros between the parameters.
    func numbers(_ vector: [Float]?) -> [Float] { (vector ?? []).filter { $0 != 0 }.sorted() }
    #expect(numbers(vectors.first) == numbers(told.first.flatMap(\.values)))
    #expect(numbers(vectors.last) == numbers(told.outcome.weights.flatMap(\.values)))
  }
}
