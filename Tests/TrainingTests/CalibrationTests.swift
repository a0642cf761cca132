import Datasets
import Experiments
import NeuralNet
import Runs
import TestSupport
import Testing
import Training

/// Times are measured; what is known of them is which is by far the greater.
@Suite struct CalibrationTests {
  private func calibration(
    train: Int, val: Int, batch: TrainConfiguration.BatchSize, epochs: Int = 1
  ) throws -> Calibration {
    let data = try HandMadeData(rows: (train: train, val: val, test: 3))
    let configuration = try handMadeRun {
      $0.train.batchSize = batch
      $0.train.duration = .epochs(epochs)
      $0.train.log = TrainConfiguration.Log()
    }
    return try Calibration(configuration, data: data.prepared, budgetSeconds: 0.001)
  }

  @Test func evaluationsAndUpdatesAreNotMistakenForEachOther() throws {
    let judging = try calibration(train: 6, val: 2_000, batch: .rows(1))
    #expect(judging.evaluationSeconds > 5 * judging.updateSeconds)
    let training = try calibration(train: 2_000, val: 3, batch: .full)
    #expect(training.updateSeconds > 5 * training.evaluationSeconds)
    // Of the time of one update, not of an epoch of hundreds.
    let small = try calibration(train: 2_000, val: 3, batch: .rows(6))
    #expect(training.updateSeconds > 20 * small.updateSeconds)
  }

  /// Whatever a run's own length is, an update takes as long.
  @Test func aRunWithoutUpdatesIsTimedAsIfItHadSome() throws {
    #expect(try calibration(train: 60, val: 3, batch: .rows(6), epochs: 0).updateSeconds > 0)
    let known = Calibration(updateSeconds: 1, evaluationSeconds: 2)
    #expect(known.updateSeconds == 1 && known.evaluationSeconds == 2)
  }
}
