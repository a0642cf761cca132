import Foundation

/// A line of bytes, only while it is handed over.
public struct ByteLine {
  /// The bytes without what ended the line; the first ones alone where it is cut.
  public let bytes: UnsafeBufferPointer<UInt8>
  /// How long the whole line is, in bytes.
  public let length: Int

  /// Makes a line of bytes that outlive it.
  public init(_ bytes: UnsafeBufferPointer<UInt8>, length: Int? = nil) {
    self.bytes = bytes
    self.length = length ?? bytes.count
  }

  /// Whether the line is longer than what is kept of it.
  public var isCut: Bool { length > bytes.count }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Takes bytes apart into lines as they come, in whatever pieces.
///
/// A line ends with `\n`, `\r` or `\r\n`. Of a line that is longer than `longest` its start is kept alone,
/// so that memory is bounded whatever is written. A line without an end is kept until it ends, or until
/// `finish`.
public struct LineReader: Sendable {
  /// The longest line that is kept whole, in bytes.
  public let longest: Int

  private var held: [UInt8] = []
  /// The length of the line that has begun.
  private var length = 0
  private var afterReturn = false

  /// Makes a reader that has read nothing.
  public init(longest: Int = 1 << 20) { self.longest = max(1, longest) }

  /// How many bytes of a line without an end have come.
  public var openLength: Int { length }

  /// Forgets the line that has begun.
  public mutating func reset() { self = LineReader(longest: longest) }

  /// Takes bytes, and hands over every line that ends within them.
  public mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (ByteLine) -> Void) {
    let all = bytes.bindMemory(to: UInt8.self)
    guard let base = all.baseAddress else { return }
    var start = 0
    if afterReturn, all.count > 0 {
      afterReturn = false
      if all[0] == newline { start = 1 }
    }
    // Looked for once a line feed, not once a line: a line feed may be far behind many returns.
    var feed = -1
    while start < all.count {
      if feed < start { feed = Self.place(of: newline, base, start, all.count) }
      let end = Self.place(of: carriageReturn, base, start, feed)
      if end == all.count {
        hold(UnsafeBufferPointer(rebasing: all[start...]))
        return
      }
      hand(UnsafeBufferPointer(rebasing: all[start..<end]), body)
      start = end + 1
      if all[end] == carriageReturn {
        if start == all.count { afterReturn = true } else if all[start] == newline { start += 1 }
      }
    }
  }

  /// Hands over the line that lacks its end, where there is one.
  public mutating func finish(_ body: (ByteLine) -> Void) {
    if length > 0 { held.withUnsafeBufferPointer { body(ByteLine($0, length: length)) } }
    reset()
  }

  private mutating func hold(_ part: UnsafeBufferPointer<UInt8>) {
    length += part.count
    let room = longest - held.count
    if room > 0 { held.append(contentsOf: part.prefix(room)) }
  }

  private mutating func hand(_ part: UnsafeBufferPointer<UInt8>, _ body: (ByteLine) -> Void) {
    if length == 0 {
      body(ByteLine(UnsafeBufferPointer(rebasing: part.prefix(longest)), length: part.count))
      return
    }
    hold(part)
    held.withUnsafeBufferPointer { body(ByteLine($0, length: length)) }
    length = 0
    // A long line must not keep its room for ever.
    held.removeAll(keepingCapacity: held.count <= 1 << 16)
  }

  /// The first place of a byte; the end where there is none.
  private static func place(
    of byte: UInt8, _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    guard start < end, let found = memchr(base + start, Int32(byte), end - start) else {
      return end
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
