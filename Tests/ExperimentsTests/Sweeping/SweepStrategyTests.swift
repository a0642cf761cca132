import Experiments
import FileLanguage
import Foundation
import Runs
import Search
import Testing
import Tracking

/// What Fixtures/search/make_proposals.py worked out anew.
private struct Proposals: Decodable {
  let searches: [Search]
  let sobol: [[Double]]
  let random: [[Double]]
  let scrambled: [[Double]]

  struct Search: Decodable {
    let name: String
    let seed: Int
    let runs: Int
    let startup: Int
    let round: Int
    let ranges: [Ends]
    let rounds: [Round]
  }

  struct Round: Decodable {
    let proposals: [[Double]]
    let values: [[Double?]]
    /// No score means a run that diverged.
    let scores: [Double?]
  }

  struct Ends: Decodable {
    let range: SearchedRange

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let kind = try #require(SearchedRange.Kind(rawValue: container.decode(String.self)))
      let (low, high) = (try container.decode(Double.self), try container.decode(Double.self))
      let mark = Mark(SpecSource(name: "a", folder: "", text: ""), line: 1, column: 1)
      let nodes = (0...Int(high)).map { SpecNode(.scalar("\($0)", isPlain: true), mark) }
      range =
        kind == .choice
        ? SearchedRange(choices: nodes.count)
        : SearchedRange(kind, from: low, to: high)
    }
  }

  static func read() throws -> Proposals {
    let place = fixtures.appendingPathComponent("search/proposals.json")
    return try JSONDecoder().decode(Proposals.self, from: Data(contentsOf: place))
  }
}

/// Proposals have six digits; the last may differ where two exponentials differ in their last bit.
private func expectSame(
  _ found: [[Double]], _ wanted: [[Double]], _ location: SourceLocation = #_sourceLocation
) {
  #expect(found.count == wanted.count, sourceLocation: location)
  for (number, (a, b)) in zip(found, wanted).enumerated() {
    #expect(
      a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 * max(abs($1), 1e-9) },
      "proposal \(number): \(a) is not \(b)", sourceLocation: location)
  }
}

struct SweepStrategyTests {
  private func settings(_ name: String, _ more: [String: ParameterValue]) -> Chosen {
    Chosen(name, ["runs": .integer(12), "seed": .integer(6)].merging(more) { $1 })
  }

  private func ranges() throws -> [SearchedRange] {
    try #require(Proposals.read().searches.first { $0.name == "mixed" }).ranges.map(\.range)
  }

  /// Every range has a dimension of its own: SciPy's points, plain and shifted by bits of the seed.
  @Test func sobolGivesEachRangeItsDimension() throws {
    let wanted = try Proposals.read()
    let plain = SobolStrategy(settings("sobol", ["scramble": .flag(false)]))
    expectSame(plain.propose(0..<12, of: try ranges(), after: []), wanted.sobol)
    let scrambled = SobolStrategy(settings("sobol", ["scramble": .flag(true)]))
    expectSame(scrambled.propose(0..<12, of: try ranges(), after: []), wanted.scrambled)
    expectSame(
      scrambled.propose(5..<9, of: try ranges(), after: []), Array(wanted.scrambled[5..<9]))
    #expect(SobolStrategy.mostRanges == 64 && scrambled.proposals == 12)
  }

  @Test func randomDrawsByNumberAndRange() throws {
    let strategy = RandomStrategy(settings("random", [:]))
    let wanted = try Proposals.read().random
    expectSame(strategy.propose(0..<12, of: try ranges(), after: []), wanted)
    expectSame(strategy.propose(3..<5, of: try ranges(), after: []), Array(wanted[3..<5]))
    #expect(
      !strategy.isAdaptive && strategy.round(after: 0) == 12 && strategy.round(after: 12) == 0)
  }

  /// Every proposal of whole searches: a conditional setting, diverged runs, equal scores, many trials.
  @Test(arguments: ["branin", "mixed", "steps"]) func tpeProposesWhatTheFormulasSay(name: String)
    throws
  {
    let wanted = try #require(Proposals.read().searches.first { $0.name == name })
    let strategy = TPEStrategy(
      Chosen(
        "tpe",
        [
          "runs": .integer(wanted.runs), "seed": .integer(wanted.seed),
          "startup": .integer(wanted.startup), "round": .integer(wanted.round),
        ]))
    let ranges = wanted.ranges.map(\.range)
    var trials: [SearchTrial] = []
    for round in wanted.rounds {
      #expect(strategy.round(after: trials.count) == round.proposals.count)
      let numbers = trials.count..<trials.count + round.proposals.count
      expectSame(strategy.propose(numbers, of: ranges, after: trials), round.proposals)
      trials += zip(round.values, round.scores).map {
        SearchTrial(values: $0, score: $1 ?? .infinity)
      }
    }
    #expect(trials.count == wanted.runs && strategy.isAdaptive)
  }

  /// `count` and `combination` of grid and zip, by hand.
  @Test func listsAreCombined() {
    let grid = GridStrategy()
    #expect(grid.count(of: [2, 3, 4]) == 24 && grid.count(of: []) == 1)
    #expect(grid.count(of: [.max, 2]) == .max)
    #expect(
      (0..<6).map { grid.combination($0, of: [2, 3]) }
        == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]])
    let zip = ZipStrategy()
    #expect(zip.count(of: [3, 3]) == 3 && zip.count(of: []) == 1)
    #expect((0..<2).map { zip.combination($0, of: [2, 2]) } == [[0, 0], [1, 1]])
  }
}

/// Combinations of a sweep before anything is trained.
struct CombinationTests {
  private let mark = Mark(SpecSource(name: "a", folder: "", text: ""), line: 1, column: 1)

  private func node(_ text: String) -> SpecNode { SpecNode(.scalar(text, isPlain: true), mark) }

  private func axis(_ name: String, _ values: [String]) -> SweepSpec.Axis {
    SweepSpec.Axis(
      path: .absolute(["train", name]), written: name, mark: mark, values: values.map(node))
  }

  private func set(_ name: String, _ value: String) -> SweepSpec.Substitution {
    SweepSpec.Substitution(
      .absolute(["train", name]), node(value), keyMark: mark, written: name)
  }

  /// What each combination writes, as `variant: key=value ...`.
  private func written(_ combinations: Combinations) -> [String] {
    combinations.map { combination in
      (combination.variant.map { $0 + ": " } ?? "")
        + combination.substitutions.map { "\($0.written)=\($0.value.text ?? "?")" }
        .joined(separator: " ")
    }
  }

  @Test func withThenTheVariantThenOver() {
    let sweep = SweepSpec(
      name: "s", mark: mark, with: [set("l1", "1")],
      variants: [
        .init(name: "a", mark: mark, substitutions: []),
        .init(name: "b", mark: mark, substitutions: [set("seed", "9")]),
      ], axes: [axis("lr", ["1", "2"]), axis("epochs", ["5", "6"])])
    #expect(
      written(Combinations(sweep)) == [
        "a: l1=1 lr=1 epochs=5", "a: l1=1 lr=1 epochs=6", "a: l1=1 lr=2 epochs=5",
        "a: l1=1 lr=2 epochs=6", "b: l1=1 seed=9 lr=1 epochs=5", "b: l1=1 seed=9 lr=1 epochs=6",
        "b: l1=1 seed=9 lr=2 epochs=5", "b: l1=1 seed=9 lr=2 epochs=6",
      ])
    #expect(sweep.dimensions.map(\.label) == ["variant", "lr", "epochs"])
    #expect(sweep.dimensions.map(\.count) == [2, 2, 2] && sweep.size == 8)
  }

  @Test func zippedVariantsGoAlong() {
    let sweep = SweepSpec(
      name: "s", mark: mark,
      variants: [
        .init(name: "a", mark: mark, substitutions: []),
        .init(name: "b", mark: mark, substitutions: []),
      ], axes: [axis("lr", ["1", "2"])], strategy: .zip)
    #expect(written(Combinations(sweep)) == ["a: lr=1", "b: lr=2"] && sweep.size == 2)
  }

  @Test func anotherSweepsCombinationsComeFirst() {
    let bases = ["1", "2"].map {
      Combination(variant: "v\($0)", substitutions: [set("lr", $0)])
    }
    let sweep = SweepSpec(
      name: "s", mark: mark, with: [set("l1", "0")], axes: [axis("epochs", ["5", "6"])],
      from: .init(best: 2, of: "t", mark: mark))
    #expect(
      written(Combinations(sweep, from: bases)) == [
        "v1: lr=1 l1=0 epochs=5", "v1: lr=1 l1=0 epochs=6", "v2: lr=2 l1=0 epochs=5",
        "v2: lr=2 l1=0 epochs=6",
      ])
    #expect(sweep.size == 4)
  }

  /// A search by results is checked at its ends and choices, with every listed value.
  @Test func endsAndChoicesStandForASearch() {
    func range(
      _ name: String, _ range: SearchedRange, _ choices: [SpecNode] = []
    ) -> SweepSpec.Axis {
      SweepSpec.Axis(
        path: .absolute(["train", name]), written: name, mark: mark, range: range,
        rangeMark: mark, choices: choices)
    }
    let sweep = SweepSpec(
      name: "s", mark: mark,
      axes: [
        range("lr", SearchedRange(.logUniform, from: 1e-4, to: 0.5)),
        axis("epochs", ["5", "6"]),
        range("optimizer", SearchedRange(choices: 2), ["sgd", "adam"].map(node)),
        range("batch_size", SearchedRange(.intUniform, from: 8, to: 64)),
      ],
      strategy: .init(
        Chosen(
          "tpe",
          ["runs": .integer(50), "seed": .integer(1), "startup": .integer(9), "round": .integer(4)]
        )))
    #expect(
      written(Combinations(sweep)) == [
        "lr=0.0001 epochs=5 optimizer=sgd batch_size=8",
        "lr=0.0001 epochs=6 optimizer=sgd batch_size=8",
        "lr=0.5 epochs=5 optimizer=sgd batch_size=64",
        "lr=0.5 epochs=6 optimizer=sgd batch_size=64",
        "lr=0.0001 epochs=5 optimizer=adam batch_size=8",
        "lr=0.0001 epochs=6 optimizer=adam batch_size=8",
        "lr=0.5 epochs=5 optimizer=adam batch_size=64",
        "lr=0.5 epochs=6 optimizer=adam batch_size=64",
      ])
    #expect(sweep.size == 100 && sweep.dimensions.map(\.label) == ["epochs"])
    #expect(sweep.axes[0].values.map(\.text) == ["0.0001", "0.5"])
  }

  @Test func tooManyRunsAreSpelledOut() {
    let sweep = SweepSpec(
      name: "s", mark: mark,
      axes: [axis("lr", (0..<400).map(String.init)), axis("l1", ["1", "2"])],
      seeds: .count(126), from: .init(best: 3, of: "t", mark: mark))
    #expect(
      sweep.sizeProblem?.message == "this sweep asks for 302400 runs, the most is 100000")
    #expect(
      sweep.sizeProblem?.notes == ["values of each axis, then seeds: 3 x 400 x 2 x 126"])
    let most = SweepSpec(
      name: "s", mark: mark, axes: [axis("lr", (0..<1000).map(String.init))], seeds: .count(100))
    #expect(most.sizeProblem == nil && most.size == 1000)
  }

  @Test func seedsCountOn() {
    #expect(SweepSpec.Seeds.own.values(from: 7) == [7] && SweepSpec.Seeds.own.count == 1)
    #expect(SweepSpec.Seeds.count(3).values(from: -1) == [-1, 0, 1])
    #expect(SweepSpec.Seeds.list([4, 2]).values(from: 7) == [4, 2])
    #expect(SweepSpec.Seeds.count(3).count == 3 && SweepSpec.Seeds.list([4, 2]).count == 2)
  }
}
