import Search
import Testing
import Tracking

/// What every stopping rule owes the house.
///
/// A rule that is registered is handed to this suite.
@Suite struct StopRuleConformanceTests {
  static let names = StopRules.choices.map(\.name)

  private func rule(_ name: String, _ values: [String: ParameterValue] = [:]) throws
    -> any StopRule
  {
    let choice = try #require(StopRules.choices.first { $0.name == name })
    return try #require(
      StopRules.rule(Chosen(name, choice.standard().values.merging(values) { $1 })))
  }

  @Test(arguments: names) func rungsGrowAndCannotOverflow(name: String) throws {
    let rule = try rule(name, ["min_epochs": .integer(2), "reduction": .integer(5)])
    #expect(rule.minEpochs == 2 && rule.reduction == 5)
    #expect((0..<4).map(rule.rung) == [2, 10, 50, 250])
    #expect(rule.rung(200) == .max)
  }

  @Test(arguments: names) func rungsMayBeSteps(name: String) throws {
    let rule = try rule(name, ["min_steps": .integer(100), "reduction": .integer(4)])
    #expect(rule.minSteps == 100 && (0..<3).map(rule.rung) == [100, 400, 1600])
    #expect(try self.rule(name).minSteps == nil && !self.rule(name).isAsynchronous)
    #expect(try self.rule(name, ["asynchronous": .flag(true)]).isAsynchronous)
  }

  /// Settings that came later are not spoken of where they are off.
  @Test(arguments: names) func settingsThatAreOffAreNotSaid(name: String) throws {
    let choice = try #require(StopRules.choices.first { $0.name == name })
    #expect(Set(choice.standard().withoutNewSettings.values.keys) == ["min_epochs", "reduction"])
  }

  /// The best goes on and the worst ends, whichever comes first; what is better than one that goes on
  /// goes on too.
  @Test(arguments: names) func theBetterGoOn(name: String) throws {
    let rule = try rule(name)
    let scores = [0.3, 0.1, 0.9, 0.5, 0.2, 0.8, 0.4, 0.7, 0.6]
    for scores in [scores, scores.reversed(), scores.map { 1 - $0 }] {
      let goOn = rule.goOn(0..<9, of: scores)
      #expect(goOn.count == 9 && goOn.contains(true) && goOn.contains(false))
      let kept = scores.indices.filter { goOn[$0] }.map { scores[$0] }
      let ended = scores.indices.filter { !goOn[$0] }.map { scores[$0] }
      #expect(kept.max() ?? 1 < ended.min() ?? 0)
      // Some of a round are told what they are told among all.
      #expect(rule.goOn(4..<7, of: scores) == Array(goOn[4..<7]))
      #expect(rule.goOn(0..<9, of: scores) == goOn)
    }
  }

  @Test(arguments: names) func oneAloneGoesOnAndNothingIsNothing(name: String) throws {
    let rule = try rule(name)
    #expect(rule.goOn(0..<1, of: [0.4]) == [true])
    #expect(rule.goOn(0..<0, of: []) == [])
  }

  /// What diverged before the rung is not counted: the others are told what they are told alone, however
  /// many diverged and wherever they stand.
  @Test(arguments: names) func decidedAmongThoseThatGotThere(name: String) throws {
    let rule = try rule(name)
    let scores = [0.3, 0.1, 0.9, 0.5, 0.2, 0.8]
    let alone = rule.goOn(0..<6, of: scores)
    for bad in [1, 6, 40] {
      let lost = [Double](repeating: .infinity, count: bad)
      #expect(rule.goOn(0..<6 + bad, of: scores + lost) == alone + lost.map { _ in false })
      #expect(rule.goOn(0..<6 + bad, of: lost + scores) == lost.map { _ in false } + alone)
      // Those of earlier rounds count as little.
      #expect(rule.goOn(bad..<bad + 6, of: lost + scores) == alone)
    }
    let mixed = scores.flatMap { [$0, .infinity] }
    #expect(rule.goOn(0..<12, of: mixed) == alone.flatMap { [$0, false] })
    #expect(rule.goOn(0..<2, of: [.infinity, .infinity]) == [false, false])
  }

  /// A run that diverged never goes on where another has not.
  @Test(arguments: names) func divergedRunsEnd(name: String) throws {
    let scores = [0.3, .infinity, 0.1, 0.2, .infinity, 0.4]
    let goOn = try rule(name).goOn(0..<6, of: scores)
    #expect(!goOn[1] && !goOn[4] && goOn[2])
  }
}
