/// What a network is trained to predict.
public enum TargetKind: Hashable, Sendable {
  /// One of so many classes.
  case classes(Int)
  /// So many numbers.
  case values(Int)

  /// How many classes or numbers there are.
  public var count: Int {
    switch self {
    case .classes(let count), .values(let count): count
    }
  }
}
