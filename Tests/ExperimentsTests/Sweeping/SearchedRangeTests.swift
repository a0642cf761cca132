import Experiments
import FileLanguage
import Foundation
import Runs
import Search
import TestSupport
import Testing
import Tracking

private func only(_ over: String, _ strategy: String = "{name: random, runs: 400}") throws
  -> [RunConfiguration]
{
  try configurations(smallest + "over: {\(over)}\nstrategy: \(strategy)")
}

@Test("Each kind of range gives values within its ends, spread as it says")
func kinds() throws {
  let rates = try only("lr: {log_uniform: [1e-4, 1e-1]}").map(\.train.learningRate)
  #expect(rates.count == 400 && rates.allSatisfy { (1e-4...1e-1).contains($0) })
  // Each of three decades holds a third: 133 of 400, with a deviation of 9.4.
  for decade in [1e-4...1e-3, 1e-3...1e-2, 1e-2...1e-1] {
    #expect((100...170).contains(rates.count { decade.contains($0) }))
  }
  #expect(rates.allSatisfy { Double(String(format: "%.5e", $0)) == $0 })
  let noise = try only("data.noise: {uniform: [0.1, 0.5]}").compactMap {
    $0.value(at: "data.noise")?.asNumber
  }
  #expect((0.28...0.32).contains(noise.reduce(0, +) / 400))
  let widths = try only("batch_size: {int_uniform: [3, 6]}", "{name: sobol, runs: 64}")
    .map(\.train.batchSize)
  #expect(Set(widths).count == 4)
  for width in Set(widths) { #expect(widths.count { $0 == width } == 16) }
  let names = try only("optimizer: {choice: [sgd, adam, {name: sgd, momentum: 0.9}]}")
  #expect(Set(names.map(\.train.optimizer)).count == 3)
}

@Test("The place of a value in the unit interval leads back to it")
func units() {
  let whole = SearchedRange(.intUniform, from: -2, to: 3)
  for value in -2...3 { #expect(whole.value(at: whole.unit(of: Double(value))) == Double(value)) }
  let log = SearchedRange(.logUniform, from: 1e-4, to: 1)
  #expect(abs(log.value(at: 0.25) - 1e-3) < 1e-12 && abs(log.unit(of: 1e-2) - 0.5) < 1e-12)
  let wide = SearchedRange(.uniform, from: -1e308, to: 1e308)
  #expect(wide.value(at: 0.5) == 0 && wide.unit(of: 0) == 0.5)
}

@Test("More runs keep the proposals there are, another seed draws others")
func prefix() throws {
  for name in ["random", "sobol"] {
    let few = try only("lr: {log_uniform: [1e-4, 1e-1]}", "{name: \(name), runs: 5}")
    let many = try only("lr: {log_uniform: [1e-4, 1e-1]}", "{name: \(name), runs: 9}")
    #expect(Array(many.prefix(5)) == few)
    let others = try only("lr: {log_uniform: [1e-4, 1e-1]}", "{name: \(name), runs: 5, seed: 2}")
    #expect(Set(others.map(\.train.learningRate)).isDisjoint(with: few.map(\.train.learningRate)))
  }
}

@Test("Every proposal is made for every combination of lists and variants")
func besideLists() throws {
  let found = try configurations(
    smallest + """
      over: {batch_size: [16, 32], lr: {log_uniform: [1e-4, 1e-1]}, weight_decay: [0, 1e-3]}
      strategy: {name: sobol, runs: 3, scramble: false}
      """)
  #expect(found.count == 12)
  #expect(Set(found.map(\.train.learningRate)) == [1e-4, 0.00316228, 0.0177828])
  #expect(Set(found.prefix(4).map(\.train.learningRate)).count == 1)
  #expect(Set(found.prefix(4).map(\.train.weightDecay)) == [0, 1e-3])
}

@Test("A setting that exists for one choice alone is left out for the others")
func conditional() throws {
  let found = try only(
    "optimizer: {choice: [sgd, adam]}, optimizer.momentum: {uniform: [0.1, 0.9]}")
  let momenta = found.map { $0.value(at: "train.optimizer.momentum") }
  #expect(momenta.count { $0 == nil } > 100 && momenta.count { $0 != nil } > 100)
  #expect(
    zip(found, momenta).allSatisfy { ($0.train.optimizer.name == "sgd") == ($1 != nil) })
}
