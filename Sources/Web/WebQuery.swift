/// The items behind the `?` of an address, decoded, in their order; a name may stand more than once.
public struct WebQuery: Hashable, Sendable {
  /// Name and value of each item.
  public var items: [Item]

  /// One `name=value`.
  public struct Item: Hashable, Sendable {
    /// The part before the first `=`.
    public var name: String
    /// What follows it; empty where there is none.
    public var value: String

    /// Makes an item.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Makes a query of its items.
  public init(_ items: [Item]) { self.items = items }

  /// Reads what stands behind the `?`, or a form's body: percent signs and `+` for a space.
  ///
  /// Bytes that are no UTF-8 become U+FFFD, and a `%` without two hexadecimal digits stays.
  public init(text: some StringProtocol) {
    items = text.split(separator: "&").map { piece in
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return Item(
        Self.decoded(parts[0], plus: true),
        parts.count > 1 ? Self.decoded(parts[1], plus: true) : "")
    }
  }

  /// The first value of a name; `nil` where it does not stand.
  public subscript(_ name: String) -> String? { items.first { $0.name == name }?.value }

  /// Every value of a name.
  public func all(_ name: String) -> [String] {
    items.filter { $0.name == name }.map(\.value)
  }

  /// The text that is read back as these items.
  public var text: String {
    items.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
  }

  /// Percent-decodes; `plus` makes a space of `+`, as forms write it.
  public static func decoded(_ text: some StringProtocol, plus: Bool = false) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || plus && $0 == UInt8(ascii: "+") })
    else { return String(text) }
    return String(decoding: decodedBytes(text, plus: plus), as: UTF8.self)
  }

  /// Percent-decodes to bytes, which need not be UTF-8.
  public static func decodedBytes(_ text: some StringProtocol, plus: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let high = Self.digit(rest[rest.startIndex]),
        let low = Self.digit(rest[rest.startIndex + 1])
      {
        bytes.append(high << 4 | low)
        rest.removeFirst(2)
      } else {
        bytes.append(plus && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return bytes
  }

  /// Percent-encodes all but letters, digits and `-._~`.
  public static func encoded(_ text: String) -> String {
    var coded = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80,
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "-._~".unicodeScalars.contains(scalar)
      {
        coded.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        coded += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return coded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
