/// What the core's arithmetic is called in a run's key.
public enum NumericsVersion {
  /// Counts up whenever the same configuration and seed would give other numbers than before, so
  /// that no run is taken for one it would not repeat.
  public static let current = 2
}
