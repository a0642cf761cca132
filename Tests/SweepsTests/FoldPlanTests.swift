import Datasets
import Experiments
import Foundation
import Runs
import Sweeps
import Testing
import Tracking

/// What folds make of a plan: a run a configuration, seed and fold.
@Suite struct FoldPlanTests {
  private func planned(_ text: String) throws -> RunPlan {
    let path = NSTemporaryDirectory() + "labbook-folds-\(UUID()).yaml"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let library = DataLibrary()
    let experiment = try Experiment.read(path, overrides: [], library: library)
    return try GrowingPlan(experiment, facts: PlanFacts(library: library)).plan
  }

  private func plan(_ split: String, _ more: String = "seeds: 2") throws -> SweepPlan {
    let text = """
      data: {source: moons, points_per_class: 20, split: \(split)}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 2}
      over: {lr: [0.1, 0.2, 0.3]}
      \(more)

      """
    return try #require(planned(text).sweeps.first)
  }

  @Test func everyConfigurationHasARunASeedAndFold() throws {
    let plan = try plan("{folds: 4}")
    #expect(plan.configurations.count == 3)
    for configuration in plan.configurations {
      let runs = configuration.runs
      #expect(
        runs.map { [$0.seed, $0.fold ?? 0] } == (1...2).flatMap { s in (1...4).map { [s, $0] } })
      #expect(Set(runs.map(\.key)).count == 8)
      #expect(Set(runs.map(\.configurationKey)).count == 1)
      #expect(Set(runs.compactMap(\.lineage)).count == 8)
      for run in runs {
        #expect(run.configuration.fold == run.fold && run.configuration.seed == run.seed)
        #expect(run.configuration.value(at: "data.fold") == .integer(run.fold ?? 0))
        #expect(run.configuration.network?.data.fold == run.fold)
        #expect(RunKey.run(run.configuration, run.files) == run.key)
        #expect(RunKey.configuration(run.configuration, run.files) == configuration.key)
      }
    }
  }

  @Test func withoutFoldsNothingIsSaidOfThem() throws {
    let plan = try plan("{val: 0.25}")
    #expect(plan.runs.count == 6 && plan.runs.allSatisfy { $0.fold == nil })
    let run = try #require(plan.runs.first)
    #expect(run.configuration.value(at: "data.fold") == nil)
    #expect(!run.configuration.hyperparameters.contains { $0.path.contains("fold") })
    #expect(!RunKey.json(run.configuration, run.files, seed: 1).text.contains("fold"))
  }

  @Test func moreFoldsAreOtherConfigurations() throws {
    let (four, five) = (try plan("{folds: 4}"), try plan("{folds: 5}"))
    #expect(Set(four.runs.map(\.key)).isDisjoint(with: five.runs.map(\.key)))
    #expect(Set(four.configurations.map(\.key)).isDisjoint(with: five.configurations.map(\.key)))
  }

  @Test func runsOfASearchThatAreToComeAreCounted() throws {
    let text = """
      data: {source: moons, points_per_class: 20, split: {folds: 3}}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 2}
      over: {lr: {log_uniform: [0.01, 1]}}
      strategy: {name: tpe, runs: 30}
      seeds: 2

      """
    let plan = try #require(planned(text).sweeps.first)
    #expect(plan.runs.count + plan.pendingRuns == 30 * 3 * 2)
  }
}
