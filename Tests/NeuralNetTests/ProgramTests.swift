import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

@Suite(.everyBody) struct ProgramTests {
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

  /// A dropout that is not the first layer is drawn by its own number and the plan's seed: here layer 1
  /// of seed 9, behind a layer that passes ones on.
  @Test func everyDropoutIsDrawnByItsLayer() throws {
    let rows = 40
    let plan = NetworkPlan(
      graph: try Graph(
        [linear(10), layer("dropout", ["p": .number(0.25)]), layer("tanh")], input: Shape(1)),
      loss: chosen(Losses.all, "mse"), optimizer: chosen(Optimizers.all, "sgd"), batchRows: rows,
      seed: 9)
    let program = NetworkProgram<Float>(plan)
    try program.initialize(from: [
      NamedTensor(name: "0.weight", shape: [10, 1], values: Array(repeating: 1, count: 10)),
      NamedTensor(name: "0.bias", shape: [10], values: Array(repeating: 0, count: 10)),
    ])
    program.bind(
      NetworkData(
        features: SharedArray(Array(repeating: Float(1), count: rows)),
        targets: .values(SharedArray(Array(repeating: Float(0), count: rows * 10))), rows: rows))
    let random = CounterRandom(seed: 9, purpose: .dropout, stream: 1)
    let kept = (0..<rows * 10).filter { place in
      random.words(0, place / 10 * 3 + place % 10 / 4)[place % 10 % 4] >= 1 << 30
    }
    let each = pow(tanh(1 / 0.75), 2) / 10
    let wanted = Double(kept.count) * each
    #expect(abs(program.step(0..<rows, rate: 0).lossSum - wanted) < 1e-5 * wanted)
  }

  /// Rows of any width keep their targets, whatever order they are taken in: of each row every feature
  /// is its number, which is its target too, and one of its class.
  @Test(arguments: [1, 2, 15, 16, 20, 33]) func rowsKeepTheirTargetsInEveryOrder(width: Int) throws
  {
    let rows = 60
    let features = SharedArray((0..<rows * width).map { Float($0 / width) })
    let order = RowOrder(count: rows)
    order.shuffle(seed: 3, draw: 1)
    let ones = NamedTensor(
      name: "0.weight", shape: [1, width], values: Array(repeating: 1 / Float(width), count: width))
    let numbered = NetworkData(
      features: features, targets: .values(SharedArray((0..<rows).map(Float.init))), rows: rows)
    let values = try program(
      [linear(1, bias: false)], numbered, features: width, batch: 25, loss: "l1")
    try values.initialize(from: [ones])
    values.bind(numbered, order: order)
    // The sum of 33 thirty-thirds of 59 is 59 to a few units in the last place.
    #expect(values.step(0..<25, rate: 0).lossSum < 1e-3)
    #expect(values.evaluate(0..<rows).lossSum < 1e-3)
    let wanted = (0..<rows).map { Double(order[$0]) }
    expectEach(values.outputs(0..<rows).map(Double.init), wanted, 1e-5, "\(width) wide")
    #expect(wanted != wanted.sorted())

    // A score of x - 29.5 for class 1, and of 0 for class 0.
    let halves = NetworkData(
      features: features, targets: .classes(SharedArray((0..<rows).map { $0 < 30 ? 0 : 1 })),
      rows: rows)
    let classes = try program([linear(2)], halves, features: width, batch: 25)
    try classes.initialize(from: [
      NamedTensor(
        name: "0.weight", shape: [2, width],
        values: (0..<2 * width).map { $0 < width ? 0 : 1 / Float(width) }),
      NamedTensor(name: "0.bias", shape: [2], values: [0, -29.5]),
    ])
    classes.bind(halves, order: order)
    #expect(classes.step(0..<25, rate: 0).correct == 25)
    #expect(classes.evaluate(25..<rows).correct == 35)
  }

  /// What each loss counts as right: the greatest output, the first of equal ones, and a single output
  /// above its threshold, where it speaks for the second class.
  @Test func everyLossCountsWhatIsRight() throws {
    let three: [Float] = [0.1, 0.7, 0.2, 0.5, 0.5, 0, 0.3, 0.3, 0.4, 0.2, 0.1, 0.1]
    let single: [Float] = [0.4, 0.6, 0.5, 0.75, 0.1]
    let logits: [Float] = [-0.5, 0.5, 0, 0.25, -2]
    var cases: [(String, [Float], Int, [Int32], Int)] = [
      // 0.4 is below a half, 0.5 is not above it; of the logits 0.5 and 0.25 are above 0.
      ("bce", single, 1, [0, 1, 0, 1, 1], 4), ("bce", single, 1, [1, 0, 1, 1, 0], 2),
      ("bce-with-logits", logits, 1, [0, 1, 0, 1, 1], 4),
      ("bce-with-logits", logits, 1, [1, 0, 1, 1, 0], 2),
    ]
    for loss in Losses.all.map(\.name) {
      // The greatest are outputs 1, 0, 2, 0.
      cases.append((loss, three, 3, [1, 0, 2, 0], 4))
      cases.append((loss, three, 3, [1, 1, 2, 2], 2))
    }
    for (loss, outputs, width, classes, right) in cases {
      let data = NetworkData(
        features: SharedArray(outputs), targets: .classes(SharedArray(classes)),
        rows: classes.count)
      let program = try program(
        [layer("flatten")], data, features: width, batch: classes.count, loss: loss)
      #expect(program.evaluate(0..<classes.count).correct == right, "\(loss), \(classes)")
      #expect(program.step(0..<classes.count, rate: 0).correct == right, "\(loss), \(classes)")
    }
    let numbers = try program(
      [layer("flatten")],
      NetworkData(
        features: SharedArray(three), targets: .values(SharedArray(three)), rows: 4), features: 3,
      batch: 4, loss: "mse")
    #expect(numbers.evaluate(0..<4).correct == 0)
  }

  /// What weight decay and l1 add to the objective, before the update: λ/2 |w|² + μ |w|; adamw's decay
  /// is apart from it.
  @Test func thePenaltyIsThatOfTheObjective() throws {
    for (optimizer, decay, l1, wanted) in [
      ("sgd", 0.5, 0.25, 0.25 * 14 + 0.25 * 6), ("sgd", 0.5, 0, 0.25 * 14), ("sgd", 0, 0, 0),
      ("adam", 0.5, 0.25, 0.25 * 14 + 0.25 * 6), ("adamw", 0.5, 0.25, 0.25 * 6),
      ("adamw", 0.5, 0, 0), ("rmsprop", 0, 0.25, 0.25 * 6), ("adagrad", 0.5, 0, 0.25 * 14),
    ] as [(String, Double, Double, Double)] {
      let plan = NetworkPlan(
        graph: try Graph([linear(1)], input: Shape(2)), loss: chosen(Losses.all, "mse"),
        optimizer: chosen(Optimizers.all, optimizer), weightDecay: decay, l1: l1,
        measuresNorm: true, batchRows: 1, seed: 1)
      #expect(plan.hasPenalty == (wanted > 0))
      let program = NetworkProgram<Double>(plan)
      try program.initialize(from: [
        NamedTensor(name: "0.weight", shape: [1, 2], values: [1, -2]),
        NamedTensor(name: "0.bias", shape: [1], values: [3]),
      ])
      program.bind(
        NetworkData(
          features: SharedArray<Float>([2, 1]), targets: .values(SharedArray<Float>([1])), rows: 1))
      let result = program.step(0..<1, rate: 0.1)
      #expect(abs(result.penalty - wanted) < 1e-15, "\(optimizer), \(decay), \(l1)")
      // y = 2 - 2 + 3, the error 2: loss 4, dloss/dy = 4, its norm by weights 2, 1 and the bias.
      #expect(result.lossSum == 4)
      #expect(abs(result.gradientNorm - 4 * 6.0.squareRoot()) < 1e-12)
    }
  }

  /// The gradient's norm is measured where it is asked for or clipped, else it is 0.
  @Test func theNormIsMeasuredWhereItIsAskedFor() throws {
    for (measures, clip, norm) in [(false, nil, 0), (true, nil, 4), (false, 1, 4)]
      as [(Bool, Double?, Double)]
    {
      let plan = NetworkPlan(
        graph: try Graph([linear(1, bias: false)], input: Shape(1)),
        loss: chosen(Losses.all, "mse"), optimizer: chosen(Optimizers.all, "sgd"), clipNorm: clip,
        measuresNorm: measures, batchRows: 1, seed: 1)
      let program = NetworkProgram<Double>(plan)
      try program.initialize(from: [NamedTensor(name: "0.weight", shape: [1, 1], values: [2])])
      program.bind(
        NetworkData(
          features: SharedArray<Float>([1]), targets: .values(SharedArray<Float>([0])), rows: 1))
      let result = program.step(0..<1, rate: 0.5)
      #expect(result.gradientNorm == norm && result.penalty == 0)
      // The step: 0.5 times 4, clipped 0.5 times 4 / (4 + 1e-6).
      let moved = Double(program.values(at: 0)[0])
      #expect(abs(moved - (clip == nil ? 0 : 2 - 2 / (4 + 1e-6))) < 1e-15)
    }
  }

  /// New weights begin anew: no updates done, the optimizer's vectors as before the first.
  @Test func newWeightsForgetTheUpdates() throws {
    let data = sampleData(rows: 12, features: 3, targets: .classes(2))
    let used = try program(
      [linear(5), layer("batch-norm"), linear(2)], data, features: 3, batch: 12)
    let fresh = try program(
      [linear(5), layer("batch-norm"), linear(2)], data, features: 3, batch: 12)
    for _ in 0..<3 { _ = used.step(0..<12, rate: 0.1) }
    #expect(used.updates == 3)
    used.initialize(chosen(Initializers.all, "default"), seed: 1)
    #expect(used.updates == 0)
    #expect(used.stateBytes == fresh.stateBytes)
    let tensors = fresh.namedTensors
    for _ in 0..<3 { _ = used.step(0..<12, rate: 0.1) }
    try used.initialize(from: tensors)
    #expect(used.stateBytes == fresh.stateBytes)
    // 8 bytes of a count of 0, then the weights as they lie in memory, then two empty vectors.
    let bytes = fresh.stateBytes
    #expect(Array(bytes[..<8]) == Array(repeating: 0, count: 8))
    let lying = fresh.parameterVector
    #expect(
      Array(bytes[8..<8 + lying.count * 4])
        == lying.flatMap { withUnsafeBytes(of: $0) { Array($0) } })
    #expect(bytes[(8 + lying.count * 4)...].allSatisfy { $0 == 0 })
    _ = fresh.step(0..<12, rate: 0.1)
    #expect(fresh.stateBytes[0] == 1)
    fresh.parameterVector = lying
    #expect(fresh.namedTensors == tensors)
  }

  @Test func tensorsThatDoNotFitChangeNothing() throws {
    let data = sampleData(rows: 4, features: 2, targets: .classes(2))
    let program = try program([linear(2)], data, features: 2, batch: 4)
    let before = program.stateBytes
    let error = #expect(throws: LabbookError.self) {
      try program.initialize(from: [
        NamedTensor(name: "0.weight", shape: [2, 3], values: Array(repeating: 1, count: 6)),
        NamedTensor(name: "1.bias", shape: [1], values: [0]),
      ])
    }
    #expect(
      error?.message == "the tensor '0.weight' is 2 x 3, expected 2 x 2\n"
        + "there is no tensor '0.bias' (2)\nthe network has no parameter '1.bias'")
    #expect(program.stateBytes == before)
    let bytes = #expect(throws: LabbookError.self) { try program.restore([1, 2, 3]) }
    #expect(
      bytes?.message
        == "the saved state has 3 bytes, \(before.count) expected" && bytes?.status == 1)
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
