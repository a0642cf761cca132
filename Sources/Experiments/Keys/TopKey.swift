import Languages

/// The keys at the top of a file, beside those of a sweep that a file without a notebook has there.
enum TopKey: String, CaseIterable {
  case experiment, title, tags, language, base, data, models, model, objective, directions, train
  case figures, slurm, lint, open, notebook

  /// Every name that may stand at the top.
  static let names = allCases.map(\.rawValue) + SweepKeys.all.map(\.name)
}

extension Key {
  /// Makes the description of a key at the top.
  init(
    _ key: TopKey, _ shape: Shape, default standard: String = "", isRequired: Bool = false,
    _ summary: String
  ) {
    self.init(key.rawValue, shape, default: standard, isRequired: isRequired, summary)
  }
}
