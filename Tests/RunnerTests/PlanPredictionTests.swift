import Datasets
import Experiments
import Foundation
import Runner
import Runs
import Sweeps
import Testing
import Training

@Suite struct PlanPredictionTests {
  private func prediction(
    _ train: String, seeds: Int = 1, costs: MeasuredCosts = MeasuredCosts()
  ) throws -> TrainingPrediction {
    let place = Workplace()
    let library = DataLibrary()
    let path = place.folder + "/e.yaml"
    try """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    model: {mlp: {hidden: [4]}}
    train: {batch_size: 16, \(train)}
    seeds: \(seeds)
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let experiment = try Experiment.read(path, overrides: [], library: library)
    let plan = try RunPlan(experiment, facts: PlanFacts(library: library))
    return try TrainingPrediction(
      plan.runs.compactMap(\.run.configuration.network), library: library, costs: costs)
  }

  /// What was timed for one prediction is not timed again, so that two times of the same work are in the
  /// proportion of its updates exactly.
  @Test func costsAreTimedOnce() throws {
    let costs = MeasuredCosts()
    let once = try prediction("epochs: 10", costs: costs).coreSeconds
    #expect(try prediction("epochs: 10", costs: costs).coreSeconds == once)
    let longer = try prediction("epochs: 20", seeds: 4, costs: costs).coreSeconds
    #expect(abs(longer / once - 8) < 1e-9)
  }

  /// Points, a run's rows and its weights have their sizes.
  ///
  /// 48 rows in batches of 16 are 3 updates an epoch; 5 metrics an epoch (train and val, loss and
  /// accuracy, and lr), 2 a logged batch; the network has 27 parameters. A point is 24 bytes, a run
  /// 4000, weights are kept twice, and in a state of up to four times as much where a longer run can
  /// go on.
  @Test func bytesFollowFromPointsAndParameters() throws {
    #expect(try prediction("epochs: 10").bytes == Double(10 * 5 * 24 + 4000 + 6 * 4 * 27))
    #expect(try prediction("steps: 10").bytes == Double(4 * 5 * 24 + 4000 + 6 * 4 * 27))
    #expect(
      try prediction("epochs: 10, log: {every: 4}").bytes
        == Double((10 * 5 + 30 / 4 * 2) * 24 + 4000 + 6 * 4 * 27))
    #expect(
      try prediction("epochs: 10, schedule: cosine", seeds: 3).bytes
        == Double(3 * (10 * 5 * 24 + 4000 + 2 * 4 * 27)))
  }

  /// Times are measured, so only their order of magnitude is known: a thousand times the epochs take
  /// far more than a hundred times as long.
  @Test func secondsGrowWithTheEpochs() throws {
    let (short, long) = (try prediction("epochs: 10"), try prediction("epochs: 10000"))
    #expect(short.coreSeconds > 0)
    #expect(long.coreSeconds > 100 * short.coreSeconds)
    #expect(long.coreSeconds < 10_000 * short.coreSeconds)
    #expect(try prediction("epochs: 0").coreSeconds == 0)
  }
}
