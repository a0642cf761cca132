public import Datasets
import NeuralNet
public import Runs
public import TensorKernels
public import Tracking

/// How long a run's updates and evaluations take, measured on the real core for a few milliseconds.
public struct Calibration: Sendable {
  /// Seconds of one update.
  public let updateSeconds: Double
  /// Seconds of the evaluations after one epoch.
  public let evaluationSeconds: Double

  /// Makes a calibration of known times.
  public init(updateSeconds: Double, evaluationSeconds: Double) {
    self.updateSeconds = updateSeconds
    self.evaluationSeconds = evaluationSeconds
  }

  /// Times some updates and one evaluation of a network.
  ///
  /// - Parameter threads: how many threads compute.
  /// - Throws: as `RunTrainer` does.
  public init(
    _ run: NetworkRun, data: PreparedData, threads: ThreadAllowance = .one,
    budgetSeconds: Double = 0.02
  ) throws(LabbookError) {
    var short = run
    short.train.duration = .epochs(1)
    let team = ThreadTeam()
    team.allow(threads)
    let planned = short
    let trainer = try team.compute { () throws(LabbookError) in
      try RunTrainer(planned, objective: Objective(.trainLoss, .minimize), data: data)
    }
    (updateSeconds, evaluationSeconds) = KernelEnvironment.flushingDenormals {
      trainer.calibrate(budgetSeconds: budgetSeconds)
    }
  }

  /// Seconds of a run of some length.
  func seconds(of length: RunLength) -> Double {
    Double(length.updates) * updateSeconds + Double(length.epochs) * evaluationSeconds
  }
}

extension RunTrainer {
  /// Seconds of an update and of the evaluations of an epoch.
  ///
  /// The first update warms the caches and does not count.
  fileprivate func calibrate(budgetSeconds: Double) -> (update: Double, evaluation: Double) {
    let clock = ContinuousClock()
    var start = clock.now
    // The first one warms the caches; of short ones the least of three counts, so that a thread that was
    // held up once is not taken for slow.
    var evaluation = Double.infinity
    for _ in 0..<3 where evaluation == .infinity || evaluation < budgetSeconds {
      start = clock.now
      _ = evaluate()
      evaluation = min(evaluation, (clock.now - start) / .seconds(1))
    }
    guard plannedUpdates > 0 else { return (0, evaluation) }
    let places = 0..<min(train.rows, length.batchRows)
    program.bind(train)
    _ = program.step(places, rate: 0)
    start = clock.now
    var updates = 0
    var seconds = 0.0
    repeat {
      _ = program.step(places, rate: 0)
      updates += 1
      seconds = (clock.now - start) / .seconds(1)
    } while seconds < budgetSeconds && updates < 10_000
    return (seconds / Double(updates), evaluation)
  }
}
