import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What every optimizer owes the house.
///
/// An optimizer that is registered is handed to this suite; its
/// rule has to be written once more in `OptimizerReference`.
@Suite struct OptimizerConformanceTests {
  static let names = Optimizers.all.map(\.name)

  private func type(_ name: String) throws -> any Optimizer.Type {
    try #require(Optimizers.types.first { $0.choice.name == name })
  }

  private func settings(_ name: String) throws -> [Chosen] {
    let all = SampleSettings.all(try type(name).choice).map(\.chosen)
    // Settings that only act beside a momentum are tried beside one too.
    let moving = all.map { chosen in
      Chosen(
        name,
        chosen.values["momentum"] == nil
          ? chosen.values : chosen.values.merging(["momentum": .number(0.6)]) { $1 })
    }
    return (all + moving).filter { Optimizers.conflict(in: $0) == nil }
  }

  private func program(
    _ chosen: Chosen, weightDecay: Double = 0, l1: Double = 0, cyclesMomentum: Bool = false
  ) throws -> NetworkProgram<Double> {
    let graph = try Graph([linear(3), layer("tanh"), linear(2)], input: Shape(4))
    let program = NetworkProgram<Double>(
      NetworkPlan(
        graph: graph, loss: MeanSquaredError.choice.standard(), optimizer: chosen,
        weightDecay: weightDecay, l1: l1, cyclesMomentum: cyclesMomentum, batchRows: 8, seed: 1))
    program.initialize(Initializers.standard.standard(), seed: 3)
    program.bind(sampleData(rows: 8, features: 4, targets: .values(2)))
    return program
  }

  private func weights(_ program: NetworkProgram<Double>) -> [Double] {
    program.plan.graph.parameters.indices.flatMap { program.values(at: $0) }
  }

  /// Five updates in double precision, whose rounding the tolerance of 1e-11 leaves room for.
  @Test(arguments: names) func updatesAreThoseOfTheReference(name: String) throws {
    try #require(OptimizerReference.names.contains(name), "write the rule of \(name) there")
    for chosen in try settings(name) {
      for (decay, l1) in [(0.0, 0.0), (0.1, 0.02)] {
        let program = try program(chosen, weightDecay: decay, l1: l1)
        var reference = OptimizerReference(chosen, weightDecay: decay, l1: l1)
        var expected = weights(program)
        for update in 0..<5 {
          let rate = 0.05 / Double(update + 1)
          _ = program.step(0..<8, rate: rate)
          let gradient = program.plan.graph.parameters.indices.flatMap { program.gradient(at: $0) }
          expected = reference.step(expected, gradient, rate: rate)
          let found = weights(program)
          let worst = zip(found, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .nan
          #expect(worst < 1e-11, "\(chosen), decay \(decay), update \(update): \(worst)")
        }
      }
    }
  }

  @Test(arguments: names) func aRunGoesOnFromItsState(name: String) throws {
    for chosen in try settings(name) {
      let (whole, first, second) = (try program(chosen), try program(chosen), try program(chosen))
      for _ in 0..<4 { _ = whole.step(0..<8, rate: 0.01) }
      for _ in 0..<2 { _ = first.step(0..<8, rate: 0.01) }
      try second.restore(first.stateBytes)
      for _ in 0..<2 { _ = second.step(0..<8, rate: 0.01) }
      #expect(weights(whole) == weights(second) && second.updates == 4)
      #expect(weights(whole) != weights(first))
    }
  }

  /// Decay is a part of the objective exactly where it is a part of the gradient.
  @Test(arguments: names) func decayIsApartWhereTheObjectiveHasNone(name: String) throws {
    let chosen = try type(name).choice.standard()
    let program = try program(chosen, weightDecay: 0.1)
    #expect(program.plan.hasPenalty == !Optimizers.decaysApart(chosen))
    let squares = weights(program).reduce(0) { $0 + $1 * $1 }
    let penalty = program.step(0..<8, rate: 0.01).penalty
    let expected = Optimizers.decaysApart(chosen) ? 0 : 0.05 * squares
    #expect(abs(penalty - expected) < 1e-12)
  }

  /// A schedule's momentum acts exactly where the optimizer says that it has one, also where its own
  /// is 0.
  @Test(arguments: names) func aScheduleMovesItsMomentum(name: String) throws {
    let type = try type(name)
    if let key = type.momentumSetting {
      #expect(type.choice.settings.contains { $0.name == key })
    }
    let paths = try [0.2, 0.9].map { momentum in
      let program = try program(type.choice.standard(), cyclesMomentum: true)
      for _ in 0..<3 { _ = program.step(0..<8, rate: 0.01, momentum: momentum) }
      return weights(program)
    }
    #expect((paths[0] != paths[1]) == (type.momentumSetting != nil))
    #expect(Optimizers.hasMomentum(type.choice.standard()) == (type.momentumSetting != nil))
  }

  @Test(arguments: names) func pyTorchHasItOrThereIsAReason(name: String) throws {
    let choice = try type(name).choice
    var calls: [String: Set<String>] = [:]
    for (setting, chosen) in SampleSettings.all(choice) {
      let optimizer = try #require(Optimizers.optimizer(chosen))
      do throws(MissingForm) {
        let call = try optimizer.torch()
        #expect(call.function.hasPrefix("torch.optim."))
        calls[setting ?? "", default: []].insert(call.text)
      } catch { #expect(!error.reason.isEmpty) }
    }
    for setting in choice.settings where calls[""] != nil {
      #expect(calls[setting.name] != calls[""], "\(name) keeps \(setting.name) to itself")
    }
  }
}
