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
