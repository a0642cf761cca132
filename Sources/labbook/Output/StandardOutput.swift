@preconcurrency import Foundation
import Terminal
import Tracking

/// Prints text as it may be shown.
///
/// It has the type of Swift's own, whose place it takes in this room, so that nothing is printed
/// without it.
func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
  let text = items.map { String(describing: $0) }.joined(separator: separator)
  Swift.print(outgoing(text), terminator: terminator)
}

/// Prints sentences: on a terminal their lines are broken at blanks, not in the middle of a word.
func say(_ text: String, terminator: String = "\n") {
  print(flowed(text, within: StandardOutput.columns), terminator: terminator)
}

/// Standard output, for results.
enum StandardOutput {
  /// How many columns its terminal has; `nil` where it is none.
  static var columns: Int? { TextStyle.Room(descriptor: STDOUT_FILENO)?.columns }

  /// Sends what is still in the buffer, so that results that a full disk swallowed are a failure.
  static func finish() throws(LabbookError) {
    let flushed = fflush(stdout) == 0
    let reason = systemReason(errno)
    guard !flushed || ferror(stdout) != 0 else { return }
    throw .failure(
      "the results could not be written to standard output"
        + (flushed ? "" : ": \(reason)"))
  }

  /// Prints the path of what `--out` named, unless that is standard output itself.
  static func tell(_ path: String) {
    if !OutputFile.isStandardOutput(path) { print(path) }
  }

  /// Prints a list: CSV in a pipe or file is for programs and keeps every text as it is.
  static func write(_ list: String, _ format: TableFormat) {
    if format == .csv, isatty(STDOUT_FILENO) == 0 {
      Swift.print(list, terminator: "")
    } else {
      print(list, terminator: "")
    }
  }

  /// Writes a file's bytes as they are; a terminal gets text that cannot move its cursor.
  static func write(_ bytes: Data) {
    if isatty(STDOUT_FILENO) != 0 {
      print(String(decoding: bytes, as: UTF8.self), terminator: "")
    } else {
      bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stdout) }
    }
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
