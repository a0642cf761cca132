package import Tracking

/// A rule that moves the parameters against the gradient: one kind of optimizer.
///
/// A new one is a file beside its siblings and a line in `Optimizers`.
package protocol Optimizer: Sendable {
  /// The name, settings and summary a file, `keys` and `schema` know it by.
  static var choice: Choice { get }

  /// Makes the optimizer of checked settings.
  init(_ chosen: Chosen)

  /// Which setting does not go with the others, and why.
  static func conflict(in chosen: Chosen) -> (setting: String, message: String)?

  /// The setting whose place a schedule's momentum takes; `nil` where it has none.
  static var momentumSetting: String? { get }

  /// What it is in PyTorch; parameters, rate and weight decay are put before its own arguments.
  func torch() throws(MissingForm) -> TorchCall

  /// What the vectors as long as the parameters are that it keeps.
  var slotNames: [String] { get }

  /// How it moves a weight w by g, the gradient with its penalties, in one line for people.
  var rule: String { get }

  /// Whether weight decay is no part of the gradient, and so of no objective.
  var decaysApart: Bool { get }

  /// The two corrections of the update after `update` others, which `RunState` hands to the kernel.
  ///
  /// - Parameter momentum: what a schedule puts in the place of beta1.
  func corrections(update: Int, momentum: Double?) -> (Double, Double)

  /// What a vector holds before the first update.
  func initial(slot: Int) -> Double

  /// Adds the pass that moves the parameters.
  func lower(_ update: UpdateContext, _ lowering: inout Lowering)
}

extension Optimizer {
  /// How many vectors as long as the parameters it keeps.
  package var slots: Int { slotNames.count }

  package static func conflict(in chosen: Chosen) -> (setting: String, message: String)? { nil }
  package func corrections(update: Int, momentum: Double?) -> (Double, Double) { (1, 1) }
  package func initial(slot: Int) -> Double { 0 }
}

/// The flat vectors an optimizer's pass works on.
package struct UpdateContext {
  package let count: Int
  package let weightDecay: Double
  package let l1: Double

  /// The whole flat vector of a section.
  package var parameters: Buffer { Buffer(section: .parameters(0)) }
  package var gradients: Buffer { Buffer(section: .gradients(0)) }
  package func slot(_ index: Int) -> Buffer { Buffer(section: .optimizer(index)) }
}
