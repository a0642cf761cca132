import Foundation
import TensorKernels
import Testing

/// Activations and their slopes by their formulas in double.
///
/// Single precision: 2e-6 of the greater of 1 and the result, a few units in the last place of what is
/// added up; double 1e-13.
@Suite(.everyBody) struct ActivationTests {
  static let numbers = (-100...100).map { Double($0) / 8 } + [-0.0, 30, -30, 88, -88, 1e4, -1e4]

  struct Case: Sendable {
    let forward: Kernel
    let backward: Kernel
    let scalars: [Double]
    let value: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double
  }

  private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private static func share(_ x: Double) -> Double { (1 + erf(x / 2.0.squareRoot())) / 2 }
  private static func inner(_ x: Double) -> Double {
    (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
  }

  private static func soft(_ beta: Double, _ threshold: Double) -> Case {
    Case(
      forward: .softplus, backward: .softplusBack, scalars: [beta, threshold],
      value: { $0 * beta > threshold ? $0 : max($0, 0) + log1p(exp(-abs($0 * beta))) / beta },
      slope: { $0 * beta > threshold ? 1 : logistic(beta * $0) })
  }

  static let cases = [
    Case(
      forward: .elu, backward: .eluBack, scalars: [0.7],
      value: { $0 > 0 ? $0 : 0.7 * expm1($0) }, slope: { $0 > 0 ? 1 : 0.7 * exp($0) }),
    Case(
      forward: .silu, backward: .siluBack, scalars: [0], value: { $0 * logistic($0) },
      slope: { logistic($0) * (1 + $0 * logistic(-$0)) }),
    Case(
      forward: .gelu, backward: .geluBack, scalars: [0], value: { $0 * share($0) },
      slope: { share($0) + $0 * exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }),
    Case(
      forward: .geluTanh, backward: .geluTanhBack, scalars: [0],
      value: { $0 * (1 + tanh(inner($0))) / 2 },
      slope: { x in
        let t = tanh(inner(x))
        let bend = (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * x * x)
        // Where tanh is 1 to the last place its slope is 0, whatever the inner slope.
        return (1 + t) / 2 + (abs(t) == 1 ? 0 : x * (1 - t * t) * bend / 2)
      }),
    soft(1, 20), soft(2.5, 1.5),
  ]

  @Test(arguments: cases.indices) func theyAreTheirFormulas(index: Int) {
    let example = Self.cases[index]
    check(example, as: Float.self, within: 2e-6)
    check(example, as: Double.self, within: 1e-13)
  }

  private func check<Scalar: KernelScalar>(
    _ example: Case, as scalar: Scalar.Type, within tolerance: Double
  ) {
    for count in [1, 6, 16, 21, Self.numbers.count] {
      let x = Array(Self.numbers.suffix(count))
      let (empty, dy) = (Array(repeating: 9.0, count: count), draws(count, 1))
      let y = KernelCall.run(
        example.forward, [x, empty], sizes: [count], scalars: example.scalars, as: scalar)[1]
      expectAll(y, x.map(example.value), tolerance, "\(example.forward)")
      let dx = KernelCall.run(
        example.backward, [x, dy, empty], sizes: [count], scalars: example.scalars, as: scalar)[2]
      expectAll(
        dx, zip(x, dy).map { example.slope($0) * $1 }, 2 * tolerance, "\(example.backward)")
    }
  }

  /// An optimizer that divides by the slope's size needs it where the function is flat.
  @Test func aSaturatedEluHasItsSlope() {
    for x in [-5.0, -20, -60] {
      let dx = KernelCall.run(
        .eluBack, [[x], [1], [9]], sizes: [1], scalars: [1, 0], as: Float.self)[2][0]
      #expect(abs(dx / exp(x) - 1) < 1e-6)
    }
  }
}
