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
