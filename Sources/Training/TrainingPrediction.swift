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

  private static let mostTimed = 40

  /// What is known of runs that do the same work.
  private struct Known {
    let work: NetworkWork
    let data: DataShape
    /// `nil` where very many others were timed.
    let cost: Calibration?
    let parameters: Int
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
  public init(_ runs: some Sequence<NetworkRun>, library: DataLibrary) throws {
    var known: [NetworkWork: Known] = [:]
    var timed: [Calibration] = []
    var last: Known?
    for run in runs {
      let work = NetworkWork(run)
      let found: Known
      if let last, last.work == work {
        found = last
      } else if let earlier = known[work] {
        found = earlier
      } else {
        let data = try library.shape(of: run.data)
        let cost = timed.count < Self.mostTimed ? try Self.timed(run, data, library) : nil
        if let cost { timed.append(cost) }
        found = Known(
          work: work, data: data, cost: cost,
          parameters: try Graph(run.layers, input: Shape(data.featureShape)).parameterCount)
        known[work] = found
      }
      last = found
      let cost = found.cost ?? Self.mean(timed)
      let length = run.length(trainRows: found.data.trainRows)
      coreSeconds +=
        Double(length.updates) * cost.updateSeconds
        + Double(length.epochs) * cost.evaluationSeconds
      bytes += Self.bytes(run, found.data, length, parameters: found.parameters)
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
