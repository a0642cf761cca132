import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

@Suite struct ProgramTests {
  private func program<Scalar: KernelScalar>(
    _ layers: [LayerSpec], _ data: NetworkData, features: Int, batch: Int,
    loss: String = "cross-entropy", _ scalar: Scalar.Type = Float.self
  ) throws -> NetworkProgram<Scalar> {
    let plan = NetworkPlan(
      graph: try Graph(layers, input: Shape(features)), loss: chosen(Losses.all, loss),
      optimizer: chosen(Optimizers.all, "adam"), batchRows: batch, seed: 1)
    let program = NetworkProgram<Scalar>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 1)
    program.bind(data)
    return program
  }

  /// Logits of +-1e4 overflow a plain exp; the loss of a sure right answer is 0, of a sure wrong one
  /// the distance of the logits, and the gradient stays finite.
  @Test(arguments: [3, 12, 50]) func lossIsSafeAtTheExtremes(classes: Int) throws {
    let features = SharedArray<Float>([1, -1, 1])
    let data = NetworkData(
      features: features, targets: .classes(SharedArray<Int32>([0, 0, 1])), rows: 3)
    let program = try program([linear(classes, bias: false)], data, features: 1, batch: 3)
    let weights = (0..<classes).map { $0 == 0 ? 1e4 : $0 == 1 ? -1e4 : 0 }
    program.set(weights, at: 0)
    let (loss, correct) = program.evaluate(0..<3)
    #expect(abs(loss - 40_000) < 0.1)  // 0, then 2e4 and 2e4
    #expect(correct == 1)
    #expect(program.step(0..<3, rate: 1e-3).lossSum.isFinite)
    #expect(program.gradient(at: 0).allSatisfy { $0.isFinite })
    #expect(program.outputs(0..<3).allSatisfy { $0.isFinite })
  }

  /// An optimizer that divides by the gradient's size, as rmsprop, makes steps of the smallest one: the
  /// slope of elu deep below 0 is exp(x), where what it puts out is -1 to the last place.
  @Test func aSaturatedEluHasASlope() throws {
    for x in [-5.0, -20, -60] {
      let data = NetworkData(
        features: SharedArray<Float>([1]), targets: .values(SharedArray<Float>([0])), rows: 1)
      let program = try program(
        [linear(1, bias: false), layer("elu")], data, features: 1, batch: 1, loss: "mse")
      program.set([x], at: 0)
      _ = program.step(0..<1, rate: 0)
      // dL/dw = 2 (exp(x) - 1) exp(x), for an input of 1
      let expected = 2 * expm1(x) * exp(x)
      let gradient = try #require(program.gradient(at: 0).first)
      #expect(abs(Double(gradient) / expected - 1) < 1e-6, "\(x)")
    }
  }

  @Test func probabilitiesAreSafeAtTheExtremes() throws {
    let data = NetworkData(
      features: SharedArray<Float>([1e4, -1e4, 0]), targets: .none, rows: 1)
    for (name, expected) in [
      ("softmax", [1, 0, 0]), ("log-softmax", [0, -2e4, -1e4]), ("sigmoid", [1, 0, 0.5]),
      ("tanh", [1, -1, 0]),
    ] as [(String, [Float])] {
      let program = try program([layer(name)], data, features: 3, batch: 1)
      #expect(program.outputs(0..<1) == expected, "\(name)")
    }
  }

  /// Element-wise functions against Foundation's in double: to 4e-7 in single precision (a few units
  /// in the last place) and 1e-14 in double.
  @Test func functionsOfNumbersAreExactToTheLastPlaces() throws {
    let numbers = (-4000...4000).map { Float($0) / 180 }
    let data = NetworkData(
      features: SharedArray(numbers), targets: .none, rows: numbers.count)
    for (name, function) in [
      ("sigmoid", { 1 / (1 + exp(-$0)) }), ("tanh", { tanh($0) }), ("relu", { max($0, 0) }),
      ("leaky-relu", { $0 > 0 ? $0 : 0.01 * $0 }),
    ] as [(String, (Double) -> Double)] {
      let single = try program([layer(name)], data, features: 1, batch: 64, Float.self)
      let double = try program([layer(name)], data, features: 1, batch: 64, Double.self)
      for (x, y) in zip(numbers, single.outputs(0..<numbers.count)) {
        let expected = function(Double(x))
        #expect(abs(Double(y) - expected) <= 4e-7 * abs(expected), "\(name)(\(x))")
      }
      for (x, y) in zip(numbers, double.outputs(0..<numbers.count)) {
        let expected = function(Double(x))
        #expect(abs(y - expected) <= 1e-14 * abs(expected), "\(name)(\(x))")
      }
    }
  }

  /// A share p of the values is dropped, the others are scaled so that the mean stays; the mask is
  /// that of the row in the batch, whatever blocks and rows stand beside it.
  @Test func dropoutDropsItsShareWhateverTheBlocks() throws {
    let rows = 2000
    let data = NetworkData(
      features: SharedArray(Array(repeating: Float(1), count: rows * 10)),
      targets: .values(SharedArray(Array(repeating: Float(0), count: rows * 10))), rows: rows)
    let layers = [layer("dropout", ["p": .number(0.3)])]
    let program = try program(layers, data, features: 10, batch: rows, loss: "mse")
    // Of the values kept, 1 / 0.7 each: the mean square is 0.7 / 0.49.
    let loss = program.step(0..<rows, rate: 0).lossSum / Double(rows)
    #expect(abs(loss - 1 / 0.7) < 5 * (0.3 / 0.7 / Double(rows * 10)).squareRoot() / 0.7)
    let random = CounterRandom(seed: 1, purpose: .dropout, stream: 0)
    for update in 1..<4 {
      let kept = (0..<rows * 10).filter { place in
        let (row, unit) = (place / 10, place % 10)
        return random.words(update, row * 3 + unit / 4)[unit % 4] >= UInt32(0.3 * 4_294_967_296)
      }
      let expected = Double(kept.count) / 10 / 0.49
      #expect(abs(program.step(0..<rows, rate: 0).lossSum - expected) < 1e-5 * expected)
    }
    #expect(program.evaluate(0..<rows).lossSum == Double(rows))  // inference leaves values alone
    var whole = try self.program(layers, data, features: 10, batch: 40, loss: "mse")
    let first = whole.step(0..<40, rate: 0).lossSum
    whole = try self.program(layers, data, features: 10, batch: 40, loss: "mse")
    #expect(whole.step(100..<140, rate: 0).lossSum == first)
  }

  @Test func stateContinuesBitForBit() throws {
    let data = sampleData(rows: 90, features: 2, targets: .classes(3))
    let layers = [linear(30), layer("relu"), layer("dropout"), linear(3)]
    let first = try program(layers, data, features: 2, batch: 40, Float.self)
    for _ in 0..<5 { _ = first.step(0..<40, rate: 0.01) }
    let second = try program(layers, data, features: 2, batch: 40, Float.self)
    try second.restore(first.stateBytes)
    for _ in 0..<5 {
      let a = first.step(50..<90, rate: 0.01)
      let b = second.step(50..<90, rate: 0.01)
      #expect(a.lossSum == b.lossSum)
    }
    #expect(first.stateBytes == second.stateBytes)
    #expect(throws: LabbookError.self) { try second.restore([1, 2, 3]) }
  }

  /// The loss of a whole part does not depend on how a network is batched while it trains, but for
  /// the order of its sum.
  @Test func evaluationCoversEveryRow() throws {
    let data = sampleData(rows: 1237, features: 2, targets: .classes(3))
    let program = try program(
      [linear(30), layer("relu"), linear(3)], data, features: 2, batch: 10, Float.self)
    let whole = program.evaluate(0..<1237)
    let parts = [0..<1, 1..<500, 500..<1237].map { program.evaluate($0) }
    #expect(abs(whole.lossSum - parts.map(\.lossSum).reduce(0, +)) < 1e-6 * whole.lossSum)
    #expect(whole.correct == parts.map(\.correct).reduce(0, +))
    let outputs = program.outputs(0..<1237)
    guard case .classes(let classes) = data.targets else { return }
    let right = (0..<1237).filter { row in
      let scores = outputs[row * 3..<row * 3 + 3]
      return scores.firstIndex(of: scores.max() ?? 0) == row * 3 + Int(classes[row])
    }
    #expect(right.count == whole.correct)
  }

  /// One class, a batch of one row, and inputs of +-1e4: every loss and module stays finite.
  @Test(arguments: Losses.all.map(\.name)) func everyLossIsSafeAtTheExtremes(loss: String) throws {
    for (classes, rows) in [(1, 1), (1, 7), (2, 1), (40, 3)] {
      var layers = [
        linear(classes), layer("gelu"), layer("silu"), layer("elu"), layer("softplus"),
        layer("layer-norm"), linear(classes),
      ]
      if loss == "bce" { layers.append(layer("sigmoid")) }
      if loss == "nll" { layers.append(layer("log-softmax")) }
      let plan = NetworkPlan(
        graph: try Graph(layers, input: Shape(3)),
        loss: chosen(
          Losses.all, loss, loss == "cross-entropy" ? ["label_smoothing": .number(0.1)] : [:]),
        optimizer: chosen(Optimizers.all, "sgd"), measuresNorm: true, batchRows: rows, seed: 1)
      let program = NetworkProgram<Float>(plan)
      program.initialize(chosen(Initializers.all, "default"), seed: 1)
      program.bind(
        NetworkData(
          features: SharedArray((0..<rows * 3).map { $0 % 2 == 0 ? 1e4 : -1e4 }),
          targets: .classes(SharedArray((0..<rows).map { Int32($0 % classes) })), rows: rows))
      let result = program.step(0..<rows, rate: 1e-3)
      #expect(result.lossSum.isFinite && result.gradientNorm.isFinite, "\(classes), \(rows)")
      #expect(program.namedTensors.allSatisfy { $0.values.allSatisfy(\.isFinite) })
    }
  }
}
