import Foundation
import NeuralNet
import Testing
import Tracking

/// Learning rates against PyTorch's schedulers, which multiply step by step where the contract has
/// closed formulas: equal to 1e-12 of the rate.
@Suite struct ScheduleTests {
  struct Case: Decodable {
    let name: String
    let settings: [String: Double]
    let warmup: Double
    let rates: [Double]
  }

  @Test func agreeWithPyTorch() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/schedules.json")
    for example in try JSONDecoder().decode([Case].self, from: Data(contentsOf: file)) {
      var values = example.settings.mapValues(ParameterValue.number)
      if let size = example.settings["step_size"] { values["step_size"] = .integer(Int(size)) }
      values["warmup"] = .number(example.warmup)
      let schedule = Schedule(
        chosen(Schedules.all, example.name, values), rate: 0.4, updatesPerEpoch: 5,
        totalUpdates: 40)
      for (update, expected) in example.rates.enumerated() {
        let rate = schedule.rate(update: update, epoch: update / 5 + 1)
        #expect(abs(rate - expected) < 1e-12, "\(example.name), update \(update)")
      }
    }
  }

  /// Part epochs become updates, rounded to the nearest, halves up: of 5 updates an epoch 0.25 are 1,
  /// 0.3 are 2, 0.5 are 3.
  @Test func aWarmUpOfPartEpochsIsRounded() {
    for (epochs, updates) in [(0.05, 0), (0.25, 1), (0.3, 2), (0.5, 3), (1.25, 6), (1.75, 9)] {
      let schedule = Schedule(
        chosen(Schedules.all, "constant", ["warmup": .number(epochs)]), rate: 1, updatesPerEpoch: 5,
        totalUpdates: 40)
      let rates = (0..<12).map { schedule.rate(update: $0, epoch: $0 / 5 + 1) }
      #expect(
        rates == (0..<12).map { $0 < updates ? Double($0 + 1) / Double(updates) : 1 }, "\(epochs)")
    }
  }

  /// After a warm-up of an epoch the others stand where their formulas have them; step and exponential
  /// count whole epochs from the first, cosine and linear the updates that are left.
  @Test func schedulesGoOnBehindTheirWarmUp() {
    let formulas: [(String, [String: ParameterValue], (Double, Double) -> Double)] = [
      (
        "step", ["step_size": .integer(2), "gamma": .number(0.5)],
        { epoch, _ in 2 * pow(0.5, (epoch / 2).rounded(.down)) }
      ),
      ("exponential", ["gamma": .number(0.5)], { epoch, _ in 2 * pow(0.5, epoch) }),
      ("cosine", ["min_lr": .number(0.2)], { _, share in 0.2 + 0.9 * (1 + cos(.pi * share)) }),
      ("linear", ["end_lr": .number(0.25)], { _, share in 2 - 1.75 * share }),
    ]
    for (name, settings, formula) in formulas {
      let schedule = Schedule(
        chosen(Schedules.all, name, settings.merging(["warmup": .number(1)]) { $1 }), rate: 2,
        updatesPerEpoch: 5, totalUpdates: 20)
      for update in 0..<20 {
        let wanted =
          update < 5
          ? 2 * Double(update + 1) / 5 : formula(Double(update / 5), Double(update - 5) / 15)
        let rate = schedule.rate(update: update, epoch: update / 5 + 1)
        #expect(abs(rate - wanted) < 1e-12, "\(name), update \(update)")
      }
    }
  }

  /// Only one-cycle sets the momentum, and only where it is asked to.
  @Test func momentumIsSetByOneCycleAlone() {
    for choice in Schedules.all {
      let schedule = Schedule(
        chosen(
          Schedules.all, choice.name, ["step_size": .integer(1), "gamma": .number(0.5)]), rate: 1,
        updatesPerEpoch: 5, totalUpdates: 10)
      #expect(schedule.cyclesMomentum == (choice.name == "one-cycle"), "\(choice.name)")
      #expect((schedule.momentum(update: 3) != nil) == (choice.name == "one-cycle"))
      #expect((schedule.start != nil) == (choice.name == "plateau"))
      #expect(
        schedule.isOpenEnded
          == ["constant", "step", "exponential", "plateau"].contains(choice.name))
    }
    let still = Schedule(
      chosen(Schedules.all, "one-cycle", ["cycle_momentum": .flag(false)]), rate: 1,
      updatesPerEpoch: 5, totalUpdates: 10)
    #expect(!still.cyclesMomentum && still.momentum(update: 0) == nil)
  }

  /// What a loss that is no number does: it is never better, and counts as a bad epoch.
  @Test func noNumberIsNoBetterObjective() {
    let schedule = Schedule(
      chosen(Schedules.all, "plateau", ["patience": .integer(1), "factor": .number(0.5)]), rate: 1,
      updatesPerEpoch: 5, totalUpdates: 100)
    for direction in [Direction.minimize, .maximize] {
      var plateau = schedule.start
      var rates: [Double] = []
      for value in [Double.nan, .nan, 3, .nan, .nan] {
        schedule.observe(value, direction, &plateau)
        rates.append(schedule.rate(update: 9, epoch: 2, plateau: plateau))
      }
      #expect(rates == [1, 0.5, 0.5, 0.5, 0.25])
    }
    var other: Plateau?
    schedule.observe(1, .minimize, &other)
    #expect(other == nil)
  }

  @Test func aWarmUpLongerThanTheRunIsCutOff() {
    for name in ["constant", "cosine"] {
      let schedule = Schedule(
        chosen(Schedules.all, name, ["warmup": .number(100)]), rate: 1, updatesPerEpoch: 5,
        totalUpdates: 10)
      #expect(
        (0..<10).map { schedule.rate(update: $0, epoch: $0 / 5 + 1) }
          == (1...10).map { Double($0) / 500 })
    }
  }

  @Test func theFirstRatesDoNotDependOnTheRunsLength() {
    for name in ["constant", "exponential"] {
      let rates = [10, 100].map { updates in
        let schedule = Schedule(
          chosen(Schedules.all, name, ["warmup": .number(3), "gamma": .number(0.5)]), rate: 1,
          updatesPerEpoch: 5, totalUpdates: updates)
        return (0..<10).map { schedule.rate(update: $0, epoch: $0 / 5 + 1) }
      }
      #expect(rates[0] == rates[1], "\(name)")
    }
  }

  @Test func anAbsurdWarmUpDoesNotTrap() {
    let schedule = Schedule(
      chosen(Schedules.all, "constant", ["warmup": .number(1e300)]), rate: 1, updatesPerEpoch: 5,
      totalUpdates: 10)
    #expect(schedule.rate(update: 9, epoch: 2) == 1e-14)
  }

  @Test func everyScheduleIsTested() {
    #expect(
      Set(Schedules.all.map(\.name)) == [
        "constant", "step", "exponential", "cosine", "linear", "one-cycle", "plateau",
      ])
  }
}
