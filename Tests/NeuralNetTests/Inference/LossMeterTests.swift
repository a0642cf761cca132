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

  @Test func valuesTakeTheSquaredError() throws {
    let meter = try LossMeter(chosen(Losses.all, "mse"), outputs: 1)
    let targets = NetworkData.Targets.values(SharedArray([1, 5]))
    let (each, mean) = meter.measure([3, 2], targets, rows: 2)
    #expect(each == [4, 9] && mean == 6.5)
  }
}
