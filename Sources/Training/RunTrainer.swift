public import Datasets
public import Experiments
import Foundation
import NeuralNet
import TensorKernels
public import Tracking

/// Trains one planned run and tells what happens as events; knows no store and no file format.
///
/// One thread at a time uses it. Its numbers depend on the configuration and the data alone.
public final class RunTrainer {
  /// Where the run stands.
  public private(set) var position = TrainingPosition()

  let configuration: RunConfiguration
  let program: NetworkProgram<Float>
  let train: NetworkData
  let schedule: Schedule
  let parts: [EvaluatedPart]
  private let order: RowOrder?
  private let batchRows: Int
  private var bestVector: [Float]?

  /// Updates of the whole run, if it does not end early.
  public let plannedUpdates: Int

  /// Plans the run and sets its first weights.
  ///
  /// - Throws: what keeps the network from being made: layers that do not fit, an init file that
  ///   cannot be read or holds other parameters.
  public init(_ configuration: RunConfiguration, data: PreparedData) throws(LabbookError) {
    let settings = configuration.train
    self.configuration = configuration
    train = data.train.networkData
    batchRows = max(1, settings.batchSize.count(of: train.rows))
    let perEpoch = (train.rows + batchRows - 1) / batchRows
    plannedUpdates = settings.plannedUpdates(perEpoch: perEpoch)
    schedule = Schedule(
      settings.schedule, rate: settings.learningRate, updatesPerEpoch: perEpoch,
      totalUpdates: plannedUpdates)
    program = NetworkProgram(
      try Self.plan(
        configuration, data, batchRows, isTrained: plannedUpdates > 0,
        cyclesMomentum: schedule.cyclesMomentum))
    position.plateau = schedule.start
    if settings.initializer.name == "file" {
      try program.initialize(from: Safetensors.read(path: settings.initializer.text("path")))
    } else {
      program.initialize(settings.initializer, seed: settings.seed)
    }
    order = settings.shuffle == .never ? nil : RowOrder(count: train.rows)
    parts = settings.loss == nil ? [] : EvaluatedPart.all(of: data)
  }

  private static func plan(
    _ configuration: RunConfiguration, _ data: PreparedData, _ batchRows: Int, isTrained: Bool,
    cyclesMomentum: Bool
  ) throws(LabbookError) -> NetworkPlan {
    let settings = configuration.train
    let graph: Graph
    do throws(GraphErrors) {
      graph = try Graph(configuration.layers, input: Shape(data.shape.featureShape))
    } catch { throw .input("The network '\(configuration.modelName)' does not fit: \(error)") }
    return NetworkPlan(
      graph: graph, loss: settings.loss, optimizer: isTrained ? settings.optimizer : nil,
      weightDecay: settings.weightDecay, l1: settings.l1, clipNorm: settings.clipNorm,
      measuresNorm: settings.log.gradNorm, measuresLayers: settings.log.layers && isTrained,
      cyclesMomentum: cyclesMomentum, batchRows: batchRows, seed: settings.seed)
  }

  /// Trains to the end, or until the control asks to end.
  ///
  /// - Parameters:
  ///   - control: takes the progress, and may ask the run to end before its next update.
  ///   - tell: takes the events, on the calling thread.
  public func run(_ control: RunControl, _ tell: (RunEvent) -> Void) -> RunOutcome {
    KernelEnvironment.flushDenormals()
    control.plan(updates: plannedUpdates)
    if position.epoch == 0 { measureBeforeTraining(control, tell) }
    while position.updates < plannedUpdates {
      let start = ContinuousClock.now
      let ending = trainEpoch(control, tell)
      position.seconds += (ContinuousClock.now - start) / .seconds(1)
      if let ending { return outcome(ending.status, ending.message) }
    }
    return outcome(.completed, nil)
  }

  /// Why a run ends before its last update.
  private struct Ending {
    let status: RunStatus
    let message: String?
  }

  private func measureBeforeTraining(_ control: RunControl, _ tell: (RunEvent) -> Void) {
    let points = evaluate()
    if !points.isEmpty { tell(.points(points)) }
    if plannedUpdates == 0 { choose(among: points, control, tell) }
  }

  /// Trains an epoch, or what is left of it, and measures it; the run's end where it comes early.
  private func trainEpoch(_ control: RunControl, _ tell: (RunEvent) -> Void) -> Ending? {
    beginEpoch()
    while position.rows < train.rows, position.updates < plannedUpdates {
      if let status = control.requestedEnding { return Ending(status: status, message: nil) }
      let isFinite = update(tell)
      control.report(updates: position.updates)
      if !isFinite {
        tell(.points(trainingPoints()))
        return diverged("the training loss was not finite")
      }
    }
    let points = trainingPoints() + layerPoints(lastBatch) + evaluate()
    tell(.points(points))
    control.report(epochs: position.epoch)
    if let bad = points.first(where: { isLoss($0.metric) && !$0.value.isFinite }) {
      return diverged("\(bad.metric) was not finite")
    }
    choose(among: points, control, tell)
    if let value = points.first(where: { $0.metric == configuration.objective.metric })?.value {
      schedule.observe(value, configuration.objective.direction, &position.plateau)
    }
    position.rows = train.rows
    return isPatienceOver
      ? Ending(status: .completed, message: "no better epoch in \(patience ?? 0)") : nil
  }

  private func isLoss(_ metric: Metric) -> Bool {
    metric.name == "loss" || metric.name.hasSuffix("/loss")
  }

  private func diverged(_ why: String) -> Ending {
    Ending(
      status: .diverged,
      message: "\(why) after update \(position.updates) in epoch \(position.epoch)")
  }

  /// Begins the next epoch, unless the position is within one.
  private func beginEpoch() {
    if position.epoch == 0 || position.rows >= train.rows {
      position.epoch += 1
      position.rows = 0
      position.sums = EpochSums()
    }
    let seed = configuration.train.seed
    switch configuration.train.shuffle {
    case .everyEpoch: order?.shuffle(seed: seed, draw: position.epoch)
    case .once: order?.shuffle(seed: seed, draw: 1)
    case .never: break
    }
    program.bind(train, order: order)
  }

  /// Does one update; whether its loss was finite.
  private func update(_ tell: (RunEvent) -> Void) -> Bool {
    let places = position.rows..<min(position.rows + batchRows, train.rows)
    let rate = schedule.rate(
      update: position.updates, epoch: position.epoch, plateau: position.plateau)
    let result = program.step(
      places, rate: rate, momentum: schedule.momentum(update: position.updates))
    position.rows = places.upperBound
    position.updates += 1
    position.sums.add(result, rows: places.count, rate: rate)
    if let every = configuration.train.log.everyUpdates, position.updates % every == 0 {
      tell(.points(batchPoints(result, rows: places.count)))
    }
    return result.lossSum.isFinite
  }

  /// Keeps the weights where the objective is better than before.
  private func choose(
    among points: [MetricPoint], _ control: RunControl, _ tell: (RunEvent) -> Void
  ) {
    let objective = configuration.objective
    guard let value = points.first(where: { $0.metric == objective.metric })?.value,
      !value.isNaN
    else { return }
    if let best = position.best, !objective.direction.isBetter(value, than: best.value) { return }
    position.best = TrainingPosition.Best(
      epoch: position.epoch, step: position.updates, value: value)
    bestVector = program.parameterVector
    control.report(bestObjective: value)
    tell(.chosen(step: position.updates, epoch: position.epoch))
  }

  /// The rows of the update that was done last.
  private var lastBatch: Range<Int> {
    max(0, (position.rows - 1) / batchRows * batchRows)..<position.rows
  }

  private var patience: Int? { configuration.train.earlyStopping?.patience }

  private var isPatienceOver: Bool {
    guard let patience else { return false }
    return position.epoch - (position.best?.epoch ?? 0) >= patience
  }

  private func outcome(_ status: RunStatus, _ message: String?) -> RunOutcome {
    let weights = program.namedTensors
    var bestWeights: [NamedTensor]?
    if let bestVector {
      let last = program.parameterVector
      program.parameterVector = bestVector
      bestWeights = program.namedTensors
      program.parameterVector = last
    }
    return RunOutcome(
      status: status, message: message, durationSeconds: position.seconds, weights: weights,
      bestWeights: bestWeights, updates: position.updates)
  }
}
