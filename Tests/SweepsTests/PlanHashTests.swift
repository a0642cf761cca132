import Datasets
import Experiments
import Foundation
import Sweeps
import Testing

@Suite struct PlanHashTests {
  private static let file = """
    data: {source: moons, points_per_class: 10}
    models: {a: [{linear: classes}], b: [{linear: 3}, relu, {linear: classes}]}
    train: {model: a, epochs: 1}
    notebook:
      - sweep: search
        over: {lr: {log_uniform: [1e-3, 1e-1]}}
        strategy: {name: tpe, runs: 20}
      - sweep: again
        from: {best: 2, of: search}
        seeds: 3
      - sweep: plain
        over: {model: [a]}
    """

  private func hashes(_ text: String, _ overrides: [String] = []) throws -> [String: String] {
    let library = DataLibrary()
    let experiment = try Experiment.parse(text, overrides: overrides, library: library)
    return try GrowingPlan(experiment, facts: PlanFacts(library: library)).hashes
  }

  /// The sweeps whose hash a change of the file changes.
  private func changed(_ from: String, _ to: String, _ overrides: [String] = []) throws -> Set<
    String
  > {
    let text = Self.file.replacingOccurrences(of: from, with: to)
    if overrides.isEmpty { try #require(text != Self.file) }
    let (before, now) = (try hashes(Self.file), try hashes(text, overrides))
    #expect(Set(before.keys) == ["search", "again", "plain"])
    return Set(now.filter { before[$0.key] != $0.value }.keys)
  }

  @Test func itIsOfWhatTheFileSaysNotOfWhereItStands() throws {
    #expect(try changed("notebook:", "# a remark\n\nx-note: 1\nnotebook:").isEmpty)
    #expect(try changed("{linear: 3}", "{linear: 4}").isEmpty)
  }

  @Test func whatDecidesTheRunsIsInIt() throws {
    #expect(try changed("runs: 20", "runs: 21") == ["search", "again"])
    #expect(try changed("1e-1", "1e-2") == ["search", "again"])
    #expect(try changed("seeds: 3", "seeds: 4") == ["again"])
    #expect(try changed("best: 2", "best: 3") == ["again"])
    #expect(try changed("over: {model: [a]}", "over: {model: [a, b]}") == ["plain"])
    #expect(try changed("epochs: 1", "epochs: 2") == ["search", "again", "plain"])
    #expect(try changed("", "", ["train.epochs=1"]) == ["search", "again", "plain"])
  }
}
