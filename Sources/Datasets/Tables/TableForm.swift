import Tracking

/// How the text of a table is written, in full: what a file says, or what was found from its bytes.
package struct TableForm: Hashable, Sendable {
  /// What stands between fields.
  package enum Separator: Hashable, Sendable {
    case byte(UInt8)
    /// Runs of spaces and tabs.
    case blanks
  }

  package var separator = Separator.byte(UInt8(ascii: ","))
  /// The byte before a number's fraction.
  package var decimal = UInt8(ascii: ".")
  /// The byte between groups of three digits; `nil` for none.
  package var thousands: UInt8?
  /// The byte that begins a comment; `nil` for none.
  package var comment: UInt8?
  /// Where the first line that belongs to the table begins.
  package var start = 0
  /// The line at `start`, from 1.
  package var startLine = 1
  /// Whether the first of these lines names the columns.
  package var hasHeader = true
  /// What was found from the bytes and is not what a plain file has, for people.
  package var found: [String] = []

  var classes: ByteClasses { ByteClasses(separator, comment: comment) }
}

extension TableForm.Separator {
  /// The ways to write a separator in a file.
  static let words = [",", ";", "|", "tab", "blanks"]

  init?(word: String) {
    switch word {
    case "blanks": self = .blanks
    case "tab": self = .byte(0x09)
    default:
      guard let byte = word.utf8.first, word.utf8.count == 1 else { return nil }
      self = .byte(byte)
    }
  }

  /// As a file writes it.
  var word: String {
    switch self {
    case .blanks: "blanks"
    case .byte(0x09): "tab"
    case .byte(let byte): String(UnicodeScalar(byte))
    }
  }

  /// As a sentence has it.
  var inWords: String {
    switch self {
    case .blanks: "blanks"
    case .byte(0x09): "tabs"
    case .byte(UInt8(ascii: ",")): "commas"
    case .byte(let byte): "'\(UnicodeScalar(byte))'"
    }
  }
}
