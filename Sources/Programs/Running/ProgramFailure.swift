import Foundation
import Glibc
import Machine
import Runs
import Terminal
import Tracking

/// Why a run of a program failed, in words.
struct ProgramFailure {
  /// The file with what the program printed.
  let log: String
  /// The most memory that it and all that it started held at a time.
  let peakBytes: Int

  /// The message for a program that ended, though nobody asked it to; `nil` where it ended well.
  func message(_ ending: KeptProgram.Ending) -> String? {
    if let signal = ending.signal {
      let name = Self.names[signal] ?? "signal \(signal)"
      let peak = Quantity.bytes(Double(peakBytes))
      return signal == SIGKILL
        ? "killed by SIGKILL, probably by the kernel for memory (peak \(peak))"
        : "killed by \(name) (peak \(peak))" + tail
    }
    guard let status = ending.exitStatus, status != 0 else { return nil }
    if let error = pythonError { return "exit \(status): \(error)" }
    return "exit \(status)" + tail
  }

  /// The message for a program that ended well and never told its objective.
  func lacks(_ objective: Objective, _ metrics: Int) -> String {
    let found =
      metrics == 0
      ? "it told no metric at all" : "it told \(metrics) other metric\(metrics == 1 ? "" : "s")"
    return
      "it ended without \(objective.metric), its objective: \(found). A line of its output such as "
      + "{\"\(objective.metric)\": 0.5} is accepted" + tail
  }

  /// The last lines of the output, as one more sentence; empty where there are none.
  private var tail: String {
    let lines = lastLines.suffix(3)
    return lines.isEmpty ? "" : "; its last lines: " + lines.joined(separator: " | ")
  }

  /// The last line of Python's traceback with the place of the error in the user's own file.
  private var pythonError: String? {
    let lines = lastLines
    guard let start = lines.lastIndex(where: { $0.hasPrefix("Traceback (most recent call last)") }),
      let error = lines[start...].dropFirst().last(where: {
        $0.first?.isWhitespace == false && $0.contains(where: \.isLetter)
      })
    else { return nil }
    let places = lines[start...].compactMap(Self.place)
    let own =
      places.last { !$0.contains("site-packages") && !$0.contains("<frozen") } ?? places.last
    return error + (own.map { " (\($0))" } ?? "")
  }

  /// `train.py:42` of `  File "/home/me/train.py", line 42, in main`.
  private static func place(_ line: String) -> String? {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].trimmingCharacters(in: .whitespaces) == "File" else {
      return nil
    }
    let number = parts[2].drop { !$0.isNumber }.prefix { $0.isNumber }
    guard !number.isEmpty else { return nil }
    let path =
      parts[1].contains("site-packages") ? String(parts[1]) : PathText(String(parts[1])).name
    return "\(path):\(number)"
  }

  /// The last lines of the output, each as a terminal would leave it and at most 200 characters long.
  private var lastLines: [String] {
    guard let file = FileHandle(forReadingAtPath: log) else { return [] }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: size > 16_384 ? size - 16_384 : 0)
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }).compactMap { line in
      let shown = line.split(separator: "\r").last.map(String.init) ?? ""
      return shown.allSatisfy(\.isWhitespace) ? nil : String(shown.prefix(200))
    }
  }

  private static let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
    SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL",
    SIGUSR1: "SIGUSR1", SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE",
    SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
    SIGSYS: "SIGSYS",
  ]
}
