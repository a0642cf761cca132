@preconcurrency import Foundation
import Tracking

/// Standard output, for results.
enum StandardOutput {
  /// Sends what is still in the buffer, so that results that a full disk swallowed are a failure.
  static func finish() throws(LabbookError) {
    let flushed = fflush(stdout) == 0
    let reason = systemReason(errno)
    guard !flushed || ferror(stdout) != 0 else { return }
    throw .failure(
      "the results could not be written to standard output"
        + (flushed ? "" : ": \(reason)"))
  }

  /// Puts the null device where a standard stream is closed, so that no file that is opened later
  /// takes its number and with it what is printed.
  static func openClosedStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(stream, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDWR)
    }
  }
}
