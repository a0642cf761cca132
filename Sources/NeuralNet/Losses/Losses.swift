package import TensorKernels
public import Tracking

/// What a network is trained to predict.
public enum TargetKind: Hashable, Sendable {
  /// One of so many classes.
  case classes(Int)
  /// So many numbers.
  case values(Int)
}

/// Every loss there is.
public enum Losses {
  package static let types: [any Loss.Type] = [
    CrossEntropy.self, NegativeLogLikelihood.self, MeanSquaredError.self,
  ]

  /// What `train.loss` may name.
  public static let all: [Choice] = types.map { $0.choice }

  /// Losses and settings of the file's format 1 that this version does not have.
  public static let later: [String] = ["l1", "huber", "bce", "bce-with-logits"]

  /// The loss where the file names none: cross-entropy for classes, mse for numbers.
  public static func standard(for targets: TargetKind) -> Chosen {
    switch targets {
    case .classes: Chosen("cross-entropy")
    case .values: Chosen("mse")
    }
  }

  /// How many outputs the last layer must have; `nil` where the loss cannot take such targets.
  public static func outputs(_ chosen: Chosen, for targets: TargetKind) -> Int? {
    loss(chosen)?.outputs(for: targets)
  }

  package static func loss(_ chosen: Chosen) -> (any Loss)? {
    types.first { $0.choice.name == chosen.name }?.init(chosen)
  }
}

/// A number that says how wrong a network's outputs are: one kind of loss.
package protocol Loss: Sendable {
  /// The name, settings and summary a file, `keys` and `schema` know it by.
  static var choice: Choice { get }

  /// Makes the loss of checked settings.
  init(_ chosen: Chosen)

  /// How many outputs it needs for such targets; `nil` where it cannot take them.
  func outputs(for targets: TargetKind) -> Int?

  /// Computes the loss of outputs and their gradient in one pass.
  ///
  /// p0 outputs (R, width), p1 gradient (R, width) or none; n0 R, n1 width.
  var kernel: Kernel { get }
}

extension Loss {
  /// Adds the instruction that measures the loss, and makes the gradient where one is asked.
  package func lower(
    _ output: Buffer, _ gradient: Buffer?, width: Int, _ lowering: inout Lowering
  ) {
    lowering.emit(kernel, [output, gradient], sizes: [lowering.rows, width])
  }
}
