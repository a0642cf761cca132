import Foundation
import Tracking

/// `text` as it may leave the program for a terminal, a pipe or a log: its own line breaks, tabs and
/// styles, and a sign for every other character that moves a cursor, begins an escape sequence, turns
/// the direction of text or shows nothing.
///
/// It is the one gate for all that is printed. Names, notes, excerpts of files, words of libraries
/// and arguments need no care before it, except where a line break of theirs could pass for the end
/// of a line of ours, for which there is `printable`.
public func outgoing(_ text: String) -> String {
  if HiddenCharacters.isPlain(text.utf8) { return text }
  return StyleSequence.pieces(of: text.replacing("\r\n", with: "\n")).map { piece in
    switch piece {
    case .text(let text):
      HiddenCharacters.replaced(in: text) { $0 == "\t" ? $0 : picture(of: $0) }
    case .style(let code): "\u{1B}[" + code + "m"
    }
  }.joined()
}

/// `text` without the styles that this program gave it: what takes room on a terminal.
public func withoutStyles(_ text: String) -> String {
  StyleSequence.pieces(of: text).map { piece in
    if case .text(let text) = piece { text } else { "" }
  }.joined()
}

/// How a style sequence begins until it leaves the program.
enum StyleSequence {
  /// A terminal's sequence with a number that this process has drawn: `outgoing` lets pass what has
  /// it and takes the number away, so that no text from outside can pass for a style of ours.
  static let start = "\u{1B}[\(UInt64.random(in: 1 << 60 ... .max));"

  /// A stretch of text, or the code of a style.
  enum Piece {
    case text(String)
    case style(String)
  }

  /// The text and the styles of a text that is on its way.
  static func pieces(of text: String) -> [Piece] {
    guard text.utf8.contains(0x1B) else { return [.text(text)] }
    var pieces: [Piece] = []
    var rest = text[...]
    while let place = rest.range(of: start, options: .literal) {
      pieces.append(.text(String(rest[..<place.lowerBound])))
      let code = rest[place.upperBound...].unicodeScalars.prefix { $0 != "m" }
      pieces.append(.style(String(code)))
      rest = Substring(rest.unicodeScalars[code.endIndex...].dropFirst())
    }
    return pieces + [.text(String(rest))]
  }
}
