import Foundation
import Terminal

/// Writes progress to a file descriptor: a block that changes in place on a terminal, plain lines
/// elsewhere.
///
/// It is used by one thread.
public final class ProgressPrinter {
  private let descriptor: Int32
  private let style: TextStyle
  private let isLive: Bool
  private var shown = 0
  private var log = PlainLog()

  /// Makes a printer for standard error or whatever takes its place.
  public init(descriptor: Int32 = 2, environment: [String: String]) {
    self.descriptor = descriptor
    style = TextStyle.of(descriptor: descriptor, environment: environment)
    isLive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
  }

  /// Shows a moment; `messages` are lines that stay.
  func show(_ snapshot: ProgressSnapshot, messages: [String]) {
    guard isLive else {
      for message in messages { write(printable(message) + "\n") }
      if let line = log.line(snapshot) { write(line + "\n") }
      return
    }
    let (width, height) = size()
    let lines = LiveDisplay(width: width, height: height, style: style).lines(snapshot)
    var text = erasing()
    for message in messages { text += style.warning(printable(message)) + "\n" }
    for line in lines { text += line + "\n" }
    write(text)
    shown = lines.count
  }

  /// Takes the block away and says how it ended.
  func finish(_ messages: [String], summary: String) {
    var text = erasing()
    for message in messages { text += style.warning(printable(message)) + "\n" }
    write(text + summary + "\n")
    shown = 0
  }

  /// What takes the cursor back to the block's first line and clears from there.
  private func erasing() -> String { shown > 0 ? "\u{1B}[\(shown)A\r\u{1B}[J" : "" }

  private func size() -> (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
    return (Int(size.ws_col) - 1, Int(size.ws_row))
  }

  private func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
