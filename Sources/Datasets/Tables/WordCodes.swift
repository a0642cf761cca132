/// Numbers for the distinct words of a column, in the order in which they appear.
///
/// Words are compared by their bytes in the file, so that a million cells make no million texts.
///
/// The memory is its own: `free` gives it back.
struct WordCodes {
  private struct Word {
    let start: Int
    let count: Int
    let hash: UInt64
    let hasQuotes: Bool
  }

  private let bytes: UnsafeRawBufferPointer
  private var words: UnsafeMutablePointer<Word>
  private var count = 0
  /// Places in `words` plus 1 by hash, open addressing; 0 is free.
  private var slots: UnsafeMutablePointer<Int32>
  /// A power of two, twice the words there is room for.
  private var slotCount = 64

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    words = .allocate(capacity: slotCount / 2)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
  }

  func free() {
    words.deallocate()
    slots.deallocate()
  }

  /// The number of a word.
  @inline(__always)
  mutating func code(_ field: TableScanner.Field) -> Int32 {
    let hash = Self.hash(bytes, field.start, field.end)
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if isEqual(words[Int(code)], field, hash) { return code }
      slot = (slot + 1) & (slotCount - 1)
    }
    return add(field, hash, at: slot)
  }

  private mutating func add(_ field: TableScanner.Field, _ hash: UInt64, at slot: Int) -> Int32 {
    if (count + 1) * 2 > slotCount {
      grow()
      return code(field)
    }
    (words + count).initialize(
      to: Word(
        start: field.start, count: field.end - field.start, hash: hash, hasQuotes: field.hasQuotes))
    count += 1
    slots[slot] = Int32(count)
    return Int32(count - 1)
  }

  /// Every word as text, in the order of the numbers.
  var texts: [String] {
    UnsafeBufferPointer(start: words, count: count).map {
      TextTable.text(bytes[$0.start..<$0.start + $0.count], hasQuotes: $0.hasQuotes)
    }
  }

  @inline(__always)
  private func isEqual(_ word: Word, _ field: TableScanner.Field, _ hash: UInt64) -> Bool {
    guard word.hash == hash, word.count == field.end - field.start else { return false }
    var offset = 0
    while offset + 8 <= word.count {
      if Self.eight(bytes, word.start + offset) != Self.eight(bytes, field.start + offset) {
        return false
      }
      offset += 8
    }
    while offset < word.count {
      if bytes[word.start + offset] != bytes[field.start + offset] { return false }
      offset += 1
    }
    return true
  }

  private mutating func grow() {
    let (former, formerSlots) = (words, slots)
    slotCount *= 2
    words = .allocate(capacity: slotCount / 2)
    words.initialize(from: former, count: count)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    for index in 0..<count {
      var slot = Int(truncatingIfNeeded: words[index].hash) & (slotCount - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = Int32(index + 1)
    }
    former.deallocate()
    formerSlots.deallocate()
  }

  @inline(__always)
  private static func eight(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
  }

  /// Eight bytes at a time, each multiplied in and its upper half folded down.
  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: end - start) &* 0x9E37_79B9_7F4A_7C15
    var place = start
    while place + 8 <= end {
      hash = mixed(hash ^ eight(bytes, place))
      place += 8
    }
    if place < end {
      var rest: UInt64 = 0
      if place + 8 <= bytes.count {
        rest = eight(bytes, place).littleEndian & (1 << UInt64(8 * (end - place)) &- 1)
      } else {
        for (shift, byte) in bytes[place..<end].enumerated() {
          rest |= UInt64(byte) << UInt64(8 * shift)
        }
      }
      hash = mixed(hash ^ rest)
    }
    return hash
  }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
