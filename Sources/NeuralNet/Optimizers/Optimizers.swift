public import Tracking

/// Every optimizer there is.
public enum Optimizers {
  package static let types: [any Optimizer.Type] = [
    SGD.self, Adam.self, AdamW.self, RMSprop.self, Adagrad.self,
  ]

  /// What `train.optimizer` may name.
  public static let all: [Choice] = types.map { $0.choice }

  /// Why settings that are right one by one do not go together; `nil` where they do.
  ///
  /// The first text is the setting that is wrong, the second the reason.
  public static func conflict(in chosen: Chosen) -> (setting: String, message: String)? {
    type(of: chosen)?.conflict(in: chosen)
  }

  /// The optimizer where the file names none.
  package static let standard = Adam.choice

  /// Whether a schedule can move a momentum of it.
  package static func hasMomentum(_ chosen: Chosen) -> Bool {
    type(of: chosen)?.momentumSetting != nil
  }

  private static func type(of chosen: Chosen) -> (any Optimizer.Type)? {
    types.first { $0.choice.name == chosen.name }
  }

  /// Whether weight decay is no part of the gradient, and so of no objective.
  public static func decaysApart(_ chosen: Chosen) -> Bool {
    optimizer(chosen)?.decaysApart ?? false
  }

  /// The optimizer of a choice; with a momentum to be set every update where a schedule does.
  package static func optimizer(_ chosen: Chosen, cyclesMomentum: Bool = false)
    -> (any Optimizer)?
  {
    guard let type = type(of: chosen) else { return nil }
    guard cyclesMomentum, let momentum = type.momentumSetting,
      chosen.values[momentum]?.asNumber == 0
    else { return type.init(chosen) }
    // What it is does not matter, only that there is one: every update brings its own.
    let values = chosen.values.merging([momentum: .number(0.5)]) { _, new in new }
    return type.init(Chosen(chosen.name, values))
  }
}

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

  /// How many vectors as long as the parameters it keeps.
  var slots: Int { get }

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
