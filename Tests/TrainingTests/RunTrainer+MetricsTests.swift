import Experiments
import Foundation
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking
import Training

/// Every number that a run measures, through whole runs, against the same training written out in
/// double precision: losses, accuracies, rates, norms, layers, weights, best epochs.
@Suite struct RunTrainerMetricsTests {
  /// A run and its witness.
  struct Case: Sendable, CustomStringConvertible {
    let name: String
    var description: String { name }

    /// Penalties, clipping, momentum, a cosine with a warm-up of part of an epoch, batches too.
    static let cosine = Case(name: "cosine")
    /// Steps that end within an epoch, one order for all, a maximised objective.
    static let step = Case(name: "step")
    /// A rate that follows a maximised objective; the rows in the order of the file.
    static let plateau = Case(name: "plateau")
    static let exponential = Case(name: "exponential")
    /// All rows at once.
    static let linear = Case(name: "linear")
    /// Momentum that goes the other way than the rate.
    static let oneCycle = Case(name: "one-cycle")
    /// A target of numbers.
    static let numbers = Case(name: "numbers")
    static let all = [cosine, step, plateau, exponential, linear, oneCycle, numbers]
  }

  /// Single precision rounds each number at 6e-8; over some forty updates of a few hundred numbers
  /// that adds up to no more than this.
  static let tolerance = 5e-5

  @Test(arguments: Case.all)
  func everyMeasuredValueIsTheWitnesss(_ kind: Case) throws {
    let data = try HandMadeData(isRegression: kind.name == "numbers")
    let configuration = try Self.configuration(kind)
    let begin = Int64(Date().timeIntervalSince1970 * 1000)
    let told = try HandMadeTraining(configuration, data.prepared)
    let end = Int64(Date().timeIntervalSince1970 * 1000)
    let start = try #require(ReferenceNetwork(told.first))
    let reference = Self.reference(kind)
      .run(start, train: data.train, val: data.val, test: data.test)
    #expect(told.steps.map(\.step) == reference.map(\.step))
    #expect(told.steps.map(\.epoch) == reference.map(\.epoch))
    for (step, expected) in zip(told.steps, reference) {
      let isOwn = { (name: String) in ["rmse", "mae", "r2"].contains { name.hasSuffix("/" + $0) } }
      #expect(Set(step.names.filter { !isOwn($0) }) == Set(expected.values.keys))
      // The loss is the mean of the squares.
      for part in ["train", "val", "test"]
      where kind.name == "numbers" && (part != "train" || step.epoch > 0) {
        let (rmse, loss) = (step.values[part + "/rmse"] ?? .nan, step.values[part + "/loss"] ?? 0)
        #expect(abs(rmse * rmse - loss) <= 1e-5 * max(1, loss))
        #expect(step.values[part + "/mae"].map { $0 <= rmse && $0 > 0 } == true)
        #expect(step.values[part + "/r2"].map { $0 <= 1 } == true)
      }
      #expect(step.times.allSatisfy { (begin...end).contains($0) })
      for (name, value) in expected.values {
        let found = step.values[name] ?? .nan
        // Rates are doubles throughout, shares count rows and numbers: all of these are exact.
        let isExact = name == "lr" || name.hasSuffix("accuracy") || name.hasSuffix("/small")
        let bound = isExact ? 1e-12 : Self.tolerance * max(1, abs(value))
        #expect(abs(found - value) <= bound, "\(name) at \(step.step): \(found), not \(value)")
      }
    }
    expectNear(told.outcome.weights, try #require(reference.last).weights)
    #expect(told.outcome.updates == reference.last?.step)
    #expect(told.outcome.status == .completed)
    #expect(told.outcome.message == nil)
    try expectBest(told, reference, configuration.objective, data)
  }

  /// The chosen epochs are those of the witness, and the best weights give the value that was told,
  /// by a forward pass of the witness.
  private func expectBest(
    _ told: HandMadeTraining, _ reference: [ReferenceTraining.Step], _ objective: Objective,
    _ data: HandMadeData
  ) throws {
    let name = objective.metric.name
    let sign = objective.direction == .maximize ? -1.0 : 1
    var chosen: [Int] = []
    var best = Double.infinity
    for step in reference where step.epoch > 0 {
      guard let value = step.values[name], sign * value < best else { continue }
      best = sign * value
      chosen.append(step.epoch)
    }
    #expect(told.chosen.map(\.epoch) == chosen)
    let epoch = try #require(chosen.last)
    let at = try #require(reference.last { $0.epoch == epoch })
    #expect(told.chosen.last?.step == at.step)
    let weights = try #require(told.outcome.bestWeights)
    expectNear(weights, at.weights)
    let measured = try #require(ReferenceNetwork(weights)).measure(data.val)
    let stored = told.steps.last { $0.epoch == epoch }?.values[name] ?? .nan
    let again = name == "val/loss" ? measured.loss : measured.accuracy
    #expect(abs(again - stored) < 1e-5)  // the same weights, one pass in double precision
  }

  private func expectNear(_ tensors: [NamedTensor], _ weights: [Double]) {
    #expect(tensors.map(\.name).sorted() == ["0.bias", "0.weight", "2.bias", "2.weight"])
    let found = ReferenceNetwork(tensors)?.flat ?? []
    #expect(found.count == weights.count)
    let furthest = zip(found, weights).map { abs($0 - $1) }.max() ?? .infinity
    #expect(furthest < Self.tolerance)
  }

  /// That the samples are what the tests above need: rates that move, best epochs in the middle.
  @Test func theBestEpochsAreNeitherTheFirstNorTheLast() throws {
    for kind in [Case.cosine, .exponential, .oneCycle] {
      let told = try HandMadeTraining(Self.configuration(kind), HandMadeData().prepared)
      let last = try #require(told.steps.last)
      let best = try #require(told.chosen.last)
      #expect(best.epoch > 1 && best.epoch < last.epoch, "\(kind): \(best.epoch)")
      #expect(told.outcome.bestWeights != told.outcome.weights)
      #expect(Set(told.steps.compactMap { $0.values["lr"] }).count > 1)
    }
  }

  @Test func theMetricsOfAnEpochComeInThisOrder() throws {
    let data = try HandMadeData()
    let told = try HandMadeTraining(
      handMadeRun {
        $0.train.weightDecay = 0.1
        $0.train.duration = .epochs(1)
      }, data.prepared)
    #expect(told.steps[0].names == ["val/loss", "val/accuracy", "test/loss", "test/accuracy"])
    let layers = ["0", "1", "2"].flatMap {
      ["layer/\($0)/activation_mean", "layer/\($0)/activation_std"]
    }
    let parameters = ["0.weight", "0.bias", "2.weight", "2.bias"].flatMap {
      ["layer/\($0)/grad_norm", "layer/\($0)/small"]
    }
    #expect(
      told.steps[1].names
        == ["train/loss", "train/accuracy", "train/objective", "lr", "grad_norm"] + layers
        + parameters + ["val/loss", "val/accuracy", "test/loss", "test/accuracy"])
  }
}

extension RunTrainerMetricsTests {
  /// The run of a case; 46 rows in batches of 8 are 6 updates an epoch, the last one of 6 rows.
  static func configuration(_ kind: Case) throws -> RunConfiguration {
    try handMadeRun(outputs: kind.name == "numbers" ? 1 : 3) { run in
      func schedule(_ values: [String: ParameterValue]) throws -> Chosen {
        try chosen(kind.name, of: Schedules.all, values)
      }
      func momentum(_ value: Double) throws -> Chosen {
        try chosen("sgd", of: Optimizers.all, ["momentum": .number(value)])
      }
      switch kind.name {
      case "cosine":
        run.train.optimizer = try momentum(0.9)
        (run.train.weightDecay, run.train.l1) = (0.01, 0.002)
        run.train.clipNorm = 0.25
        run.train.schedule = try schedule(["min_lr": .number(0.01), "warmup": .number(1.5)])
        run.train.learningRate = 0.05
        run.train.duration = .epochs(6)
        run.train.log.everyUpdates = 4
      case "step":
        run.train.shuffle = .once
        run.train.weightDecay = 0.02
        run.train.schedule = try schedule(["step_size": .integer(2), "gamma": .number(0.3)])
        run.train.learningRate = 0.5
        run.train.duration = .steps(33)
        run.objective = Objective(.valAccuracy, .maximize)
      case "plateau":
        run.train.shuffle = .never
        run.train.learningRate = 0.5
        run.train.schedule = try schedule(["patience": .integer(0), "factor": .number(0.5)])
        run.train.duration = .epochs(7)
        run.objective = Objective(.valAccuracy, .maximize)
      case "exponential":
        run.train.l1 = 0.003
        run.train.learningRate = 0.3
        run.train.schedule = try schedule(["gamma": .number(0.8)])
        run.train.duration = .epochs(7)
      case "linear":
        run.train.batchSize = .full
        run.train.learningRate = 1
        run.train.schedule = try schedule(["end_lr": .number(0.1), "warmup": .number(2)])
        run.train.duration = .epochs(7)
      case "one-cycle":
        run.train.optimizer = try momentum(0.9)
        run.train.learningRate = 0.05
        run.train.schedule = try schedule([:])
        run.train.duration = .epochs(7)
      default:
        run.train.optimizer = try momentum(0.5)
        run.train.learningRate = 0.02
      }
    }
  }

  /// The same written out again, with the rates by the contract's formulas.
  static func reference(_ kind: Case) -> ReferenceTraining {
    var same = ReferenceTraining()
    same.batch = 8
    same.epochs = 7
    let seed = 3
    func drawn(_ draw: Int) -> [Int] {
      let order = RowOrder(count: 46)
      order.shuffle(seed: seed, draw: draw)
      return (0..<46).map { order[$0] }
    }
    same.order = { drawn($0) }
    switch kind.name {
    case "cosine":
      same.epochs = 6
      same.momentum = { _ in 0.9 }
      (same.weightDecay, same.l1, same.clipNorm) = (0.01, 0.002, 0.25)
      same.everyUpdates = 4
      same.rate = { update, _, _ in  // 9 of 36 updates are warm-up.
        update < 9
          ? 0.05 * Double(update + 1) / 9
          : 0.01 + 0.04 * (1 + cos(Double.pi * Double(update - 9) / 27)) / 2
      }
    case "step":
      same.updates = 33
      same.weightDecay = 0.02
      same.order = { _ in drawn(1) }
      same.rate = { _, epoch, _ in 0.5 * pow(0.3, Double((epoch - 1) / 2)) }
    case "plateau":
      same.order = { _ in Array(0..<46) }
      same.objective = "val/accuracy"
      same.rate = { _, _, objectives in
        var (rate, best) = (0.5, 0.0)
        for value in objectives {
          if value > best * 1.0001 { best = value } else { rate /= 2 }
        }
        return rate
      }
    case "exponential":
      same.l1 = 0.003
      same.rate = { _, epoch, _ in 0.3 * pow(0.8, Double(epoch - 1)) }
    case "linear":
      same.batch = 46
      same.order = { _ in Array(0..<46) }
      same.rate = { update, _, _ in
        update < 2 ? Double(update + 1) / 2 : 1 - 0.9 * Double(update - 2) / 5
      }
    case "one-cycle":
      same.rate = { update, _, _ in
        oneCycle(update, first: 0.05 / 25, top: 0.05, last: 0.05 / 25 / 1e4)
      }
      same.momentum = { update in oneCycle(update, first: 0.95, top: 0.85, last: 0.95) }
    default:
      same.epochs = 5
      same.momentum = { _ in 0.5 }
      same.rate = { _, _, _ in 0.02 }
    }
    return same
  }

  /// torch's OneCycleLR over 42 updates: half a cosine up to update 0.3 * 42 - 1, one down to the last.
  private static func oneCycle(
    _ update: Int, first: Double, top: Double, last: Double
  ) -> Double {
    func half(_ from: Double, _ to: Double, _ share: Double) -> Double {
      to + (from - to) / 2 * (1 + cos(Double.pi * share))
    }
    let (place, middle) = (Double(update), 0.3 * 42 - 1)
    return place <= middle
      ? half(first, top, place / middle)
      : half(top, last, (place - middle) / (41 - middle))
  }
}
