import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What decay, L1, clipping and the optimizer make of a gradient, term by term, against PyTorch:
/// Fixtures/make_steps.py took the same three updates.
struct StepTermsTests {
  private struct Fixture: Decodable {
    struct Step: Decodable {
      let loss, norm: Double
      let gradients, clipped, after: [[Double]]
      let memory: [String: [[Double]]]
    }
    let x: [Float]
    let y: [Int32]
    let start: [String: [Float]]
    let rates: [Double]
    let sgd, adam, adamw: [Step]
  }

  private let fixture: Fixture

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/steps.json")
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  private func steps(
    _ optimizer: Chosen, decay: Double, l1: Double = 0, clip: Double? = nil
  ) throws -> [StepTrace] {
    let graph = try Graph([linear(3), layer("relu"), linear(3)], input: Shape(2))
    let program = NetworkProgram<Double>(
      NetworkPlan(
        graph: graph, loss: chosen(Losses.all, "cross-entropy"), optimizer: optimizer,
        weightDecay: decay, l1: l1, clipNorm: clip, isTraced: true, batchRows: 3, seed: 1))
    let shapes = Dictionary(
      graph.parameters.map { ($0.name, $0.shape.sizes) }, uniquingKeysWith: { first, _ in first })
    try program.initialize(
      from: fixture.start.map {
        NamedTensor(name: $0.key, shape: shapes[$0.key] ?? [], values: $0.value)
      })
    program.bind(
      NetworkData(
        features: SharedArray(fixture.x), targets: .classes(SharedArray(fixture.y)), rows: 3))
    return fixture.rates.map { program.traceStep(0..<3, rate: $0) }
  }

  private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
  }

  private func compare(_ ours: [StepTrace], _ theirs: [Fixture.Step]) {
    #expect(ours.count == theirs.count)
    for (step, known) in zip(ours, theirs) {
      #expect(abs(step.loss - known.loss) < 1e-12)
      #expect(abs(step.gradientNorm - known.norm) < 1e-12)
      for (index, tensor) in step.tensors.enumerated() {
        #expect(close(tensor.gradient, known.gradients[index]), "\(tensor.name)")
        #expect(close(tensor.terms[0].numbers, known.clipped[index]), "\(tensor.name)")
        #expect(close(tensor.after, known.after[index]), "\(tensor.name)")
        #expect(tensor.memoryAfter.map(\.name).sorted() == known.memory.keys.sorted())
        for part in tensor.memoryAfter {
          #expect(close(part.numbers, known.memory[part.name]?[index] ?? []), "\(part.name)")
        }
        // The terms add up to what the optimizer sees, the changes to what the weights move by.
        let sum = tensor.before.indices.map { place in
          tensor.terms.reduce(0) { $0 + $1.numbers[place] }
        }
        #expect(tensor.total == sum)
        let moved = tensor.before.indices.map { place in
          tensor.changes.reduce(tensor.before[place]) { $0 + $1.numbers[place] }
        }
        #expect(close(moved, tensor.after, 1e-15))
      }
    }
  }

  @Test func momentumDecayClippingAndL1AreTerms() throws {
    let optimizer = chosen(Optimizers.all, "sgd", ["momentum": .number(0.9)])
    let steps = try steps(optimizer, decay: 0.01, l1: 0.002, clip: 0.25)
    compare(steps, fixture.sgd)
    for (step, rate) in zip(steps, fixture.rates) {
      #expect(step.rate == rate && step.penalty > 0)
      #expect(abs(step.clipFactor - min(1, 0.25 / (step.gradientNorm + 1e-6))) < 1e-12)
      for tensor in step.tensors {
        #expect(tensor.terms.map(\.name) == ["clipped", "weight decay", "L1"])
        // velocity = 0.9 velocity + g, first g; w - rate velocity.
        let velocity = tensor.memoryAfter[0].numbers
        let expected = zip(tensor.memoryBefore[0].numbers, tensor.total).map { 0.9 * $0 + $1 }
        #expect(close(velocity, expected, 1e-15))
        #expect(close(tensor.changes[0].numbers, velocity.map { -rate * $0 }, 1e-15))
      }
    }
    #expect(steps[0].clipFactor < 1)
    #expect(steps[0].rule.contains("w - rate velocity"))
  }

  @Test func adamKeepsMomentsAndDecaysWithin() throws {
    let steps = try steps(chosen(Optimizers.all, "adam"), decay: 0.01)
    compare(steps, fixture.adam)
    #expect(steps[0].tensors[0].terms.map(\.name) == ["gradient", "weight decay"])
    #expect(steps[0].tensors[0].changes.map(\.name) == ["step"] && steps[0].clipFactor == 1)
  }

  @Test func adamwDecaysApart() throws {
    let steps = try steps(chosen(Optimizers.all, "adamw"), decay: 0.1, l1: 0.002)
    compare(steps, fixture.adamw)
    for (step, rate) in zip(steps, fixture.rates) {
      let tensor = step.tensors[0]
      #expect(tensor.terms.map(\.name) == ["gradient", "L1"])
      #expect(tensor.changes.map(\.name) == ["weight decay", "step"])
      #expect(close(tensor.changes[0].numbers, tensor.before.map { -rate * 0.1 * $0 }, 1e-15))
    }
  }

  /// A linear layer of 3 outputs from 2 numbers: dy/dx (3, 2), dy/dw (3, 9) with its bias.
  @Test func jacobiansHaveTheirSizes() throws {
    let values = try steps(chosen(Optimizers.all, "sgd"), decay: 0)[0].values
    #expect(
      values.map { $0.stateJacobians.map { [$0.rows, $0.columns] } } == [
        [], [[3, 2]], [[3, 3]], [[3, 3]],
      ])
    #expect(
      values.map { $0.weightJacobian.map { [$0.rows, $0.columns] } } == [
        nil, [3, 9], nil, [3, 12],
      ])
  }
}
