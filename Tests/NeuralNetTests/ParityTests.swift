import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// Updates of every module, loss and optimizer, and the rates of the schedules, against PyTorch's
/// numbers in double precision.
///
/// In double precision both sides differ by the order of their sums, 1e-16 of the greatest term a
/// pass, which some updates multiply by less than a thousand: 1e-9 leaves room for steps that divide
/// by small roots, while another rule shows at 1e-3 and above. In single precision the same program
/// is off by 6e-8 of the greatest term a pass; batch-norm and the optimizers that divide by roots
/// multiply that, so 2e-4 there. Values above 1 are compared relatively.
@Suite(.everyBody) struct ParityTests {
  @Test func agreesWithPyTorchInDoublePrecision() throws {
    for example in try ParityFixture.load().cases { try check(example, Double.self, 1e-9) }
  }

  @Test func agreesWithPyTorchInSinglePrecision() throws {
    for example in try ParityFixture.load().cases { try check(example, Float.self, 2e-4) }
  }

  private func check<Scalar: KernelScalar>(
    _ example: ParityFixture.Case, _ scalar: Scalar.Type, _ tolerance: Double
  ) throws {
    let schedule = example.schedule.map {
      Schedule(
        chosen(Schedules.all, "one-cycle", $0.parameters), rate: example.lr, updatesPerEpoch: 1,
        totalUpdates: example.losses.count)
    }
    let program = try program(example, schedule, scalar)
    var first = 0
    for (update, expected) in example.losses.enumerated() {
      let end = min(first + example.batch, example.rows)
      let result = program.step(
        first..<end, rate: schedule?.rate(update: update, epoch: 1) ?? example.lr,
        momentum: schedule?.momentum(update: update))
      expectNear(
        result.lossSum / Double(end - first), expected, tolerance,
        "\(example.name), loss \(update)")
      first = end == example.rows ? 0 : end
    }
    expectNear(
      program.evaluate(0..<example.rows).lossSum / Double(example.rows), example.evaluation,
      tolerance, "\(example.name), evaluation")
    #expect(Set(program.namedTensors.map(\.name)) == Set(example.final.keys))
    for tensor in program.namedTensors {
      let expected = try #require(example.final[tensor.name])
      #expect(expected.count == tensor.values.count)
      for (ours, theirs) in zip(tensor.values, expected) {
        // Tensors are given out in single precision.
        expectNear(
          Double(ours), theirs, max(tolerance, 1e-7), "\(example.name), \(tensor.name)")
      }
    }
    let outputs = program.outputs(0..<min(4, example.rows))
    #expect(outputs.count == example.outputs.count)
    for (ours, theirs) in zip(outputs, example.outputs) {
      expectNear(Double(ours), theirs, 4 * tolerance, "\(example.name), outputs")
    }
  }

  private func program<Scalar: KernelScalar>(
    _ example: ParityFixture.Case, _ schedule: Schedule?, _ scalar: Scalar.Type
  ) throws -> NetworkProgram<Scalar> {
    let graph = try Graph(example.layers.map(\.spec), input: Shape(example.shape))
    let plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, example.loss, example.lossSettings.parameters),
      optimizer: chosen(Optimizers.all, example.optimizer, example.settings.parameters),
      weightDecay: example.weightDecay, cyclesMomentum: schedule?.cyclesMomentum ?? false,
      batchRows: example.batch, seed: 1)
    let program = NetworkProgram<Scalar>(plan)
    try program.initialize(
      from: (graph.parameters + graph.buffers).map { parameter in
        NamedTensor(
          name: parameter.name, shape: parameter.shape.sizes,
          values: example.initial[parameter.name] ?? [])
      })
    let targets: NetworkData.Targets =
      if let classes = example.classes { .classes(SharedArray(classes)) } else {
        .values(SharedArray(example.values ?? []))
      }
    program.bind(
      NetworkData(features: SharedArray(example.x), targets: targets, rows: example.rows))
    return program
  }

  /// Rates are a few roundings of doubles away from PyTorch's.
  @Test func schedulesAgreeWithPyTorch() throws {
    for example in try ParityFixture.load().schedules {
      let settings = example.settings.parameters.filter { $0.key != "mode" }
      let schedule = Schedule(
        chosen(Schedules.all, example.name, settings), rate: example.rate, updatesPerEpoch: 1,
        totalUpdates: example.rates.count)
      let isMax = example.settings.parameters["mode"] == .text("max")
      var plateau = schedule.start
      for (update, expected) in example.rates.enumerated() {
        let rate = schedule.rate(update: update, epoch: update + 1, plateau: plateau)
        #expect(abs(rate - expected) <= 1e-12 * example.rate, "\(example.name), update \(update)")
        if let momentum = schedule.momentum(update: update) {
          #expect(abs(momentum - example.momenta[update]) <= 1e-12, "momentum \(update)")
        }
        if let metrics = example.metrics {
          schedule.observe(metrics[update], isMax ? .maximize : .minimize, &plateau)
          // As a checkpoint keeps it, so that a resumed run goes on in the same way.
          plateau = try JSONDecoder().decode(Plateau.self, from: JSONEncoder().encode(plateau))
        }
      }
    }
  }
}
