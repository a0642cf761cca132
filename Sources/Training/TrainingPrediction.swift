public import Datasets
import NeuralNet
public import Runs
import TensorKernels
import Tracking

/// How long runs will take and how much disk they will fill, before they begin.
///
/// A few updates of each distinct network, batch and optimizer are timed on the real core; of very
/// many distinct ones some are timed and the others take the mean of those. Runs that end early make
/// it too long, other work on the machine too short.
public struct TrainingPrediction: Sendable {
  /// Seconds of training of all runs together, on one core.
  public private(set) var coreSeconds = 0.0
  /// The same where each run has as many threads as the last runs of all have cores.
  private var sharedSeconds = 0.0
  private var runs = 0
  private let cores: Int
  /// Bytes that the store and the runs' files will grow by.
  public private(set) var bytes = 0.0

  private static let mostTimed = 40

  /// What is known of runs that do the same work.
  private struct Known {
    let work: NetworkWork
    let data: DataShape
    /// `nil` where very many others were timed.
    let cost: Calibration?
    /// The same with the threads that a run has when fewer are left than there are cores.
    let shared: Calibration?
    let parameters: Int
  }

  /// The costs of a run; where it has very many rows, measured on fewer.
  private static func timed(
    _ run: NetworkRun, _ shape: DataShape, _ library: DataLibrary, threads: Int
  ) throws -> Calibration {
    let threads = ThreadAllowance(threads)
    guard let fewer = run.data.ofFewerRows(shape) else {
      return try Calibration(run, data: library.prepare(run.data), threads: threads)
    }
    var short = run
    short.data = fewer
    let data = try library.prepare(fewer)
    let cost = try Calibration(short, data: data, threads: threads)
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
  /// - Parameters:
  ///   - cores: those that the runs have together.
  ///   - costs: what was timed for other predictions.
  /// - Throws: what keeps the data from being read or a network from being made.
  public init(
    _ runs: some Collection<NetworkRun>, library: DataLibrary, cores: Int = 1,
    costs: MeasuredCosts = MeasuredCosts()
  ) throws {
    self.cores = max(1, cores)
    let left = runs.count % self.cores
    let threads = left > 0 ? self.cores / left : 1
    var known: [NetworkWork: Known] = [:]
    var (timed, timedShared): ([Calibration], [Calibration]) = ([], [])
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
        let isTimed = timed.count < Self.mostTimed || costs.has(work)
        func cost(_ threads: Int) throws -> Calibration {
          try costs.cost(of: work, threads: threads) {
            try Self.timed(run, data, library, threads: threads)
          }
        }
        let own = isTimed ? try cost(1) : nil
        let shared = isTimed && threads > 1 ? try cost(threads) : own
        if let own { timed.append(own) }
        if let shared { timedShared.append(shared) }
        found = Known(
          work: work, data: data, cost: own, shared: shared,
          parameters: try Graph(run.layers, input: Shape(data.featureShape)).parameterCount)
        known[work] = found
      }
      last = found
      let cost = found.cost ?? Self.mean(timed)
      let length = run.length(trainRows: found.data.trainRows)
      coreSeconds += cost.seconds(of: length)
      sharedSeconds += (found.shared ?? Self.mean(timedShared)).seconds(of: length)
      self.runs += 1
      bytes += Self.bytes(run, found.data, length, parameters: found.parameters)
    }
  }

  /// Seconds from the first run's beginning to the last one's end: the cores are full while there are as
  /// many runs as cores, and those that are left share them.
  public var seconds: Double {
    guard runs > 0 else { return 0 }
    let left = runs % cores
    let full = Double(runs - left) / Double(runs)
    return coreSeconds * full / Double(cores) + (left > 0 ? sharedSeconds / Double(runs) : 0)
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
