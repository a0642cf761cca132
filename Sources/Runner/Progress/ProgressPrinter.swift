import Foundation
import Terminal

/// Writes progress to a file descriptor: a block that changes in place on a terminal, plain lines
/// elsewhere.
///
/// A process in the background leaves the terminal to its user: it writes plain lines, and few. When it
/// comes back the block begins anew below what stands there by then.
/// It is used by one thread.
public final class ProgressPrinter {
  private let descriptor: Int32
  private let style: TextStyle
  private let isLive: Bool
  /// How wide the lines are that stand on the terminal.
  private var shown: [Int] = []
  private var log = PlainLog()
  private var isBehind = false
  private let resumption = Resumption()

  /// Makes a printer for standard error or whatever takes its place.
  public init(descriptor: Int32 = 2, environment: [String: String]) {
    self.descriptor = descriptor
    style = TextStyle.of(descriptor: descriptor, environment: environment)
    isLive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
  }

  /// Shows a moment; `messages` are lines that stay.
  func show(_ snapshot: ProgressSnapshot, messages: [String]) {
    if resumption.hasHappened { shown = [] }
    guard isLive, !isInBackground else {
      // The block stays above what its user does now.
      if !isBehind, isLive { shown = [] }
      isBehind = true
      for message in messages { write(message + "\n") }
      if let line = log.line(snapshot) { write(line + "\n") }
      return
    }
    if isBehind {
      isBehind = false
      shown = []
    }
    let (columns, height) = size()
    let lines = LiveDisplay(width: columns - 1, height: height, style: style).lines(snapshot)
    var text = messages.map { style.warning($0) + "\n" }.joined()
    for line in lines { text += line + "\n" }
    write(text, after: erasing())
    shown = lines.map { displayWidth(of: withoutStyles($0)) }
  }

  /// Takes the block away and says how it ended.
  func finish(_ messages: [String], summary: String) {
    if isInBackground || resumption.hasHappened { shown = [] }
    let text = messages.map { style.warning($0) + "\n" }.joined()
    write(text + summary + "\n", after: erasing())
    shown = []
  }

  /// What takes the cursor back to the block's first line and clears from there.
  ///
  /// In a terminal that has become narrower the lines have been broken.
  private func erasing() -> String {
    guard !shown.isEmpty else { return "" }
    let (columns, height) = size()
    let rows = shown.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
    // What has left the top of a lower window cannot be reached.
    return "\u{1B}[\(min(rows, max(1, height - 1)))A\r\u{1B}[J"
  }

  private func size() -> (columns: Int, height: Int) {
    let room = TextStyle.Room(descriptor: descriptor)
    return room.map { ($0.columns, $0.lines > 0 ? $0.lines : 24) } ?? (80, 24)
  }

  /// Whether the terminal belongs to another job of the shell.
  ///
  /// A terminal that is none of ours to ask, as one that another program holds for us, is in front.
  private var isInBackground: Bool {
    let front = tcgetpgrp(descriptor)
    return front > 0 && front != getpgrp()
  }

  /// Writes text as it may be shown, behind what moves the cursor.
  private func write(_ text: String, after movement: String = "") {
    var bytes = Array((movement + outgoing(text)).utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
