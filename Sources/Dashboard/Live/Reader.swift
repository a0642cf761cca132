import Synchronization

/// One who follows a channel; gone when nobody holds it.
final class Reader: @unchecked Sendable {
  /// What tells it from all others.
  let number: Int
  /// Up to where it has been told; belongs to the hub's thread.
  var place: Place
  /// Whether its task was cancelled; belongs to the hub's thread.
  var hasLeft = false
  private let onEnd: @Sendable (Int) -> Void

  /// Up to where a reader has been told.
  enum Place: Equatable {
    case nowhere
    /// It was told that there is nothing to follow.
    case lost
    /// The message of that number, of the channel of a mark.
    case at(Int, String)
  }

  private static let last = Atomic(0)

  /// - Parameter lastID: what a browser says that it had last: `MARK-NUMBER`.
  init(lastID: String?, onEnd: @escaping @Sendable (Int) -> Void) {
    number = Self.last.add(1, ordering: .relaxed).newValue
    let parts = (lastID ?? "").split(separator: "-")
    if parts.count == 2, let place = Int(parts[1]) {
      self.place = .at(place, String(parts[0]))
    } else {
      place = .nowhere
    }
    self.onEnd = onEnd
  }

  deinit { onEnd(number) }
}
