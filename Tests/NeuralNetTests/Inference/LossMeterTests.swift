import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

struct LossMeterTests {
  @Test func rowsAndTheirMeanAreMeasuredAsTrainingDoes() throws {
    let outputs: [Float] = [1, 2, 3, 0, 0, 0]
    let classes = NetworkData.Targets.classes(SharedArray([2, 0]))
    let meter = try LossMeter(chosen(Losses.all, "cross-entropy"), outputs: 3)
    let (each, mean) = meter.measure(outputs, classes, rows: 2)
    let first = log(exp(1.0) + exp(2.0) + exp(3.0)) - 3
    #expect(abs(each[0] - first) < 1e-6 && abs(each[1] - log(3.0)) < 1e-6)
    #expect(abs(mean - (first + log(3.0)) / 2) < 1e-6)
  }

  /// A row by itself is divided by its own class's weight, all rows by the sum of theirs.
  @Test func classWeightsAreThoseOfTheRows() throws {
    let meter = try LossMeter(
      chosen(
        Losses.all, "cross-entropy",
        ["class_weights": .list([.number(1), .number(3), .number(0.5)])]), outputs: 3)
    let (each, mean) = meter.measure(
      [1, 2, 3, 0, 0, 0], .classes(SharedArray([2, 1])), rows: 2)
    let first = log(exp(1.0) + exp(2.0) + exp(3.0)) - 3
    #expect(abs(each[0] - first) < 1e-6 && abs(each[1] - log(3.0)) < 1e-6)
    #expect(abs(mean - (0.5 * first + 3 * log(3.0)) / 3.5) < 1e-6)
  }

  /// The mean over outputs of each row, then over more rows than go through at once.
  @Test func manyRowsOfSeveralNumbersAreMeasured() throws {
    let meter = try LossMeter(chosen(Losses.all, "l1"), outputs: 2)
    let rows = 5000
    let outputs = (0..<rows).flatMap { row -> [Float] in [Float(row % 10), 0] }
    let targets = NetworkData.Targets.values(
      SharedArray(Array(repeating: Float(0), count: 2 * rows)))
    let (each, mean) = meter.measure(outputs, targets, rows: rows)
    #expect(each == (0..<rows).map { Double($0 % 10) / 2 })
    #expect(abs(mean - 2.25) < 1e-9)
  }

  @Test func withoutRowsThereIsNoMean() throws {
    let meter = try LossMeter(chosen(Losses.all, "mse"), outputs: 1)
    let (each, mean) = meter.measure([], .values(SharedArray([])), rows: 0)
    #expect(each.isEmpty && mean.isNaN)
  }

  @Test func valuesTakeTheSquaredError() throws {
    let meter = try LossMeter(chosen(Losses.all, "mse"), outputs: 1)
    let targets = NetworkData.Targets.values(SharedArray([1, 5]))
    let (each, mean) = meter.measure([3, 2], targets, rows: 2)
    #expect(each == [4, 9] && mean == 6.5)
  }
}
