import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct RunGroupsTests {
  /// Three configurations of three seeds; the best of the middle one is spoilt by one seed.
  ///
  /// | configuration | val/accuracy, best (last) | mean of best (last) |
  /// | --- | --- | --- |
  /// | a | 0.5 (0.9), 0.6 (0.9), 0.7 (0.9) | 0.6 (0.9) |
  /// | b | 0.9 (0.8), 0.95 (0.8), one of status `bad` with 0.99 (0.99) | |
  /// | c | 0.8 (0.1), 0.7 (0.3), 0.6 (0.2) | 0.7 (0.2) |
  private func groups(bad: RunStatus) throws -> (RunStore, [RunGroup], Workplace) {
    let place = Workplace()
    let store = try place.store()
    let values: [(String, [(best: Double, last: Double)])] = [
      ("a", [(0.5, 0.9), (0.6, 0.9), (0.7, 0.9)]),
      ("b", [(0.9, 0.8), (0.95, 0.8), (0.99, 0.99)]),
      ("c", [(0.8, 0.1), (0.7, 0.3), (0.6, 0.2)]),
    ]
    let requests = values.flatMap { name, seeds in
      seeds.indices.map {
        request(
          "\(name)/\($0)", configuration: name, seed: $0 + 1,
          objective: Objective(.valAccuracy, .maximize),
          [
            Hyperparameter("train.seed", .integer($0 + 1)),
            Hyperparameter("train.optimizer.name", .text(name == "c" ? "sgd" : "adam")),
            Hyperparameter("train.lr", .number(name == "a" ? 0.1 : 0.2)),
            Hyperparameter(name == "c" ? "train.optimizer.momentum" : "train.beta1", .number(0.9)),
          ])
      }
    }
    let runs = try register(store, requests).map(\.id)
    let writer = RunWriter(store)
    for (run, value) in zip(runs, values.flatMap(\.1)) {
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      recorder.record([point("val/accuracy", 1, value.best), point("val/accuracy", 2, value.last)])
      recorder.choose(step: 1, epoch: 1)
      recorder.finish(run == runs[5] ? bad : .completed, durationSeconds: 1)
    }
    try writer.close()
    return (store, try store.runs().groupedByConfiguration(), place)
  }

  private func ranked(_ groups: [RunGroup], _ direction: Direction, _ which: MetricValue)
    -> [String]
  {
    groups.sorted { $0.ranksBefore($1, by: .valAccuracy, direction, which) }
      .map { $0.runs[0].configuration }
  }

  @Test(arguments: [RunStatus.diverged, .failed])
  func oneBadSeedOfThreeRanksAConfigurationLast(_ bad: RunStatus) throws {
    let (store, groups, place) = try groups(bad: bad)
    #expect(groups.map(\.hasBadRun) == [false, true, false])
    #expect(ranked(groups, .maximize, .best) == ["c", "a", "b"])
    #expect(ranked(groups, .maximize, .last) == ["a", "c", "b"])
    #expect(ranked(groups, .minimize, .best) == ["a", "c", "b"])
    #expect(ranked(groups, .minimize, .last) == ["c", "a", "b"])
    // The bad seed is in no mean, by its last value, which it has not, nor by its best one.
    #expect(groups[1].runs[2].value(of: .valAccuracy, .last) == nil)
    #expect(groups[1].runs[2].value(of: .valAccuracy, .best) == 0.99)
    #expect(groups[1].values(of: .valAccuracy, .best) == [0.9, 0.95])
    #expect(groups[1].statistics(of: .valAccuracy, .last) == SeedStatistics([0.8, 0.8]))
    #expect(groups[1].runs.badWords() == "1 \(bad.rawValue)" && groups[0].runs.badWords().isEmpty)
    #expect(groups[1].runs.unfinishedWords() == groups[1].runs.badWords())
    #expect(groups[1].runs.lostWords() == nil)
    #expect(groups[1].runs.suffix(1).lostWords() == "all \(bad.rawValue)")
    // The store's own ranking follows the same rule.
    for (isDown, which, expected) in [
      (true, MetricValue.best, ["c", "a", "b"]), (true, .last, ["a", "c", "b"]),
      (false, .best, ["a", "c", "b"]), (false, .last, ["c", "a", "b"]),
    ] {
      var query = RunQuery()
      query.order = .metric(.valAccuracy, which, descending: isDown)
      #expect(try store.configurations(query) == expected)
    }
    withExtendedLifetime(place) {}
  }

  @Test(arguments: [RunStatus.completed, .stopped, .interrupted])
  func withoutABadSeedTheMeanDecides(_ status: RunStatus) throws {
    let (_, groups, place) = try groups(bad: status)
    #expect(ranked(groups, .maximize, .best) == ["b", "c", "a"])
    #expect(ranked(groups, .minimize, .best) == ["a", "c", "b"])
    let best = try #require(groups[2].statistics(of: .valAccuracy, .best))
    #expect(abs(best.mean - 0.7) < 1e-12)
    #expect(abs((best.deviation ?? 0) - 0.1) < 1e-12)  // sample deviation of 0.6, 0.7, 0.8
    #expect(best.count == 3)
    #expect(groups[2].statistics(of: .valLoss, .best) == nil)
    #expect(groups[1].statistics(of: .valAccuracy, .best)?.count == 3)
    #expect(groups[1].runs.lostWords() == nil && [RunRecord]().lostWords() == nil)
    withExtendedLifetime(place) {}
  }

  @Test func aGroupWithoutAValueRanksLastButBeforeBadOnes() throws {
    let (_, groups, place) = try groups(bad: .failed)
    let none = RunGroup(runs: [])
    #expect(groups[0].ranksBefore(none, by: .valAccuracy, .minimize, .best))
    #expect(!none.ranksBefore(groups[0], by: .valAccuracy, .minimize, .best))
    #expect(none.ranksBefore(groups[1], by: .valAccuracy, .maximize, .best))
    #expect(!none.ranksBefore(none, by: .valAccuracy, .maximize, .best))
    withExtendedLifetime(place) {}
  }

  @Test func pathsDifferWhereTwoRunsHaveTwoValues() throws {
    let (store, groups, place) = try groups(bad: .completed)
    let runs = try store.runs()
    // Not the seed, and not what only one optimizer has.
    #expect(runs.differingPaths == ["train.lr", "train.optimizer.name"])
    #expect(Array(runs.prefix(3)).differingPaths.isEmpty)
    let byName = runs.grouped(by: ["train.optimizer.name", "train.optimizer.momentum"])
    #expect(byName.map(\.values) == [[.text("adam"), nil], [.text("sgd"), .number(0.9)]])
    #expect(byName.map(\.runs.count) == [6, 3])
    #expect(byName[1].runs.map(\.seed) == [1, 2, 3])
    #expect(groups.map { $0.runs.map(\.key) }[1] == ["b/0", "b/1", "b/2"])
    withExtendedLifetime(place) {}
  }
}
