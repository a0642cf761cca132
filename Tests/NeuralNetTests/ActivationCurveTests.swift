import Foundation
import NeuralNet
import Testing
import Tracking

@Suite struct ActivationCurveTests {
  private let places = stride(from: -4.05, through: 4.05, by: 0.3).map { $0 }

  private func curve(_ name: String) throws -> ActivationCurve {
    let choice = try #require(ActivationCurve.all.first { $0.name == name })
    let settings = choice.settings.map { ($0.name, $0.standard ?? .off) }
    return ActivationCurve(
      Chosen(name, Dictionary(settings) { first, _ in first }), at: places)
  }

  private func isNear(_ values: [Double], _ function: (Double) -> Double) -> Bool {
    values.count == places.count
      && zip(values, places).allSatisfy { abs($0 - function($1)) < 1e-9 }
  }

  @Test func valuesAndDerivativesAreThoseOfTheFormulas() throws {
    let sigmoid = try curve("sigmoid")
    #expect(isNear(sigmoid.values) { 1 / (1 + exp(-$0)) })
    #expect(isNear(sigmoid.slopes) { exp(-$0) / pow(1 + exp(-$0), 2) })
    let tanh = try curve("tanh")
    #expect(isNear(tanh.values) { Foundation.tanh($0) })
    #expect(isNear(tanh.slopes) { 1 / pow(cosh($0), 2) })
    let relu = try curve("relu")
    #expect(isNear(relu.values) { max(0, $0) })
    #expect(isNear(relu.slopes) { $0 > 0 ? 1 : 0 })
    let softplus = try curve("softplus")
    #expect(isNear(softplus.values) { log(1 + exp($0)) })
    #expect(isNear(softplus.slopes) { 1 / (1 + exp(-$0)) })
    let leaky = try curve("leaky-relu")
    #expect(isNear(leaky.values) { $0 > 0 ? $0 : 0.01 * $0 })
    #expect(isNear(leaky.slopes) { $0 > 0 ? 1 : 0.01 })
    let elu = try curve("elu")
    #expect(isNear(elu.values) { $0 > 0 ? $0 : expm1($0) })
    #expect(isNear(elu.slopes) { $0 > 0 ? 1 : exp($0) })
    let silu = try curve("silu")
    #expect(isNear(silu.values) { $0 / (1 + exp(-$0)) })
    #expect(isNear(silu.slopes) { (1 + exp(-$0) * (1 + $0)) / pow(1 + exp(-$0), 2) })
    let gelu = try curve("gelu")
    let share = { (x: Double) in (1 + erf(x / 2.0.squareRoot())) / 2 }
    #expect(isNear(gelu.values) { $0 * share($0) })
    #expect(
      isNear(gelu.slopes) { share($0) + $0 * exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() })
  }

  /// Settings are handed on, and without places there is no curve.
  @Test func settingsOfTheChoiceCount() throws {
    let leaky = ActivationCurve(Chosen("leaky-relu", ["slope": .number(0.5)]), at: [-2, 4])
    #expect(leaky.values == [-1, 4] && leaky.slopes == [0.5, 1])
    let soft = ActivationCurve(
      Chosen("softplus", ["beta": .number(2), "threshold": .number(3)]), at: [0, 2])
    #expect(abs(soft.values[0] - log(2) / 2) < 1e-12 && soft.values[1] == 2)
    #expect(abs(soft.slopes[0] - 0.5) < 1e-12 && soft.slopes[1] == 1)
    #expect(ActivationCurve(Chosen("tanh"), at: []).values.isEmpty)
    #expect(ActivationCurve(Chosen("no such"), at: [1]).slopes.isEmpty)
  }

  @Test func everyActivationAgreesWithItsDifferences() throws {
    for choice in ActivationCurve.all {
      let settings = choice.settings.map { ($0.name, $0.standard ?? .off) }
      let chosen = Chosen(choice.name, Dictionary(settings) { first, _ in first })
      let here = ActivationCurve(chosen, at: places)
      let above = ActivationCurve(chosen, at: places.map { $0 + 1e-5 })
      let below = ActivationCurve(chosen, at: places.map { $0 - 1e-5 })
      for place in places.indices {
        let slope = (above.values[place] - below.values[place]) / 2e-5
        #expect(abs(slope - here.slopes[place]) < 1e-6, "\(choice.name) at \(places[place])")
      }
    }
  }

  @Test func layersThatMixNumbersAreNone() {
    #expect(
      ActivationCurve.all.map(\.name) == [
        "relu", "leaky-relu", "elu", "gelu", "silu", "softplus", "sigmoid", "tanh",
      ])
  }
}
