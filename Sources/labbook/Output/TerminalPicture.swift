import Figures
import Foundation
import Terminal
import TerminalBackend

/// Figures on standard output, in letters.
enum TerminalPicture {
  /// Prints a figure as wide as the terminal.
  static func show(_ figure: Figure) {
    let renderer = TerminalRenderer(width: columns, .standardOutput)
    print(String(decoding: renderer.render(figure), as: UTF8.self), terminator: "")
  }

  /// The columns of the terminal at standard output; 80 where there is none.
  static var columns: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return min(Int(size.ws_col), 120)
    }
    return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }
}
