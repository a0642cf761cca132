public import Tracking

/// The strategies by their names.
public enum SweepStrategies {
  package static let all: [any SweepStrategy.Type] = [
    GridStrategy.self, ZipStrategy.self, RandomStrategy.self, SobolStrategy.self,
    TPEStrategy.self,
  ]

  /// The strategy where the file names none.
  public static let standard: Choice = GridStrategy.choice

  /// What a sweep's `strategy` may name.
  public static let choices: [Choice] = all.map { $0.choice }

  /// The strategy of a choice; the grid where there is none of that name.
  package static func strategy(_ chosen: Chosen) -> any SweepStrategy {
    all.first { $0.choice.name == chosen.name }?.init(chosen) ?? GridStrategy()
  }
}
