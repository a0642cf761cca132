import CMachine
import Glibc
import Synchronization
public import Tracking

/// A thread of this process with a stack of its own; the one way to make a thread.
///
/// Foundation's threads and Dispatch's queues say nothing, or wait for ever, where the system makes no
/// thread. This one throws.
public final class WorkThread: Sendable {
  private let handle: pthread_t
  private let isJoined = Atomic<Bool>(false)

  /// Starts a thread.
  ///
  /// - Parameters:
  ///   - name: what debuggers call it, at most 15 bytes.
  ///   - stackBytes: the size of its stack, whatever limit the process's first thread has.
  ///   - maker: who is asked for it.
  /// - Throws: `LabbookError` where the system makes none, with its reason.
  public init(
    _ name: String, stackBytes: Int = 8 << 20, by maker: ThreadMaker = .system,
    _ body: @escaping @Sendable () -> Void
  ) throws(LabbookError) {
    let start = Unmanaged.passRetained(Start(name: name, body: body))
    var made = pthread_t()
    var code = maker.refusal(name)
    if code == 0 { code = Self.create(&made, stackBytes, start.toOpaque()) }
    guard code == 0 else {
      start.release()
      throw Self.error(code)
    }
    handle = made
  }

  deinit { if !isJoined.load(ordering: .relaxed) { pthread_detach(handle) } }

  /// Waits until the thread has ended, at most `seconds`; whether it has.
  ///
  /// It is asked by one thread, and no more once it was answered with true.
  public func hasEnded(within seconds: Double) -> Bool {
    guard labbook_join_within(handle, Int(seconds * 1e9)) == 1 else { return false }
    isJoined.store(true, ordering: .relaxed)
    return true
  }

  /// Waits until the thread has ended; asked once.
  public func join() {
    pthread_join(handle, nil)
    isJoined.store(true, ordering: .relaxed)
  }

  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  private static func create(
    _ made: inout pthread_t, _ stackBytes: Int, _ start: UnsafeMutableRawPointer
  ) -> Int32 {
    var attributes = pthread_attr_t()
    let code = pthread_attr_init(&attributes)
    guard code == 0 else { return code }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    return pthread_create(
      &made, &attributes,
      { pointer in
        guard let pointer else { return nil }
        let start = Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue()
        labbook_name_thread(start.name)
        start.body()
        return nil
      }, start)
  }

  private static func error(_ code: Int32) -> LabbookError {
    let limit = labbook_most_threads()
    let most = limit < 0 ? "" : ", ulimit -u is \(limit)"
    return .failure(
      "no thread can be made: \(systemReason(code))\(most)",
      hint:
        "the user, the container or the machine has as many threads as it may have, or too little "
        + "memory: end other programs, or raise the limit (ulimit -u, ulimit -v, pids.max)")
  }
}

/// Who makes threads: the system, or in a test somebody who refuses.
public struct ThreadMaker: Sendable {
  /// An error's number instead of the thread of a name; 0 lets the system make it.
  let refusal: @Sendable (_ name: String) -> Int32

  /// The system alone decides.
  public static let system = ThreadMaker { _ in 0 }

  /// Refuses threads as the system would.
  package init(refusal: @escaping @Sendable (_ name: String) -> Int32) { self.refusal = refusal }
}
