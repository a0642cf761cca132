import Foundation
import Machine
import Runs
import Terminal

/// The program by which people read what is longer than their terminal: PAGER, otherwise `less`.
enum Pager {
  /// Shows a text through the pager.
  ///
  /// - Returns: whether it was shown; it is not where the text fits, where there is no terminal, where
  ///   PAGER is empty or `cat`, or where the pager cannot be started.
  static func show(_ text: String, in room: TextStyle.Room?) -> Bool {
    guard let room, text.utf8.count(where: { $0 == 0x0A }) >= room.lines, isatty(STDIN_FILENO) == 1,
      let words = words, let name = words.first, let path = OutsideProgram.find(name)
    else { return false }
    return TerminalReader.run(
      path: path, Array(words.dropFirst()), environment: environment, Data(outgoing(text).utf8))
  }

  /// The words of the pager's command; `nil` where none is wanted.
  private static var words: [String]? {
    let command = ProcessInfo.processInfo.environment["PAGER"] ?? "less"
    guard let words = try? ShellWords.split(command), !words.isEmpty, words != ["cat"] else {
      return nil
    }
    return words
  }

  /// What `less` is told where its user has said nothing: end where all is seen, keep styles.
  private static var environment: [String] {
    let isTold = ProcessInfo.processInfo.environment["LESS"] != nil
    return OutsideProgram.environment(adding: isTold ? [] : ["LESS=FRX"])
  }
}
