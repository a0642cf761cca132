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

  @Test func aWarmUpLongerThanTheRunOnlyRises() {
    let schedule = Schedule(
      chosen(Schedules.all, "cosine", ["warmup": .number(100)]), rate: 1, updatesPerEpoch: 5,
      totalUpdates: 10)
    #expect(
      (0..<10).map { schedule.rate(update: $0, epoch: 1) } == (1...10).map { Double($0) / 10 })
  }

  @Test func everyScheduleIsTested() {
    #expect(
      Set(Schedules.all.map(\.name)) == [
        "constant", "step", "exponential", "cosine", "linear", "one-cycle", "plateau",
      ])
  }
}
