import Glibc
public import Tracking

/// The stack of the process's first thread, which `ulimit -s` may make too small for any work.
public enum RoomyStack {
  /// Calls `body` on this thread, or on one with a stack of `bytes` where this one's is smaller than a
  /// megabyte.
  ///
  /// - Throws: `LabbookError` where no thread can be made.
  public static func run(
    bytes: Int = 8 << 20, by maker: ThreadMaker = .system, _ body: @escaping @Sendable () -> Void
  ) throws(LabbookError) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
    if limit.rlim_cur >= 1 << 20 { return body() }
    try WorkThread("labbook", stackBytes: bytes, by: maker, body).join()
  }
}
