public import Datasets
import Foundation
public import NeuralNet
public import Runs
import TensorKernels
public import Tracking

/// Trains one planned run and tells what happens as events; knows no store and no file format.
///
/// One thread at a time uses it; it computes with the team that is current. Its numbers depend on the
/// configuration and the data alone.
public final class RunTrainer {
  /// Where the run stands.
  public internal(set) var position = TrainingPosition()
  /// Seconds between two checkpoints; `nil` for a run that tells none.
  public var checkpointSeconds: Double?
  /// The epoch after which the run ends as stopped, with a checkpoint; `nil` for its whole length.
  public var lastEpoch: Int?
  /// Takes the flat vector of all parameters before the first update and after every one; `nil` where
  /// nobody looks, so that nothing is copied.
  public var watchWeights: (([Float]) -> Void)?
  /// Takes the parameters after an epoch that `keptEpochs` names; nothing else depends on it.
  public var keepWeights: ((_ epoch: Int, _ weights: [NamedTensor]) -> Void)?
  /// The epochs after which the parameters are kept for figures.
  public var keptEpochs: Set<Int> = []

  let run: NetworkRun
  private let objective: Objective
  let program: NetworkProgram<Float>
  let train: NetworkData
  let schedule: Schedule
  let parts: [EvaluatedPart]
  /// What is measured of the training part's outputs as they were trained; `nil` for nothing.
  let trainScores: PartScores?
  /// Whether the outputs of all of this epoch's rows are there.
  var hasEpochOutputs = true
  let order: RowOrder?
  /// How long the run trains.
  let length: RunLength
  let team = ThreadTeam.current
  var bestVector: [Float]?
  var watch = TrainingWatch()

  /// Updates of the whole run, if it does not end early.
  public var plannedUpdates: Int { length.updates }

  /// Plans the run and sets its first weights.
  ///
  /// - Parameter objective: what chooses the best epoch, patience and `plateau`.
  /// - Throws: what keeps the network from being made: layers that do not fit, an init file that
  ///   cannot be read or holds other parameters.
  public init(_ run: NetworkRun, objective: Objective, data: PreparedData) throws(LabbookError) {
    let run = run.resolved(on: data)
    let settings = run.train
    self.run = run
    self.objective = objective
    train = data.train.networkData
    length = run.length(trainRows: train.rows)
    schedule = Schedule(
      settings.schedule, rate: settings.learningRate, updatesPerEpoch: length.updatesPerEpoch,
      totalUpdates: length.updates)
    let plan = try Self.plan(run, data.shape, length, cyclesMomentum: schedule.cyclesMomentum)
    try MemoryNeed.check(plan, run.modelName)
    program = NetworkProgram(plan)
    let need = MemoryNeed(plan, run.modelName)
    program.grantsMemory = { need.leavesRoom(for: $0) }
    position.plateau = schedule.start
    if let path = Initializers.path(settings.initializer) {
      try program.initialize(from: Safetensors.read(path: path))
    } else {
      program.initialize(settings.initializer, seed: settings.seed)
    }
    // Where an update sees every row their order says nothing.
    let isOrdered = settings.shuffle == .never || length.batchRows >= train.rows
    order = isOrdered ? nil : RowOrder(count: train.rows)
    parts = settings.loss == nil ? [] : EvaluatedPart.all(of: data, run)
    trainScores = length.updates == 0 ? nil : PartScores("train", data.train, of: data, run)
  }

  static func plan(
    _ run: NetworkRun, _ shape: DataShape, _ length: RunLength, cyclesMomentum: Bool
  ) throws(LabbookError) -> NetworkPlan {
    let settings = run.train
    let isTrained = length.updates > 0
    let graph: Graph
    do throws(GraphErrors) {
      graph = try Graph(run.layers, input: Shape(shape.featureShape))
    } catch { throw .input("The network '\(run.modelName)' does not fit: \(error)") }
    return NetworkPlan(
      graph: graph, loss: settings.loss, optimizer: isTrained ? settings.optimizer : nil,
      weightDecay: settings.weightDecay, l1: settings.l1, clipNorm: settings.clipNorm,
      measuresNorm: settings.log.gradNorm, measuresLayers: settings.log.layers && isTrained,
      cyclesMomentum: cyclesMomentum, batchRows: length.batchRows, seed: settings.seed,
      augmentation: run.data.augmentation,
      keptRows: isTrained && run.scoresTraining(shape) ? shape.trainRows : 0)
  }

  /// Trains to the end, or until the control asks to end.
  ///
  /// - Parameters:
  ///   - control: takes the progress, and may ask the run to end before its next update.
  ///   - tell: takes the events, on the calling thread.
  public func train(_ control: RunControl, _ tell: (TrainingEvent) -> Void) -> RunOutcome {
    KernelEnvironment.flushingDenormals { trainWhole(control, tell) }
  }

  private func trainWhole(_ control: RunControl, _ tell: (TrainingEvent) -> Void) -> RunOutcome {
    control.plan(updates: plannedUpdates)
    takeThreads(control)
    if position.epoch == 0 {
      measureBeforeTraining(control, tell)
    } else {
      control.report(updates: position.updates)
      control.report(epochs: max(0, position.epoch - 1))
    }
    if position.updates == 0 { watchWeights?(program.parameterVector) }
    watch.start()
    while position.updates < plannedUpdates {
      if isHeld {
        tell(.checkpoint(state))
        return outcome(.stopped, "after epoch \(position.epoch)")
      }
      let ending = isPatienceOver ? patienceOver : trainEpoch(control, tell)
      position.seconds += watch.lap()
      if let ending { return outcome(ending.status, ending.message) }
    }
    return outcome(.completed, isPatienceOver ? patienceOver.message : nil)
  }

  /// Why a run ends before its last update.
  private struct Ending {
    let status: RunStatus
    let message: String?
  }

  private func measureBeforeTraining(_ control: RunControl, _ tell: (TrainingEvent) -> Void) {
    let points = evaluate()
    if !points.isEmpty { report(points, tell) }
    if plannedUpdates == 0 { choose(among: points, control, tell) }
  }

  /// Trains an epoch, or what is left of it, and measures it; the run's end where it comes early.
  private func trainEpoch(_ control: RunControl, _ tell: (TrainingEvent) -> Void) -> Ending? {
    beginEpoch()
    while position.rows < train.rows, position.updates < plannedUpdates {
      if let status = control.requestedEnding {
        if checkpointSeconds != nil { tell(.checkpoint(state)) }
        return Ending(status: status, message: nil)
      }
      saveWhereDue(tell)
      takeThreads(control)
      let isFinite = update(tell)
      control.report(updates: position.updates)
      if !isFinite {
        report(trainingPoints(), tell)
        return diverged("the training loss was not finite")
      }
    }
    let points = trainingPoints() + layerPoints(lastBatch) + evaluate()
    report(points, tell)
    control.report(epochs: position.epoch)
    if let bad = points.first(where: { isLoss($0.metric) && !$0.value.isFinite }) {
      return diverged("\(bad.metric) was not finite")
    }
    choose(among: points, control, tell)
    if let value = points.first(where: { $0.metric == objective.metric })?.value {
      schedule.observe(value, objective.direction, &position.plateau)
    }
    position.rows = train.rows
    if keptEpochs.contains(position.epoch) {
      keepWeights?(position.epoch, program.namedTensors)
    }
    saveWhereDue(tell)
    return isPatienceOver ? patienceOver : nil
  }

  private func report(_ points: [MetricPoint], _ tell: (TrainingEvent) -> Void) {
    position.points += points.count
    tell(.points(points))
  }

  /// Tells a checkpoint where the last one is old enough.
  private func saveWhereDue(_ tell: (TrainingEvent) -> Void) {
    if let checkpointSeconds, watch.isDue(after: checkpointSeconds) { tell(.checkpoint(state)) }
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
      hasEpochOutputs = true
    }
    let seed = run.train.seed
    switch run.train.shuffle {
    case .everyEpoch: order?.shuffle(seed: seed, draw: position.epoch)
    case .once: order?.shuffle(seed: seed, draw: 1)
    case .never: break
    }
    program.bind(train, order: order)
  }

  /// Does one update; whether its loss was finite.
  private func update(_ tell: (TrainingEvent) -> Void) -> Bool {
    let places = position.rows..<min(position.rows + length.batchRows, train.rows)
    let rate = schedule.rate(
      update: position.updates, epoch: position.epoch, plateau: position.plateau)
    let result = program.step(
      places, rate: rate, momentum: schedule.momentum(update: position.updates))
    position.rows = places.upperBound
    position.updates += 1
    watchWeights?(program.parameterVector)
    position.sums.add(result, rows: places.count, rate: rate)
    if let every = run.train.log.everyUpdates, position.updates % every == 0 {
      report(batchPoints(result, rows: places.count), tell)
    }
    return result.lossSum.isFinite
  }

  /// Keeps the weights where the objective is better than before.
  private func choose(
    among points: [MetricPoint], _ control: RunControl, _ tell: (TrainingEvent) -> Void
  ) {
    guard let value = points.first(where: { $0.metric == objective.metric })?.value,
      !value.isNaN
    else { return }
    if let best = position.best, !objective.direction.isBetter(value, than: best.value) { return }
    position.best = TrainingPosition.Best(
      epoch: position.epoch, step: position.updates, value: value)
    bestVector = program.parameterVector
    tell(.chosen(step: position.updates, epoch: position.epoch, value: value))
  }

  /// The rows of the update that was done last.
  private var lastBatch: Range<Int> {
    max(0, (position.rows - 1) / length.batchRows * length.batchRows)..<position.rows
  }

  /// Whether the run is to go no further, though neither its length nor its patience is over.
  private var isHeld: Bool {
    guard let lastEpoch, !isPatienceOver else { return false }
    return position.epoch >= lastEpoch && position.rows >= train.rows
  }

  private var patience: Int? { run.train.earlyStopping?.patience }

  private var isPatienceOver: Bool {
    guard let patience, position.epoch > 0, position.rows >= train.rows else { return false }
    return position.epoch - (position.best?.epoch ?? 0) >= patience
  }

  private var patienceOver: Ending {
    Ending(status: .completed, message: "no better epoch in \(patience ?? 0)")
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
