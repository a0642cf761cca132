import Foundation
import Synchronization
import Tracking

/// Writes the events of runs as lines into a pipe or at the end of a file, whole lines from any thread.
///
/// A line is handed to the operating system when `write` returns, so that whoever reads has it even if
/// this process is killed.
public final class EventWriter: Sendable {
  private let descriptor: Mutex<Int32>
  private let hasFailed = Atomic<Bool>(false)

  /// Makes a writer to an open descriptor, which stays the caller's.
  public init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  /// Whether nobody reads any more, or the disk is full; what came since is lost.
  public var isBroken: Bool { hasFailed.load(ordering: .relaxed) }

  /// Writes one event.
  func write(_ event: KeyedEvent) {
    do {
      let line = try event.line()
      try descriptor.withLock { try Self.write(line, to: $0) }
    } catch { hasFailed.store(true, ordering: .relaxed) }
  }

  private static func write(_ line: Data, to descriptor: Int32) throws(LabbookError) {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .failure("an event cannot be written") }
      rest = rest.dropFirst(count)
    }
  }
}
