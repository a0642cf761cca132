/// Walks over the fields of a table's text (RFC 4180), byte by byte.
///
/// Rows end with a line feed, a carriage return or both. Within double quotes everything is text
/// and `""` is a quote; a quote inside a field that does not begin with one is text. Blanks beside a
/// field are not part of it.
struct TableScanner {
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

  let bytes: UnsafeRawBufferPointer
  let classes: ByteClasses
  /// The next byte to read.
  var position: Int

  init(_ bytes: UnsafeRawBufferPointer, at position: Int, _ classes: ByteClasses) {
    self.bytes = bytes
    self.position = position
    self.classes = classes
  }

  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  /// Moves over empty lines and comments to the next row; false at the end of the file.
  mutating func skipEmptyLines() -> Bool {
    while position < bytes.count {
      switch classes[bytes[position]] {
      case .lineEnd: endLine()
      case .comment: skipLine()
      default:
        guard classes.separatesByBlanks || classes.hasComments else { return true }
        let start = position
        skipBlanks()
        if position >= bytes.count { return false }
        let kind = classes[bytes[position]]
        if kind == .comment || (kind == .lineEnd && classes.separatesByBlanks) {
          continue
        }
        position = start
        return true
      }
    }
    return false
  }

  /// Reads one field and the separator or line end behind it.
  @inline(__always)
  mutating func field() throws(Problem) -> Field {
    skipBlanks()
    if position < bytes.count, bytes[position] == Self.quote { return try quotedField() }
    var field = Field(start: position, end: position, place: position)
    position = classes.end(bytes, from: position)
    field.end = position
    while field.end > field.start, Self.isBlank(bytes[field.end - 1]) { field.end -= 1 }
    field.endsRow = endField()
    return field
  }

  private mutating func quotedField() throws(Problem) -> Field {
    var field = Field(start: position + 1, end: position + 1, place: position, isQuoted: true)
    position += 1
    while true {
      guard position < bytes.count else { throw .unclosedQuote(field.place) }
      if bytes[position] == Self.quote {
        guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else { break }
        field.hasQuotes = true
        position += 1
      }
      position += 1
    }
    field.end = position
    position += 1
    let behind = position
    skipBlanks()
    guard
      position >= bytes.count || classes[bytes[position]] != .ordinary
        || (classes.separatesByBlanks && position > behind)
    else { throw .textAfterQuote(position) }
    field.endsRow = endField()
    return field
  }

  /// Moves over the separator or line end; true where the row ends.
  @inline(__always)
  mutating func endField() -> Bool {
    if classes.separatesByBlanks { skipBlanks() }
    guard position < bytes.count else { return true }
    switch classes[bytes[position]] {
    case .separator:
      position += 1
      return false
    case .lineEnd: endLine()
    case .comment: skipLine()
    default: return false
    }
    return true
  }

  private mutating func endLine() {
    let pair =
      bytes[position] == Self.carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == Self.lineFeed
    position += pair ? 2 : 1
  }

  /// Moves behind the end of the line, whatever stands before it.
  mutating func skipLine() {
    while position < bytes.count, classes[bytes[position]] != .lineEnd { position += 1 }
    if position < bytes.count { endLine() }
  }

  @inline(__always)
  mutating func skipBlanks() {
    while position < bytes.count, classes.isBlank(bytes[position]) { position += 1 }
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

/// What each byte is to a table's text.
struct ByteClasses {
  enum Kind { case ordinary, separator, lineEnd, comment }

  /// Whether fields stand between runs of blanks.
  let separatesByBlanks: Bool
  let hasComments: Bool
  private let separator: UInt8
  private let comment: UInt8

  init(_ separator: TableForm.Separator, comment: UInt8?) {
    separatesByBlanks = separator == .blanks
    hasComments = comment != nil
    if case .byte(let byte) = separator { self.separator = byte } else { self.separator = 0x20 }
    // Without comments a byte that is something else already.
    self.comment = comment ?? TableScanner.lineFeed
    let tab = separatesByBlanks ? 0x09 : TableScanner.lineFeed
    patterns = (Self.eight(self.separator), Self.eight(self.comment), Self.eight(tab))
  }

  /// The bytes that end a field beside line ends, each eight times.
  private let patterns: (separator: UInt64, comment: UInt64, tab: UInt64)

  private static func eight(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The first byte at `place` or later that ends a field outside quotes, eight looked at at once.
  @inline(__always)
  func end(_ bytes: UnsafeRawBufferPointer, from place: Int) -> Int {
    var place = place
    while place + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let found =
        Self.zeros(word ^ patterns.separator) | Self.zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A)
        | Self.zeros(word ^ 0x0D0D_0D0D_0D0D_0D0D) | Self.zeros(word ^ patterns.comment)
        | Self.zeros(word ^ patterns.tab)
      if found != 0 { return place + found.trailingZeroBitCount / 8 }
      place += 8
    }
    while place < bytes.count, continues(bytes[place]) { place += 1 }
    return place
  }

  /// The upper bit of bytes that are zero: the lowest is right, those above it may not be.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Whether a byte outside quotes belongs to the field that it stands in.
  @inline(__always)
  func continues(_ byte: UInt8) -> Bool {
    byte != separator && byte != TableScanner.lineFeed && byte != TableScanner.carriageReturn
      && byte != comment && !(separatesByBlanks && byte == 0x09)
  }

  subscript(_ byte: UInt8) -> Kind {
    if byte == TableScanner.lineFeed || byte == TableScanner.carriageReturn { return .lineEnd }
    if hasComments, byte == comment { return .comment }
    if byte == separator || (separatesByBlanks && byte == 0x09) { return .separator }
    return .ordinary
  }

  /// Whether a byte beside a field is not part of it.
  @inline(__always)
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte == 0x09 && separator != 0x09) }
}
