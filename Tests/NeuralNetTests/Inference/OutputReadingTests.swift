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

  /// For each loss: what several outputs are, and what a single one is; without classes all are values.
  @Test func everyLossReadsItsOutputs() {
    let kinds: [(String, OutputKind, OutputKind)] = [
      ("cross-entropy", .softmax, .softmax), ("nll", .logarithms, .logarithms),
      ("mse", .scores, .scores), ("l1", .scores, .scores), ("huber", .scores, .scores),
      ("bce", .shares, .share), ("bce-with-logits", .logits, .logit),
    ]
    #expect(kinds.map(\.0) == Losses.all.map(\.name))
    for (loss, several, single) in kinds {
      #expect(reading(loss).kind == several && reading(loss, classes: 2, outputs: 1).kind == single)
      #expect(reading(loss).isProbability == (several != .scores))
      #expect(reading(loss, classes: nil).kind == .values)
      #expect(!reading(loss, classes: nil).isProbability)
      #expect(reading(loss).classes == 3 && reading(loss, classes: nil).classes == nil)
    }
    let untrained = OutputReading(loss: nil, classes: 3, outputs: 3)
    #expect(untrained.kind == .scores && untrained.decision([0, 2, 1]) == 1)
  }

  /// A half is not above a half, nor a logit of 0 above 0; then the first class is spoken for.
  @Test func theMiddleSpeaksForTheFirstClass() {
    #expect(reading("bce", classes: 2, outputs: 1).decision([0.5]) == 0)
    #expect(reading("bce-with-logits", classes: 2, outputs: 1).decision([0]) == 0)
    #expect(reading("cross-entropy").decision([]) == nil)
    let logistic = { (x: Double) in 1 / (1 + exp(-x)) }
    expect(
      reading("bce-with-logits", classes: 2, outputs: 1).classNumbers([2]),
      [logistic(-2), logistic(2)])
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
