package import TensorKernels
package import Tracking

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

  /// The same loss with what the training rows decide put in.
  ///
  /// - Parameter classCounts: training rows of every class.
  static func resolved(_ chosen: Chosen, classCounts: [Int]) -> Chosen

  /// The numbers that a target may be; `nil` where it may be any.
  static var targetRange: ClosedRange<Double>? { get }

  /// Whether it takes classes as they are; others take one-hot rows.
  static var takesClassIndices: Bool { get }

  /// What one row of so many outputs is, where the target is a class.
  static func reading(ofOutputs count: Int) -> OutputKind

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

  package static func resolved(_ chosen: Chosen, classCounts: [Int]) -> Chosen { chosen }

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
