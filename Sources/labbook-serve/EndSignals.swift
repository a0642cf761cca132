import Foundation
import Machine
import Serving
import Synchronization
import Tracking

/// The end of the pipe into which a signal writes.
private let writing = Atomic<Int32>(-1)

/// Ctrl-C and SIGTERM: the server stops, and the process ends within a second whatever is open.
enum EndSignals {
  /// Begins to listen for them.
  ///
  /// - Throws: `LabbookError` where no thread can be made for it.
  static func watch(_ stop: @escaping @Sendable () -> Void) throws(LabbookError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw .failure("no pipe can be made: \(systemReason(errno))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    writing.store(ends[1], ordering: .sequentiallyConsistent)
    let reading = ends[0]
    _ = try WorkThread("signals", stackBytes: 1 << 20) {
      var byte: UInt8 = 0
      while read(reading, &byte, 1) < 0, errno == EINTR {}
      stop()
      usleep(800_000)
      AsideFiles.removeAll()
      // Threads are at work still: `exit` would take down what they use.
      _exit(0)
    }
    for number in [SIGINT, SIGTERM] {
      // Nothing else may be done in a handler, and the thread that it stops may be about to read `errno`.
      signal(number) { _ in
        let code = errno
        var byte: UInt8 = 1
        _ = write(writing.load(ordering: .sequentiallyConsistent), &byte, 1)
        errno = code
      }
    }
  }
}
