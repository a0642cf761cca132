public import Tracking

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

  /// The same loss with what the training rows decide put in, such as balanced weights of classes.
  ///
  /// - Parameter classCounts: training rows of every class.
  public static func resolved(_ chosen: Chosen, classCounts: [Int]) -> Chosen {
    type(of: chosen)?.resolved(chosen, classCounts: classCounts) ?? chosen
  }

  private static func type(of chosen: Chosen) -> (any Loss.Type)? {
    types.first { $0.choice.name == chosen.name }
  }

  /// Whether it makes probabilities of all outputs of a row by softmax itself.
  package static func takesScores(_ chosen: Chosen) -> Bool {
    type(of: chosen)?.reading(ofOutputs: 2) == .softmax
  }

  /// What one row of so many outputs is, where the target is a class; `nil` for no loss there is.
  static func reading(_ chosen: Chosen, ofOutputs count: Int) -> OutputKind? {
    type(of: chosen)?.reading(ofOutputs: count)
  }

  package static func loss(_ chosen: Chosen) -> (any Loss)? {
    type(of: chosen)?.init(chosen)
  }
}
