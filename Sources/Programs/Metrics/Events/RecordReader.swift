/// Takes the bytes of a TFRecord file apart into records, in whatever pieces they come.
///
/// A record is its length (8 bytes), a checksum of the length, its bytes and a checksum of them (4 bytes
/// each, little-endian). A record that is not written to its end is waited for. One whose bytes do not
/// fit their checksum is left out; where a length does not, nothing behind it can be read.
struct RecordReader: Sendable {
  /// What a reading meets.
  enum Item {
    case record(UnsafeRawBufferPointer)
    /// Where a record begins that is damaged, and what is wrong with it.
    case damage(offset: Int64, String)
  }

  /// Longer records, such as films, hold no numbers and are passed over.
  static let longest = 1 << 25

  private var held: [UInt8] = []
  /// Where in the file the held bytes begin.
  private var offset: Int64 = 0
  private var skipping: UInt64 = 0
  private var isLost = false

  /// How many bytes of a record that lacks its end have come.
  var openLength: Int { held.count }

  /// Where the record begins that lacks its end.
  var openOffset: Int64 { offset }

  mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (Item) -> Void) {
    if isLost { return }
    var bytes = bytes[...]
    if skipping > 0 {
      let count = Int(min(skipping, UInt64(bytes.count)))
      skipping -= UInt64(count)
      offset += Int64(count)
      bytes = bytes.dropFirst(count)
    }
    held.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes))
    var start = 0
    held.withUnsafeBytes { held in
      while !isLost, let count = next(held, start, body) { start += count }
    }
    let passed = min(start, held.count)
    skipping += UInt64(start - passed)
    offset += Int64(passed)
    held.removeFirst(passed)
    if isLost || held.isEmpty { held = [] }
  }

  /// Hands over the record at a place of what is held, and says how long it is; `nil` where more bytes
  /// are needed.
  private mutating func next(
    _ held: UnsafeRawBufferPointer, _ start: Int, _ body: (Item) -> Void
  ) -> Int? {
    guard held.count - start >= 12 else { return nil }
    let place = offset + Int64(start)
    let length = UInt64(littleEndian: held.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    guard Self.sum(held, start + 8) == CRC32C.masked(Self.part(held, start, 8)),
      length < 1 << 40
    else {
      isLost = true
      body(
        .damage(offset: place, "its length does not fit its checksum; nothing behind it is read"))
      return nil
    }
    let count = Int(length)
    if count > Self.longest {
      body(.damage(offset: place, "it is \(count) bytes long and was passed over"))
      return count + 16
    }
    guard held.count - start >= count + 16 else { return nil }
    let record = Self.part(held, start + 12, count)
    if Self.sum(held, start + 12 + count) == CRC32C.masked(record) {
      body(.record(record))
    } else {
      body(.damage(offset: place, "its bytes do not fit their checksum"))
    }
    return count + 16
  }

  private static func part(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int
  ) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[start..<(start + count)])
  }

  private static func sum(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))
  }
}
