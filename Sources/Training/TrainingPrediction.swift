public import Datasets
import NeuralNet
public import Runs
import Tracking

/// How long runs will take and how much disk they will fill, before they begin.
///
/// A few updates of each distinct network, batch and optimizer are timed on the real core; of very
/// many distinct ones some are timed and the others take the mean of those. Runs that end early make
/// it too long, other work on the machine too short.
public struct TrainingPrediction: Sendable {
  /// Seconds of training of all runs together, on one core.
  public private(set) var coreSeconds = 0.0
  /// Bytes that the store and the runs' files will grow by.
  public private(set) var bytes = 0.0

  /// What is timed once: configurations that differ elsewhere take the same time.
  private struct Work: Hashable {
    let data: DataConfiguration
    let layers: [LayerSpec]
    let optimizer: String
    let batch: TrainConfiguration.BatchSize
  }

  private static let mostTimed = 40

  private struct Network: Hashable {
    let layers: [LayerSpec]
    let input: [Int]
  }

  /// The costs of a run; where it has very many rows, measured on fewer.
  private static func timed(
    _ run: NetworkRun, _ shape: DataShape, _ library: DataLibrary
  ) throws -> Calibration {
    guard let fewer = run.data.ofFewerRows(shape) else {
      return try Calibration(run, data: library.prepare(run.data))
    }
    var short = run
    short.data = fewer
    let data = try library.prepare(fewer)
    let cost = try Calibration(short, data: data)
    let batches =
      Double(run.length(trainRows: shape.trainRows).batchRows)
      / Double(max(1, run.length(trainRows: data.train.rows).batchRows))
    return Calibration(
      updateSeconds: cost.updateSeconds * batches,
      evaluationSeconds: cost.evaluationSeconds * Double(shape.trainRows)
        / Double(max(1, data.train.rows)))
  }

  /// Predicts the work of runs.
  ///
  /// - Throws: what keeps the data from being read or a network from being made.
  public init(_ runs: [NetworkRun], library: DataLibrary) throws {
    var timed: [Work: Calibration] = [:]
    var sizes: [Network: Int] = [:]
    for run in runs {
      let data = try library.shape(of: run.data)
      let work = Work(
        data: run.data, layers: run.layers, optimizer: run.train.optimizer.name,
        batch: run.train.batchSize)
      if timed[work] == nil, timed.count < Self.mostTimed {
        timed[work] = try Self.timed(run, data, library)
      }
      let cost = timed[work] ?? Self.mean(Array(timed.values))
      let length = run.length(trainRows: data.trainRows)
      coreSeconds +=
        Double(length.updates) * cost.updateSeconds
        + Double(length.epochs) * cost.evaluationSeconds
      let network = Network(layers: run.layers, input: data.featureShape)
      let size =
        try sizes[network] ?? Graph(run.layers, input: Shape(data.featureShape)).parameterCount
      sizes[network] = size
      bytes += Self.bytes(run, data, length, parameters: size)
    }
  }

  private static func mean(_ costs: [Calibration]) -> Calibration {
    let count = Double(max(1, costs.count))
    return Calibration(
      updateSeconds: costs.reduce(0) { $0 + $1.updateSeconds } / count,
      evaluationSeconds: costs.reduce(0) { $0 + $1.evaluationSeconds } / count)
  }

  /// A point takes about 24 bytes; a run's rows about 4000; its weights are kept twice, and up to
  /// four times more in the state from which a longer run goes on.
  private static func bytes(
    _ run: NetworkRun, _ data: DataShape, _ length: RunLength, parameters: Int
  ) -> Double {
    let metrics = run.metrics(of: data)
    let ofBatches = metrics.count { $0 == .batchLoss || $0 == .batchAccuracy }
    var points = Double(length.epochs) * Double(metrics.count - ofBatches)
    if let every = run.train.log.everyUpdates {
      points += Double(length.updates / every * ofBatches)
    }
    let copies = Schedules.isOpenEnded(run.train.schedule) ? 6.0 : 2.0
    return points * 24 + 4000 + copies * 4 * Double(parameters)
  }
}
