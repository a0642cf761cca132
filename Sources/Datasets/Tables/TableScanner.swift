/// Walks over the fields of comma-separated values (RFC 4180), byte by byte.
///
/// Rows end with a line feed, a carriage return or both. Within double quotes everything is text
/// and `""` is a quote; a quote inside a field that does not begin with one is text.
struct CSVScanner {
  /// One field: its bytes without the quotes around it and without white space beside it.
  struct Field {
    var start: Int
    var end: Int
    /// Where the field begins in the file, its quote included.
    var place: Int
    var isQuoted = false
    /// Whether `""` stands in it.
    var hasQuotes = false
    var endsRow = false
  }

  /// What makes a field unreadable, with the byte it stands at.
  enum Problem: Error {
    case unclosedQuote(Int)
    case textAfterQuote(Int)
  }

  private let bytes: UnsafeRawBufferPointer
  /// The next byte to read.
  private(set) var position: Int
  /// The line of `position`, from 1.
  private(set) var line: Int

  init(_ bytes: UnsafeRawBufferPointer, at position: Int, line: Int) {
    self.bytes = bytes
    self.position = position
    self.line = line
  }

  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  var isAtEnd: Bool { position >= bytes.count }

  /// Moves over empty lines to the next row; false at the end of the file.
  mutating func skipEmptyLines() -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      if byte != Self.lineFeed && byte != Self.carriageReturn { return true }
      endLine()
    }
    return false
  }

  /// Reads one field and the comma or line end behind it.
  mutating func field() throws(Problem) -> Field {
    skipBlanks()
    if position < bytes.count, bytes[position] == Self.quote { return try quotedField() }
    var field = Field(start: position, end: position, place: position)
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.comma || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      position += 1
      if !Self.isBlank(byte) { field.end = position }
    }
    field.endsRow = endField()
    return field
  }

  private mutating func quotedField() throws(Problem) -> Field {
    var field = Field(start: position + 1, end: position + 1, place: position, isQuoted: true)
    position += 1
    while true {
      guard position < bytes.count else { throw .unclosedQuote(field.place) }
      let byte = bytes[position]
      if byte == Self.quote {
        if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
          field.hasQuotes = true
          position += 2
          continue
        }
        break
      }
      if byte == Self.lineFeed || byte == Self.carriageReturn { endLine() } else { position += 1 }
    }
    field.end = position
    position += 1
    skipBlanks()
    let behind = position
    guard behind >= bytes.count || Self.endsField(bytes[behind]) else {
      throw .textAfterQuote(behind)
    }
    field.endsRow = endField()
    return field
  }

  /// Moves over the comma or line end; true where the row ends.
  private mutating func endField() -> Bool {
    guard position < bytes.count else { return true }
    if bytes[position] == Self.comma {
      position += 1
      return false
    }
    endLine()
    return true
  }

  private mutating func endLine() {
    let pair =
      bytes[position] == Self.carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == Self.lineFeed
    position += pair ? 2 : 1
    line += 1
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func endsField(_ byte: UInt8) -> Bool {
    byte == comma || byte == lineFeed || byte == carriageReturn
  }
}
