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
    zip(values, places).allSatisfy { abs($0 - function($1)) < 1e-9 }
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
    let names = ActivationCurve.all.map(\.name)
    #expect(names.contains("gelu") && names.contains("leaky-relu"))
    for name in ["linear", "softmax", "dropout", "batch-norm", "max"] {
      #expect(!names.contains(name))
    }
  }
}
