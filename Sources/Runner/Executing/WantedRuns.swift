import Synchronization

/// Which runs of a plan are still wanted by whoever started this process; anybody may say it while they are
/// trained.
public final class WantedRuns: Sendable {
  /// What is wanted.
  enum Wish: Equatable {
    /// Every run of the plan.
    case all
    /// Of the runs at work those with these keys, and none that has not begun.
    case onlyAtWork(Set<String>)
    /// Nothing: what is at work is interrupted.
    case nothing
  }

  private let said = Mutex(Wish.all)

  /// Makes the wish for all runs.
  public init() {}

  /// Lets the runs at work with these keys go on, interrupts the others, and lets none begin.
  ///
  /// What was wished for before and is not wished for again stays unwanted.
  public func keepAtWork(_ keys: Set<String>) {
    said.withLock { wish in
      switch wish {
      case .all: wish = .onlyAtWork(keys)
      case .onlyAtWork(let before): wish = .onlyAtWork(before.intersection(keys))
      case .nothing: break
      }
    }
  }

  /// Interrupts everything, as Ctrl-C does.
  public func endAll() { said.withLock { $0 = .nothing } }

  var wish: Wish { said.withLock { $0 } }

  /// Whether runs may begin.
  var letsBegin: Bool { wish == .all }
}
