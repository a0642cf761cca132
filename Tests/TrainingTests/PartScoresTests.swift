import Datasets
import Runs
import TestSupport
import Testing
import Training

/// Scores of the training part, by the outputs that its rows had as they were trained.
@Suite struct PartScoresTests {
  /// The training part is scored by its outputs as each row was trained: with all rows in one update,
  /// those are what the part measures before the update, so that with the same rows as the validation part
  /// an epoch's scores are the validation scores of the epoch before, to the bit.
  @Test(arguments: [true, false])
  func theTrainingPartIsScoredAsItWasTrained(isRegression: Bool) throws {
    let data = try HandMadeData(isRegression: isRegression).prepared
    let both = HandMadeData.together(data, val: data.train, test: nil)
    let told = try HandMadeTraining(
      handMadeRun(outputs: isRegression ? 1 : 3) {
        $0.train.batchSize = .full
        $0.train.log = TrainConfiguration.Log(
          metrics: isRegression ? [] : [.balancedAccuracy, .f1])
      }, both)
    let names = isRegression ? ["rmse", "mae", "r2"] : ["balanced_accuracy", "f1"]
    #expect(told.steps.count == 6)
    for (before, step) in zip(told.steps, told.steps.dropFirst()) {
      for name in names {
        let value = try #require(step.values["train/" + name])
        #expect(value == before.values["val/" + name], "\(name) in epoch \(step.epoch)")
      }
    }
    #expect(Set(told.steps.compactMap { $0.values["train/" + names[0]] }).count > 1)
  }

  /// At a rate of 0 nothing changes, whatever the order and the size of the batches.
  ///
  /// A score that took outputs for those of other rows would differ. Sums in another order differ by
  /// their rounding.
  @Test(arguments: [true, false])
  func scoresBelongToTheirRowsInEveryOrder(isRegression: Bool) throws {
    let data = try HandMadeData(isRegression: isRegression).prepared
    let both = HandMadeData.together(data, val: data.train, test: nil)
    let told = try HandMadeTraining(
      handMadeRun(outputs: isRegression ? 1 : 3) {
        $0.train.learningRate = 0
        $0.train.duration = .steps(9)  // the second epoch ends early
        $0.train.log = TrainConfiguration.Log(
          metrics: isRegression ? [] : [.balancedAccuracy, .f1])
      }, both)
    for name in isRegression ? ["rmse", "mae", "r2"] : ["balanced_accuracy", "f1"] {
      let value = try #require(told.steps[1].values["train/" + name])
      let judged = try #require(told.steps[1].values["val/" + name])
      #expect(abs(value - judged) < 1e-6, "\(name): \(value), \(judged)")
      // Of 24 of the 46 rows.
      #expect(told.steps[2].values["train/" + name] != value)
    }
  }
}
