import Foundation
public import Tracking

/// What the numbers that a network puts out mean under the loss it was trained by.
public struct OutputReading: Hashable, Sendable {
  /// What one row of outputs is.
  public let kind: OutputKind
  /// How many classes there are; `nil` where the target is no class.
  public let classes: Int?

  /// Reads outputs as a loss does.
  ///
  /// - Parameters:
  ///   - loss: `nil` where nothing was trained.
  ///   - classes: how many classes the target has, where it has any.
  ///   - outputs: how many numbers come out for a row.
  public init(loss: Chosen?, classes: Int?, outputs: Int) {
    self.classes = classes
    guard classes != nil else {
      kind = .values
      return
    }
    kind = loss.flatMap { Losses.reading($0, ofOutputs: outputs) } ?? .scores
  }

  /// Whether `classNumbers` are probabilities.
  public var isProbability: Bool { kind != .values && kind != .scores }

  /// A number for each class from one row of outputs: its probability, or its score.
  public func classNumbers(_ row: ArraySlice<Float>) -> [Double] {
    let numbers = row.map(Double.init)
    switch kind {
    case .values, .scores, .shares: return numbers
    case .softmax:
      let greatest = numbers.max() ?? 0
      let powers = numbers.map { exp($0 - greatest) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    case .logarithms: return numbers.map { exp($0) }
    case .logits: return numbers.map(Self.logistic)
    case .share: return numbers.flatMap { [1 - $0, $0] }
    case .logit: return numbers.flatMap { [Self.logistic(-$0), Self.logistic($0)] }
    }
  }

  /// The class that one row of outputs speaks for, the first among equals; `nil` for values.
  public func decision(_ row: ArraySlice<Float>) -> Int? {
    if kind == .values { return nil }
    guard let first = row.first else { return nil }
    if let threshold = kind.threshold { return Double(first) > threshold ? 1 : 0 }
    let greatest = row.max() ?? first
    return (row.firstIndex(of: greatest) ?? row.startIndex) - row.startIndex
  }

  /// How sure one row of outputs is of the class it speaks for, as the share of all classes;
  /// `nil` where the outputs do not share 1 among the classes.
  package func confidence(_ row: ArraySlice<Float>) -> Double? {
    switch kind {
    case .softmax, .logarithms:
      // Logarithms of probabilities are left as they are by softmax.
      guard let greatest = row.max() else { return nil }
      return 1 / row.reduce(0.0) { $0 + exp(Double($1 - greatest)) }
    case .values, .scores, .shares, .logits, .share, .logit: return nil
    }
  }

  private static func logistic(_ x: Double) -> Double {
    x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
  }
}
