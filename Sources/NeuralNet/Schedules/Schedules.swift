public import Tracking

/// Every schedule of the learning rate there is.
public enum Schedules {
  package static let types: [any ScheduleKind.Type] = [
    ConstantSchedule.self, StepSchedule.self, ExponentialSchedule.self, CosineSchedule.self,
    LinearSchedule.self, OneCycle.self, PlateauSchedule.self,
  ]

  /// What `train.schedule` may name.
  public static let all: [Choice] = types.map { $0.choice }

  /// The schedule where the file names none.
  package static let standard = ConstantSchedule.choice

  /// Whether the rates of a schedule depend on what has been trained alone, and not on how much is
  /// to come.
  public static func isOpenEnded(_ chosen: Chosen) -> Bool {
    type(of: chosen)?.isOpenEnded ?? false
  }

  /// Whether every update has the same rate, a warm-up apart.
  package static func isConstant(_ chosen: Chosen) -> Bool {
    type(of: chosen) == ConstantSchedule.self
  }

  /// The schedule of a checked choice.
  package static func schedule(_ chosen: Chosen) -> (any ScheduleKind)? {
    type(of: chosen)?.init(chosen)
  }

  private static func type(of chosen: Chosen) -> (any ScheduleKind.Type)? {
    types.first { $0.choice.name == chosen.name }
  }
}
