import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking
import Training

/// Rows of twenty columns that a test knows number by number.
///
/// They are written as CSV files, one a part, and read by `Datasets`. The labels are partly wrong, so that a network that goes on learning them gets
/// worse on the others: the best epoch is not the last.
struct HandMadeData {
  let train: ReferenceRows
  let val: ReferenceRows
  let test: ReferenceRows
  let prepared: PreparedData

  static let columns = 20

  init(isRegression: Bool = false, rows: (train: Int, val: Int, test: Int) = (46, 15, 9)) throws {
    var random = Congruential(state: 12)
    let parts = [rows.train, rows.val, rows.test].map { count in
      Self.part(count, isRegression, &random)
    }
    (train, val, test) = (parts[0], parts[1], parts[2])
    let read = try parts.map { try Self.prepare($0) }
    prepared = Self.together(read[0], val: read[1].train, test: read[2].train)
  }

  /// Data of parts that were prepared on their own.
  static func together(_ train: PreparedData, val: Dataset?, test: Dataset?) -> PreparedData {
    let shape = DataShape(
      trainRows: train.train.rows, valRows: val?.rows ?? 0, testRows: test?.rows ?? 0,
      featureShape: train.shape.featureShape, columnNames: train.shape.columnNames,
      target: train.shape.target)
    return PreparedData(
      train: train.train, val: val, test: test, shape: shape, transform: train.transform,
      fingerprint: "made by hand")
  }

  /// Writes rows as a CSV file and reads them as training rows, in the same order.
  static func prepare(_ part: ReferenceRows) throws -> PreparedData {
    let path = NSTemporaryDirectory() + "labbook-test-" + RunID().description + ".csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let names = (0..<part.rows[0].count).map { "c\($0)" } + ["y"]
    let lines = zip(part.rows, part.targets).map { row, target in
      let written =
        switch target {
        case .label(let label): ["a", "b", "c"][label]
        case .number(let number): "\(number)"
        }
      return (row.map { "\($0)" } + [written]).joined(separator: ",")
    }
    let text = ([names.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let source = try chosen(
      "csv", of: Sources.all, ["path": .text(path), "target": .text("y")])
    return try DataLibrary().prepare(DataConfiguration(source: source))
  }

  /// Rows of multiples of 1/32, which single precision holds exactly; classes one after the other.
  private static func part(
    _ count: Int, _ isRegression: Bool, _ random: inout Congruential
  ) -> ReferenceRows {
    var part = ReferenceRows(rows: [], targets: [])
    for index in 0..<count {
      let label = index * 3 / count
      var row = (0..<columns).map { _ in Double(random.next(64) - 32) / 32 }
      for column in label * 3..<label * 3 + 3 { row[column] += 0.5 }
      part.rows.append(row)
      let isWrong = random.next(5) == 0
      part.targets.append(
        isRegression
          ? .number(row[0] - row[7] / 2 + Double(random.next(16)) / 16)
          : .label(isWrong ? (label + 1) % 3 : label))
    }
    return part
  }

  /// A plain generator, so that the rows do not come from the program's own.
  private struct Congruential {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }
}

/// A choice with all of its settings at their defaults but those given.
func chosen(
  _ name: String, of choices: [Choice], _ values: [String: ParameterValue] = [:]
) throws -> Chosen {
  let choice = try #require(choices.first { $0.name == name })
  let standard = choice.settings.compactMap { setting in
    setting.standard.map { (setting.name, $0) }
  }
  return Chosen(name, Dictionary(standard) { $1 }.merging(values) { $1 })
}

/// linear(6), tanh, linear(K) as `ReferenceNetwork` has it, trained by gradient descent.
func handMadeRun(
  outputs: Int = 3, _ change: (inout RunConfiguration) throws -> Void = { _ in }
) throws -> RunConfiguration {
  func linear(_ count: Int) throws -> LayerSpec {
    LayerSpec(try chosen("linear", of: Layers.all, ["outputs": .integer(count)]))
  }
  let train = TrainConfiguration(
    loss: try chosen(outputs == 1 ? "mse" : "cross-entropy", of: Losses.all),
    optimizer: try chosen("sgd", of: Optimizers.all), learningRate: 0.1, weightDecay: 0, l1: 0,
    clipNorm: nil, schedule: try chosen("constant", of: Schedules.all), batchSize: .rows(8),
    duration: .epochs(5), shuffle: .everyEpoch,
    initializer: try chosen("default", of: Initializers.all), earlyStopping: nil,
    log: TrainConfiguration.Log(layers: true, gradNorm: true), seed: 3)
  var run = RunConfiguration(
    data: DataConfiguration(source: Chosen("csv")), modelName: "by hand",
    layers: [
      try linear(6), LayerSpec(try chosen("tanh", of: Layers.all)), try linear(outputs),
    ],
    train: train, objective: Objective(.valLoss, .minimize), hyperparameters: [])
  try change(&run)
  return run
}

/// A training with everything it told, in order.
struct HandMadeTraining {
  struct Step {
    let step: Int
    let epoch: Int
    let names: [String]
    let values: [String: Double]
    let times: [Int64]
  }

  let first: [NamedTensor]
  private(set) var steps: [Step] = []
  private(set) var chosen: [(step: Int, epoch: Int, value: Double)] = []
  private(set) var states: [TrainingState] = []
  let outcome: RunOutcome
  let trainer: RunTrainer

  init(
    _ configuration: RunConfiguration, _ data: PreparedData, control: RunControl = RunControl(),
    from state: TrainingState? = nil, _ prepare: (RunTrainer) -> Void = { _ in }
  ) throws {
    var untrained = configuration
    untrained.train.duration = .epochs(0)
    first = try RunTrainer(untrained, data: data).train(RunControl()) { _ in }.weights
    trainer = try RunTrainer(configuration, data: data)
    if let state { try trainer.restore(state) }
    prepare(trainer)
    var steps: [Step] = []
    var chosen: [(step: Int, epoch: Int, value: Double)] = []
    var states: [TrainingState] = []
    outcome = trainer.train(control) { event in
      switch event {
      case .points(let points):
        #expect(points.allSatisfy { $0.step == points[0].step && $0.epoch == points[0].epoch })
        steps.append(
          Step(
            step: points[0].step, epoch: points[0].epoch, names: points.map(\.metric.name),
            values: Dictionary(uniqueKeysWithValues: points.map { ($0.metric.name, $0.value) }),
            times: points.map(\.timeMilliseconds)))
      case .chosen(let step, let epoch, let value): chosen.append((step, epoch, value))
      case .checkpoint(let state): states.append(state)
      }
    }
    self.steps = steps
    self.chosen = chosen
    self.states = states
  }
}
