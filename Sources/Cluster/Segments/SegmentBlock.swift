import Foundation
import Tracking

/// A part of a segment that was written at once: four letters, the length, a checksum, the records.
enum SegmentBlock {
  /// Bytes before the records.
  static let headBytes = 4 + 4 + digestBytes
  private static let digestBytes = 32
  private static let letters = Data("LBS1".utf8)
  /// The longest block; a greater length is no length.
  static let mostBytes = 1 << 30

  /// A block of records.
  static func encoded(_ records: Data) -> Data {
    var block = Data(capacity: headBytes + records.count)
    block += letters
    block.add(UInt32(records.count))
    block += digest(records)
    block += records
    return block
  }

  /// What the beginning of some bytes is.
  enum Reading {
    /// A whole block, with the bytes that it takes.
    case block(Data, bytes: Int)
    /// The beginning of one, of which more may come.
    case partial
    /// No block, whatever comes.
    case damaged
  }

  /// Reads the block at a place of some bytes.
  static func read(_ data: Data, at place: Int) -> Reading {
    let left = data.count - place
    let start = data.startIndex + place
    let known = min(left, letters.count)
    guard data[start..<(start + known)] == letters.prefix(known) else { return .damaged }
    guard left >= headBytes else { return .partial }
    let length = (0..<4).reduce(0) { $0 | Int(data[start + 4 + $1]) << (8 * $1) }
    guard length <= mostBytes else { return .damaged }
    guard left >= headBytes + length else { return .partial }
    let records = data[(start + headBytes)..<(start + headBytes + length)]
    guard data[(start + 8)..<(start + headBytes)] == digest(records) else { return .damaged }
    return .block(Data(records), bytes: headBytes + length)
  }

  private static func digest(_ records: Data) -> Data {
    var digest = SHA256Digest()
    digest.update(records)
    return Data(digest.hex().utf8.prefix(digestBytes))
  }
}
