public import Tracking

/// Every schedule of the learning rate there is.
public enum Schedules {
  static let warmup = Setting(
    "warmup", .number(.notNegative), default: .number(0),
    "epochs over which the rate first rises in a line")

  private static let factor = Setting(
    "gamma", .number(.positive), default: .number(0.1), "factor of the rate at each drop")

  /// What `train.schedule` may name.
  public static let all: [Choice] = [
    Choice("constant", settings: [warmup], "the same rate throughout"),
    Choice(
      "step",
      settings: [
        Setting(
          "step_size", .integer(1...1_000_000_000), default: nil, "epochs between two drops"),
        factor, warmup,
      ],
      "the rate times gamma every step_size epochs"),
    Choice(
      "exponential",
      settings: [
        Setting("gamma", .number(.positive), default: nil, "factor of the rate each epoch"), warmup,
      ],
      "the rate times gamma every epoch"),
    Choice(
      "cosine",
      settings: [
        Setting("min_lr", .number(.notNegative), default: .number(0), "the rate at the end"),
        warmup,
      ],
      "down to min_lr along half a cosine"),
    Choice(
      "linear",
      settings: [
        Setting("end_lr", .number(.notNegative), default: .number(0), "the rate at the end"),
        warmup,
      ],
      "down to end_lr in a line"),
    OneCycle.choice,
    Plateau.choice,
  ]

  /// Whether the rates of a schedule depend on what has been trained alone, and not on how much is
  /// to come.
  public static func isOpenEnded(_ chosen: Chosen) -> Bool {
    ["constant", "step", "exponential", "plateau"].contains(chosen.name)
  }
}
