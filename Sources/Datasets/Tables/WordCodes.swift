/// Numbers for the distinct words of a column, in the order in which they appear.
///
/// Words are compared by their bytes in the file, so that a million cells make no million texts.
struct WordCodes {
  private struct Word {
    let start: Int
    let count: Int
    let hash: UInt64
    let hasQuotes: Bool
  }

  private let bytes: UnsafeRawBufferPointer
  private var words: [Word] = []
  /// Places in `words` plus 1 by hash, open addressing; 0 is free.
  private var slots = [Int32](repeating: 0, count: 64)

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { words.count }

  /// The number of a word.
  mutating func code(_ field: TableScanner.Field) -> Int32 {
    let hash = Self.hash(bytes, field.start, field.end)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if isEqual(words[Int(code)], field, hash) { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    words.append(
      Word(
        start: field.start, count: field.end - field.start, hash: hash,
        hasQuotes: field.hasQuotes))
    slots[slot] = Int32(words.count)
    if words.count * 2 > slots.count { grow() }
    return Int32(words.count - 1)
  }

  /// The bytes of a word.
  subscript(_ code: Int) -> UnsafeRawBufferPointer.SubSequence {
    bytes[words[code].start..<words[code].start + words[code].count]
  }

  /// Every word as text, in the order of the numbers.
  var texts: [String] {
    words.indices.map { TextTable.text(self[$0], hasQuotes: words[$0].hasQuotes) }
  }

  @inline(__always)
  private func isEqual(_ word: Word, _ field: TableScanner.Field, _ hash: UInt64) -> Bool {
    guard word.hash == hash, word.count == field.end - field.start else { return false }
    for offset in 0..<word.count where bytes[word.start + offset] != bytes[field.start + offset] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    for (index, word) in words.enumerated() {
      var slot = Int(truncatingIfNeeded: word.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index + 1)
    }
  }

  /// FNV-1a over the bytes, mixed once more at the end.
  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in start..<end { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 29)
  }
}
