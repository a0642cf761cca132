import Foundation
import TensorKernels
import Testing

/// One kernel by itself: operands in, operands out.
///
/// Behind every operand lie numbers that no kernel may change.
enum KernelCall {
  /// A kernel, which operands it takes, and what it is told beside them.
  struct Step {
    let kernel: Kernel
    let operands: [Int?]
    let sizes: [Int]
    let scalars: [Double]

    init(_ kernel: Kernel, _ operands: [Int?], sizes: [Int], scalars: [Double] = []) {
      self.kernel = kernel
      self.operands = operands
      self.sizes = sizes
      self.scalars = scalars
    }
  }

  /// What lies behind an operand.
  private static let guarding = 12345.0

  /// Runs one kernel on operands in their order, `nil` for one that it is not given.
  static func run<Scalar: KernelScalar>(
    _ kernel: Kernel, _ operands: [[Double]?], sizes: [Int], scalars: [Double] = [],
    as scalar: Scalar.Type, sourceLocation: SourceLocation = #_sourceLocation,
    _ prepare: (RunState) -> Void = { $0.block(first: 0, row: 0) }
  ) -> [[Double]] {
    let step = Step(
      kernel, operands.indices.map { operands[$0] == nil ? nil : $0 }, sizes: sizes,
      scalars: scalars)
    return run(
      [step], operands.map { $0 ?? [] }, as: scalar, sourceLocation: sourceLocation, prepare
    ).operands
  }

  /// Runs kernels one after the other on the same operands.
  static func run<Scalar: KernelScalar>(
    _ steps: [Step], _ operands: [[Double]], as scalar: Scalar.Type,
    sourceLocation: SourceLocation = #_sourceLocation, _ prepare: (RunState) -> Void
  ) -> (operands: [[Double]], state: Measured) {
    let size = MemoryLayout<Scalar>.stride
    var (offsets, end) = ([Int](), RunState.byteCount)
    for operand in operands {
      offsets.append(end)
      end += Arena.rounded((operand.count + 16) * size)
    }
    let arena = Arena(byteCount: end)
    let state = RunState(in: arena)
    let places = zip(offsets, operands).map {
      arena.numbers(at: $0, count: $1.count + 16, as: Scalar.self)
    }
    for (place, operand) in zip(places, operands) {
      for index in place.indices {
        place[index] = Scalar(index < operand.count ? operand[index] : guarding)
      }
    }
    state.begin(scale: 1)
    prepare(state)
    let entries = steps.map { step in
      InstructionList.Entry(
        step.kernel,
        step.operands.map { $0.flatMap { arena.bytes.baseAddress?.advanced(by: offsets[$0]) } },
        sizes: step.sizes, scalars: step.scalars)
    }
    InstructionList(entries, state: state, as: Scalar.self).run()
    for (place, operand) in zip(places, operands) {
      #expect(
        place[operand.count...].allSatisfy { Double($0) == guarding },
        "\(steps.map(\.kernel)) writes beyond an operand", sourceLocation: sourceLocation)
    }
    let results = zip(places, operands).map { place, operand in
      place[..<operand.count].map { Double($0) }
    }
    let measured = Measured(
      loss: state.loss, correct: state.correct, norm: state.norm, penalty: state.penalty)
    return (results, measured)
  }

  /// What kernels leave in the state.
  struct Measured {
    let loss: Double
    let correct: Int
    let norm: Double
    let penalty: Double
  }
}

/// Numbers from N(0, 1) that single precision holds exactly.
func draws(_ count: Int, _ stream: Int, scale: Double = 1) -> [Double] {
  let random = CounterRandom(seed: 17, purpose: .data, stream: stream)
  return (0..<count).map { Double(Float(scale * random.normal(0, $0))) }
}

/// Expects every number within `tolerance` of another, of its magnitude where that is above 1;
/// not-a-number where the other is none, infinity where it is infinite.
func expectAll(
  _ found: [Double], _ expected: [Double], _ tolerance: Double, _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(what()): \(found.count) numbers, not \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  for place in found.indices {
    let (a, b) = (found[place], expected[place])
    if a == b || a.isNaN && b.isNaN { continue }
    if abs(a - b) <= tolerance * max(1, abs(b)) { continue }
    Issue.record(
      "\(what()): number \(place) is \(a), not \(b)", sourceLocation: sourceLocation)
    return
  }
}
