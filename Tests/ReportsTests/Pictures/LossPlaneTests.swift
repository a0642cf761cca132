import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runs
import TensorKernels
import TestSupport
import Testing
import Tracking

@Suite struct LossPlaneTests {
  private func configuration(_ text: String) throws -> (RunConfiguration, PreparedData) {
    let library = DataLibrary()
    let experiment = try Experiment.parse(text, library: library)
    let sweep = try #require(experiment.sweeps.first)
    let configuration = try #require(experiment.members(of: sweep).first).configuration
    return (configuration, try library.prepare(configuration.data))
  }

  private let line = """
    data: {source: linear, points: 50, noise: 0.1}
    model: [{linear: 1}]
    train: {optimizer: sgd, lr: 0.1, steps: 40, batch_size: full}
    """

  @Test func aLineHasItsTwoParametersForAxes() throws {
    let (configuration, data) = try configuration(line)
    let trace = try DescentTrace(
      configuration.own, objective: configuration.objective, data, name: "full batch")
    #expect(trace.updates == 40 && trace.weights.count == 41 && !trace.hasDiverged)
    let plane = try LossPlane(configuration.own, data, [trace], directions: [])
    #expect(plane.names == ("0.weight[0, 0]", "0.bias[0]"))
    // The mean square of w x + b - y, by hand.
    guard case .values(let ys, _) = data.train.targets else {
      Issue.record("no values")
      return
    }
    for (w, b) in [(0.0, 0.0), (1.5, -0.5)] {
      let squares = (0..<data.train.rows).map { row -> Double in
        let error = w * Double(data.train.row(row)[0]) + b - Double(ys[row])
        return error * error
      }
      let mean = squares.reduce(0, +) / Double(squares.count)
      #expect(abs(plane.loss(x: w, y: b) - mean) < 1e-5 * max(1, mean))
    }
  }

  @Test func aWayGoesDownhillWhereItIsDrawn() throws {
    let (configuration, data) = try configuration(line)
    let trace = try DescentTrace(
      configuration.own, objective: configuration.objective, data, name: "full batch")
    let plane = try LossPlane(configuration.own, data, [trace], directions: [])
    let losses = trace.weights.map { weights -> Double in
      let place = plane.place(of: weights)
      return plane.loss(x: place.x, y: place.y)
    }
    #expect(losses == losses.sorted(by: >))
  }

  @Test func largeNetworksHavePrincipalAxesOrNamedParameters() throws {
    let (configuration, data) = try configuration(
      """
      data: {source: spiral, points_per_class: 40}
      model: {mlp: {hidden: [8]}}
      train: {epochs: 3}
      """)
    let trace = try DescentTrace(
      configuration.own, objective: configuration.objective, data, name: "own")
    let plane = try LossPlane(configuration.own, data, [trace], directions: [])
    #expect(plane.names.x.contains("axis 1"))
    let last = try #require(trace.weights.last)
    let end = plane.place(of: last)
    #expect(abs(end.x) < 1e-6 && abs(end.y) < 1e-6)
    let named = try LossPlane(
      configuration.own, data, [trace], directions: ["2.weight[0,3]", "0.bias[7]"])
    #expect(named.names == ("2.weight[0, 3]", "0.bias[7]"))
    let place = named.place(of: last)
    #expect(abs(named.loss(x: place.x, y: place.y) - plane.loss(x: 0, y: 0)) < 1e-6)
    #expect(throws: LabbookError.self) {
      try LossPlane(configuration.own, data, [trace], directions: ["9.weight[0]", "0.bias[7]"])
    }
  }

  @Test func trainingAgainGivesTheRunsOwnBits() throws {
    let text = """
      data: {source: spiral, points_per_class: 40}
      model: {mlp: {hidden: [8]}}
      train: {epochs: 3}
      """
    let trained = try TrainedExperiment(text)
    defer { trained.remove() }
    let (configuration, data) = try configuration(text)
    let trace = try DescentTrace(
      configuration.own, objective: configuration.objective, data, name: "own")
    let run = try #require(try trained.store.runs(RunQuery()).first)
    let kept = try trained.store.artifact(RunFile.weights, of: run.id)
    let last = try #require(trace.weights.last)
    // Every number of the file is among the flat vector's.
    let numbers = Set(last.map(\.bitPattern))
    #expect(!kept.isEmpty && kept.suffix(4).count == 4)
    let bits = kept.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    #expect(numbers.contains(bits))
  }
}
