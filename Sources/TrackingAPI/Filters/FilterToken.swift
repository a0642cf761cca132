/// A word, a text, a number or a sign of a filter.
struct FilterToken: Hashable {
  enum Kind: Hashable {
    /// Letters, digits and dots; parts of it may be in backticks or quotes: `params."my key"`.
    case name
    /// A text in quotes.
    case text
    case number
    case comparison
    case open, close, comma
  }

  let kind: Kind
  /// As it stands in the filter, quotes included.
  let written: String

  /// The text without the quotes around it.
  var content: String {
    let first = written.first
    guard written.count >= 2, first == written.last, let first, "'\"`".contains(first) else {
      return written
    }
    return String(written.dropFirst().dropLast())
  }

  /// Takes a filter apart.
  ///
  /// - Throws: `TrackingError` where a quote is not closed, or a sign is none of a filter's.
  static func all(in text: String) throws(TrackingError) -> [FilterToken] {
    var scanner = FilterScanner(text)
    var tokens: [FilterToken] = []
    while let token = try scanner.next() { tokens.append(token) }
    return tokens
  }
}

/// Goes through the letters of a filter.
private struct FilterScanner {
  private let letters: [Character]
  private let text: String
  private var place = 0

  init(_ text: String) {
    self.text = text
    letters = Array(text)
  }

  mutating func next() throws(TrackingError) -> FilterToken? {
    while place < letters.count, letters[place].isWhitespace { place += 1 }
    guard place < letters.count else { return nil }
    let start = place
    switch letters[place] {
    case "(": return sign(.open)
    case ")": return sign(.close)
    case ",": return sign(.comma)
    case "=", "!", "<", ">":
      while place < letters.count, "=!<>".contains(letters[place]) { place += 1 }
      let written = String(letters[start..<place])
      guard ["=", "==", "!=", "<>", "<", "<=", ">", ">="].contains(written) else {
        throw refused(written)
      }
      return FilterToken(kind: .comparison, written: written == "==" ? "=" : written)
    case "'", "\"":
      try skipQuoted()
      // A quote may begin a name too, but no name stands where a text is meant.
      return FilterToken(kind: .text, written: String(letters[start..<place]))
    case let letter where letter.isNumber || "+-".contains(letter): return try number()
    case let letter where letter.isLetter || "_`.".contains(letter): return try name()
    case let letter: throw refused(String(letter))
    }
  }

  private mutating func sign(_ kind: FilterToken.Kind) -> FilterToken {
    place += 1
    return FilterToken(kind: kind, written: String(letters[place - 1]))
  }

  private mutating func number() throws(TrackingError) -> FilterToken {
    let start = place
    while place < letters.count,
      letters[place].isNumber || letters[place].isLetter || "+-._".contains(letters[place])
    { place += 1 }
    let written = String(letters[start..<place])
    guard RequestFields.number(written)?.isFinite == true else {
      return FilterToken(kind: .name, written: written)
    }
    return FilterToken(kind: .number, written: written)
  }

  private mutating func name() throws(TrackingError) -> FilterToken {
    let start = place
    while place < letters.count {
      let letter = letters[place]
      if "`'\"".contains(letter) {
        try skipQuoted()
      } else if letter.isLetter || letter.isNumber || "_.-/:".contains(letter) {
        place += 1
      } else {
        break
      }
    }
    return FilterToken(kind: .name, written: String(letters[start..<place]))
  }

  private mutating func skipQuoted() throws(TrackingError) {
    let quote = letters[place]
    guard let end = letters[(place + 1)...].firstIndex(of: quote) else {
      throw TrackingError(
        .invalid,
        "Invalid clause(s) in filter string: '\(String(letters[place...]))': the quote is "
          + "not closed.")
    }
    place = end + 1
  }

  private func refused(_ part: String) -> TrackingError {
    TrackingError(.invalid, "Invalid clause(s) in filter string: '\(part)'")
  }
}
