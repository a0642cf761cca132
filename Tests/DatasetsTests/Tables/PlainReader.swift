import Foundation

/// A second reader of tables, letter by letter over an array, for comparison: RFC 4180 with quotes that
/// only count at a field's beginning, any line ends, blanks beside fields left out.
struct PlainReader {
  struct Form {
    /// `nil` for runs of blanks.
    var separator: Character? = ","
    var comment: Character?
  }

  enum Problem: Error, Equatable {
    case unclosedQuote, textAfterQuote
    /// The row, counted from 0, has so many fields.
    case unequal(row: Int, fields: Int)
  }

  private let letters: [Character]
  private let form: Form
  private var place = 0

  init(_ text: String, _ form: Form) {
    // Scalars one by one, as a return and a feed together are one Character.
    letters = text.unicodeScalars.map(Character.init)
    self.form = form
  }

  private var here: Character? { place < letters.count ? letters[place] : nil }
  private func isBlank(_ letter: Character?) -> Bool {
    letter == " " || (letter == "\t" && form.separator != "\t")
  }
  private func isEnd(_ letter: Character?) -> Bool { letter == "\n" || letter == "\r" }
  private func isSeparator(_ letter: Character?) -> Bool {
    form.separator.map { letter == $0 } ?? isBlank(letter)
  }
  private func isComment(_ letter: Character?) -> Bool { letter != nil && letter == form.comment }

  private mutating func endLine() {
    while let letter = here, !isEnd(letter) { place += 1 }
    if here == "\r", place + 1 < letters.count, letters[place + 1] == "\n" { place += 1 }
    place += 1
  }

  /// All rows; a row of another length than the first is an error.
  mutating func rows() throws -> [[String]] {
    var rows: [[String]] = []
    while place < letters.count {
      let start = place
      if form.separator == nil || form.comment != nil { while isBlank(here) { place += 1 } }
      if here == nil { break }
      if isComment(here) || (isEnd(here) && (form.separator == nil || place == start)) {
        endLine()
        continue
      }
      place = start
      let row = try row(atMost: rows.first?.count)
      if let first = rows.first, row.count != first.count {
        throw Problem.unequal(row: rows.count, fields: row.count)
      }
      rows.append(row)
    }
    return rows
  }

  private mutating func row(atMost most: Int?) throws -> [String] {
    var row: [String] = []
    while true {
      while isBlank(here) { place += 1 }
      // A field too many is told before it is read.
      if let most, row.count == most { return row + [""] }
      row.append(try here == "\"" ? quoted() : plain())
      if form.separator == nil { while isBlank(here) { place += 1 } }
      if here == nil { return row }
      if isEnd(here) || isComment(here) {
        endLine()
        return row
      }
      if form.separator != nil { place += 1 }
    }
  }

  private mutating func plain() -> String {
    var text = ""
    while let letter = here, !isEnd(letter), !isSeparator(letter), !isComment(letter) {
      text.append(letter)
      place += 1
    }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }

  private mutating func quoted() throws -> String {
    var text = ""
    place += 1
    while true {
      guard let letter = here else { throw Problem.unclosedQuote }
      place += 1
      if letter != "\"" {
        text.append(letter)
      } else if here == "\"" {
        text.append("\"")
        place += 1
      } else {
        break
      }
    }
    let behind = place
    while isBlank(here) { place += 1 }
    let ends =
      here == nil || isEnd(here) || isComment(here) || isSeparator(here)
      || (form.separator == nil && place > behind)
    if !ends { throw Problem.textAfterQuote }
    return text
  }
}
