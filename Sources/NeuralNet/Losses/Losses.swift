package import TensorKernels
public import Tracking

/// What a network is trained to predict.
public enum TargetKind: Hashable, Sendable {
  /// One of so many classes.
  case classes(Int)
  /// So many numbers.
  case values(Int)

  /// How many classes or numbers there are.
  public var count: Int {
    switch self {
    case .classes(let count), .values(let count): count
    }
  }
}

/// Every loss there is.
public enum Losses {
  package static let types: [any Loss.Type] = [
    CrossEntropy.self, NegativeLogLikelihood.self, MeanSquaredError.self, AbsoluteError.self,
    Huber.self, BinaryCrossEntropy.self, BinaryCrossEntropyWithLogits.self,
  ]

  /// What `train.loss` may name.
  public static let all: [Choice] = types.map { $0.choice }

  /// The loss where the file names none: cross-entropy for classes, mse for numbers.
  public static func standard(for targets: TargetKind) -> Chosen {
    switch targets {
    case .classes: CrossEntropy.choice.standard()
    case .values: MeanSquaredError.choice.standard()
    }
  }

  /// How many outputs the last layer must have; `nil` where the loss cannot take such targets.
  public static func outputs(_ chosen: Chosen, for targets: TargetKind) -> Int? {
    type(of: chosen)?.outputs(for: targets)
  }

  /// Whether the last layer may have so many outputs.
  public static func accepts(_ outputs: Int, _ chosen: Chosen, for targets: TargetKind) -> Bool {
    type(of: chosen)?.accepts(outputs, for: targets) ?? false
  }

  /// The numbers that a target may be; `nil` where it may be any.
  public static func targetRange(_ chosen: Chosen) -> ClosedRange<Double>? {
    type(of: chosen)?.targetRange
  }

  /// Why settings that are right one by one do not go with the targets; `nil` where they do.
  ///
  /// The first text is the setting that is wrong, the second the reason.
  public static func conflict(in chosen: Chosen, for targets: TargetKind)
    -> (setting: String, message: String)?
  {
    type(of: chosen)?.conflict(in: chosen, for: targets)
  }

  private static func type(of chosen: Chosen) -> (any Loss.Type)? {
    types.first { $0.choice.name == chosen.name }
  }

  /// Whether it makes probabilities of all outputs of a row by softmax itself.
  package static func takesScores(_ chosen: Chosen) -> Bool {
    type(of: chosen)?.reading(ofOutputs: 2) == .softmax
  }

  /// What one row of so many outputs is, where the target is a class; `nil` for no loss there is.
  static func reading(_ chosen: Chosen, ofOutputs count: Int) -> OutputReading.Kind? {
    type(of: chosen)?.reading(ofOutputs: count)
  }

  package static func loss(_ chosen: Chosen) -> (any Loss)? {
    type(of: chosen)?.init(chosen)
  }
}

/// A number that says how wrong a network's outputs are: one kind of loss.
///
/// A new one is a file beside its siblings and a line in `Losses`.
package protocol Loss: Sendable {
  /// The name, settings and summary a file, `keys` and `schema` know it by.
  static var choice: Choice { get }

  /// Makes the loss of checked settings.
  init(_ chosen: Chosen)

  /// How many outputs it needs for such targets; `nil` where it cannot take them.
  static func outputs(for targets: TargetKind) -> Int?

  /// Whether it can take so many outputs.
  static func accepts(_ outputs: Int, for targets: TargetKind) -> Bool

  /// Which setting does not go with the targets, and why.
  static func conflict(in chosen: Chosen, for targets: TargetKind)
    -> (setting: String, message: String)?

  /// The numbers that a target may be; `nil` where it may be any.
  static var targetRange: ClosedRange<Double>? { get }

  /// Whether it takes classes as they are; others take one-hot rows.
  static var takesClassIndices: Bool { get }

  /// What one row of so many outputs is, where the target is a class.
  static func reading(ofOutputs count: Int) -> OutputReading.Kind

  /// What it is in PyTorch: a module that is called with outputs and targets.
  func torch() throws(MissingForm) -> TorchCall

  /// Computes the loss of outputs and their gradient in one pass.
  ///
  /// p0 outputs (R, width), p1 gradient (R, width) or none, p2 the constants; n0 R, n1 width.
  var kernel: Kernel { get }

  /// What the kernel takes beside the outputs.
  var scalars: [Double] { get }

  /// Numbers the kernel reads, at most as many as there are outputs.
  var constants: [Double] { get }

  /// Adds the instruction that measures the loss, and makes the gradient where one is asked.
  func lower(_ output: Buffer, _ gradient: Buffer?, width: Int, _ lowering: inout Lowering)
}

extension Loss {
  package static func accepts(_ outputs: Int, for targets: TargetKind) -> Bool {
    outputs == self.outputs(for: targets)
  }

  package static var targetRange: ClosedRange<Double>? { nil }

  package static func conflict(in chosen: Chosen, for targets: TargetKind)
    -> (setting: String, message: String)?
  { nil }

  package var scalars: [Double] { [] }
  package var constants: [Double] { [] }

  package func lower(
    _ output: Buffer, _ gradient: Buffer?, width: Int, _ lowering: inout Lowering
  ) {
    lowering.emit(
      kernel, [output, gradient, constants.isEmpty ? nil : Buffer(section: .constants)],
      sizes: [lowering.rows, width], scalars: scalars)
  }
}

/// A loss that takes each output by itself; classes are one-hot.
package protocol OutputLoss: Loss {
  /// Whether a single output speaks for the second of two classes.
  static var takesSingleOutput: Bool { get }
}

extension OutputLoss {
  package static var takesSingleOutput: Bool { false }
  package static var takesClassIndices: Bool { false }
  package static func outputs(for targets: TargetKind) -> Int? { targets.count }

  package func lower(
    _ output: Buffer, _ gradient: Buffer?, width: Int, _ lowering: inout Lowering
  ) {
    lowering.emit(
      kernel, [output, gradient],
      sizes: [lowering.rows, width, Self.takesSingleOutput && width == 1 ? 1 : 0],
      scalars: scalars)
  }
}
