/// What of the machine one run holds while it is at work.
public protocol RunSlot: AnyObject, Sendable {
  /// How many of the executor's cores it takes.
  var cores: Int { get }

  /// Frees what it holds beside cores.
  func giveBack()
}

/// The slot of a run that takes cores alone.
public final class CoreSlot: RunSlot {
  /// How many cores it takes.
  public let cores: Int

  /// Makes a slot.
  public init(cores: Int) { self.cores = cores }

  /// There is nothing to free.
  public func giveBack() {}
}
