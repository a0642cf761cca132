import Foundation
import TensorKernels
import Testing

/// One update of each rule by its formula in double, from any state, with all of its settings: to 2e-6
/// in single precision, 1e-13 in double.
///
/// Weights and gradients of exactly 0 are among them: l1 leaves a weight of 0 alone.
@Suite(.everyBody) struct OptimizerTests {
  static let count = 48
  static let weights = draws(count, 1).enumerated().map { $0 % 7 == 0 ? 0 : $1 }
  static let gradients = draws(count, 2).enumerated().map { $0 % 11 == 0 ? 0 : $1 }
  static let (rate, decay, l1, most) = (0.1, 0.03, 0.02, 2.0)

  /// Every gradient as a rule sees it: clipped, then with l1 and weight decay.
  private func penalized(decay: Double = decay) -> [Double] {
    let norm = Self.gradients.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let factor = min(1, Self.most / (norm + 1e-6))
    return zip(Self.gradients, Self.weights).map { g, w in
      g * factor + (w > 0 ? Self.l1 : w < 0 ? -Self.l1 : 0) + decay * w
    }
  }

  /// Clips, then runs a rule; the operands are weights, gradients, then the rule's own.
  private func update<Scalar: KernelScalar>(
    _ kernel: Kernel, _ own: [[Double]?], flag: Int = 0, _ scalars: [Double],
    updates: Int = 3, momentum: Double? = nil, bias: (Double, Double) = (1, 1), as: Scalar.Type
  ) -> [[Double]] {
    let operands = [Self.weights, Self.gradients] + own.map { $0 ?? [] }
    let places: [Int?] = [0, 1] + own.indices.map { own[$0] == nil ? nil : $0 + 2 }
    return KernelCall.run(
      [
        .init(.norm, [1], sizes: [Self.count], scalars: [Self.most]),
        .init(kernel, places, sizes: [Self.count, flag], scalars: scalars),
      ], operands, as: Scalar.self
    ) {
      $0.update(
        updates, rate: Self.rate, momentum: momentum, bias1: bias.0, bias2: bias.1)
    }.operands
  }

  private func both(
    _ what: String, _ kernel: Kernel, _ own: [[Double]?], flag: Int = 0, _ scalars: [Double],
    updates: Int = 3, momentum: Double? = nil, bias: (Double, Double) = (1, 1),
    wanted: [[Double]]
  ) {
    let single = update(
      kernel, own, flag: flag, scalars, updates: updates, momentum: momentum, bias: bias,
      as: Float.self)
    let double = update(
      kernel, own, flag: flag, scalars, updates: updates, momentum: momentum, bias: bias,
      as: Double.self)
    let places = [0] + own.indices.filter { own[$0] != nil }.map { $0 + 2 }
    for (place, wanted) in zip(places, wanted) {
      expectAll(single[place], wanted, 2e-6, "\(what), operand \(place)")
      expectAll(double[place], wanted, 1e-13, "\(what), operand \(place)")
    }
  }

  /// b = μ b + (1 - dampening) g, in the first update b = g; w = w - lr b, or lr (g + μ b).
  @Test func sgdMovesByItsMomentum() {
    let (w, g, b) = (Self.weights, penalized(), draws(Self.count, 3))
    let scalars = [0.9, 0.75, Self.decay, Self.l1]
    both("plain", .sgd, [nil], scalars, wanted: [zip(w, g).map { $0 - Self.rate * $1 }])
    let later = zip(b, g).map { 0.9 * $0 + 0.75 * $1 }
    both(
      "momentum", .sgd, [b], scalars, wanted: [zip(w, later).map { $0 - Self.rate * $1 }, later])
    let first = zip(b, g).map { 0.9 * $0 + $1 }
    both(
      "the first update", .sgd, [b], scalars, updates: 0,
      wanted: [zip(w, first).map { $0 - Self.rate * $1 }, first])
    both(
      "nesterov", .sgd, [b], flag: 1, scalars,
      wanted: [zip(w, zip(g, later)).map { $0 - Self.rate * ($1.0 + 0.9 * $1.1) }, later])
    let cycled = zip(b, g).map { 0.5 * $0 + 0.75 * $1 }
    both(
      "a schedule's momentum", .sgd, [b], scalars, momentum: 0.5,
      wanted: [zip(w, cycled).map { $0 - Self.rate * $1 }, cycled])
  }

  /// m = β1 m + (1 - β1) g, v = β2 v + (1 - β2) g²; w less lr / bias1 m / (sqrt(v) / bias2 + ε).
  @Test func adamMovesByItsMoments() {
    let (m, v) = (draws(Self.count, 3), draws(Self.count, 4).map { $0 * $0 })
    for (isApart, momentum) in [(false, nil), (true, nil), (false, 0.6)] as [(Bool, Double?)] {
      let beta1 = momentum ?? 0.8
      let g = penalized(decay: isApart ? 0 : Self.decay)
      let first = zip(m, g).map { beta1 * $0 + (1 - beta1) * $1 }
      let second = zip(v, g).map { 0.95 * $0 + 0.05 * $1 * $1 }
      let shrink = isApart ? 1 - Self.rate * Self.decay : 1
      let w = Self.weights.indices.map {
        Self.weights[$0] * shrink - Self.rate / 0.7 * first[$0]
          / (second[$0].squareRoot() / 0.4 + 0.01)
      }
      both(
        "apart \(isApart), momentum \(momentum ?? -1)", .adam, [m, v], flag: isApart ? 1 : 0,
        [0.8, 0.95, Self.decay, Self.l1, 0.01], momentum: momentum, bias: (0.7, 0.4),
        wanted: [w, first, second])
    }
  }

  /// v = α v + (1 - α) g², centred less m² with m = α m + (1 - α) g; step g / (sqrt(v) + ε).
  @Test func rmspropMovesByItsMeanSquare() {
    let g = penalized()
    let means = draws(Self.count, 3).map { $0 / 4 }
    let (squares, kept) = (draws(Self.count, 4).map { 1 + $0 * $0 }, draws(Self.count, 5))
    for (isCentred, hasMomentum, momentum) in [
      (false, false, nil), (true, false, nil), (false, true, nil), (true, true, 0.3),
    ] as [(Bool, Bool, Double?)] {
      let v = zip(squares, g).map { 0.8 * $0 + 0.2 * $1 * $1 }
      let m = zip(means, g).map { 0.8 * $0 + 0.2 * $1 }
      let steps = g.indices.map { place in
        let variance = isCentred ? v[place] - m[place] * m[place] : v[place]
        return g[place] / (variance.squareRoot() + 0.01)
          + (hasMomentum ? (momentum ?? 0.6) * kept[place] : 0)
      }
      let w = zip(Self.weights, steps).map { $0 - Self.rate * $1 }
      both(
        "centred \(isCentred), momentum \(hasMomentum)", .rmsprop,
        [squares, isCentred ? means : nil, hasMomentum ? kept : nil],
        [0.8, 0.6, Self.decay, Self.l1, 0.01], momentum: momentum,
        wanted: [w, v] + (isCentred ? [m] : []) + (hasMomentum ? [steps] : []))
    }
  }

  /// v = v + g², the rate divided by 1 + (updates before) lr_decay.
  @Test func adagradMovesByItsSum() {
    let (g, sums) = (penalized(), draws(Self.count, 3).map { $0 * $0 })
    let v = zip(sums, g).map { $0 + $1 * $1 }
    for updates in [0, 3] {
      let rate = Self.rate / (1 + Double(updates) * 0.2)
      let w = Self.weights.indices.map {
        Self.weights[$0] - rate * g[$0] / (v[$0].squareRoot() + 0.01)
      }
      both(
        "after \(updates)", .adagrad, [sums], [0.2, 0, Self.decay, Self.l1, 0.01],
        updates: updates, wanted: [w, v])
    }
  }

  @Test func theNormIsMeasuredBeforeItIsClipped() {
    let norm = Self.gradients.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for most in [0, 0.5, 1e6] {
      let found = KernelCall.run(
        [
          .init(.norm, [0], sizes: [Self.count], scalars: [most]),
          .init(.sgd, [1, 0, nil], sizes: [Self.count, 0], scalars: [0, 1, 0, 0]),
        ], [Self.gradients, Array(repeating: 0, count: Self.count)], as: Double.self
      ) { $0.update(0, rate: 1, bias1: 1, bias2: 1) }
      #expect(abs(found.state.norm - norm) < 1e-13 * norm)
      // As torch.nn.utils.clip_grad_norm_: the divisor has 1e-6 more.
      let factor = most > 0 ? min(1, most / (norm + 1e-6)) : 1
      expectAll(found.operands[1], Self.gradients.map { -$0 * factor }, 1e-13, "\(most)")
    }
  }

  @Test func thePenaltyIsHalfTheSquaresAndTheSizes() {
    let found = KernelCall.run(
      [.init(.penalty, [0], sizes: [Self.count], scalars: [0.3, 0.7])], [Self.weights],
      as: Double.self
    ) { _ in }
    let wanted = Self.weights.reduce(0) { $0 + 0.15 * $1 * $1 + 0.7 * abs($1) }
    #expect(abs(found.state.penalty - wanted) < 1e-13 * wanted)
  }
}
