import Foundation
import NeuralNet
import Testing
import Tracking

struct OutputReadingTests {
  private func reading(_ loss: String, classes: Int? = 3, outputs: Int = 3) -> OutputReading {
    OutputReading(loss: Chosen(loss), classes: classes, outputs: outputs)
  }

  private func expect(_ found: [Double], _ wanted: [Double]) {
    #expect(found.count == wanted.count)
    for (a, b) in zip(found, wanted) { #expect(abs(a - b) < 1e-7, "\(found) is not \(wanted)") }
  }

  @Test func numbersAreReadAsTheLossReadsThem() {
    let row: ArraySlice<Float> = [1, 2, 0]
    let sum = exp(1.0) + exp(2.0) + 1
    expect(reading("cross-entropy").classNumbers(row), [exp(1) / sum, exp(2) / sum, 1 / sum])
    expect(reading("nll").classNumbers([-1, -2, -3]), [exp(-1), exp(-2), exp(-3)])
    expect(reading("bce").classNumbers([0.25, 0.5, 1]), [0.25, 0.5, 1])
    let logistic = { (x: Double) in 1 / (1 + exp(-x)) }
    expect(reading("bce-with-logits").classNumbers(row), [logistic(1), logistic(2), 0.5])
    expect(reading("mse").classNumbers(row), [1, 2, 0])
    #expect(!reading("mse").isProbability && reading("nll").isProbability)
    expect(reading("mse", classes: nil).classNumbers(row), [1, 2, 0])
  }

  @Test func aSingleOutputSpeaksForTheSecondClass() {
    let share = reading("bce", classes: 2, outputs: 1)
    expect(share.classNumbers([0.25]), [0.75, 0.25])
    #expect(share.decision([0.25]) == 0 && share.decision([0.75]) == 1)
    let logit = reading("bce-with-logits", classes: 2, outputs: 1)
    expect(logit.classNumbers([0]), [0.5, 0.5])
    #expect(logit.decision([-0.1]) == 0 && logit.decision([0.1]) == 1)
  }

  @Test func extremesStayProbabilities() {
    let row: ArraySlice<Float> = [1e4, -1e4, 0]
    expect(reading("cross-entropy").classNumbers(row), [1, 0, 0])
    expect(reading("bce-with-logits").classNumbers(row), [1, 0, 0.5])
  }

  @Test func theGreatestDecidesAndTheFirstAmongEquals() {
    let row: [Float] = [9, 9, 1, 3, 3]
    #expect(reading("cross-entropy").decision(row[2...]) == 1)
    #expect(reading("cross-entropy", classes: nil).decision(row[2...]) == nil)
  }
}
