/// Header fields in their order; a name is found in capital or small letters.
public struct WebHeaders: Sendable, ExpressibleByDictionaryLiteral {
  /// Name and value of each field.
  public let fields: [(name: String, value: String)]

  /// Makes headers of their fields.
  public init(_ fields: [(name: String, value: String)]) { self.fields = fields }

  /// Makes headers of a literal, as tests write them.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { (name: $0.0, value: $0.1) }
  }

  /// The first value of a name; `nil` where it does not stand.
  public subscript(_ name: String) -> String? {
    fields.first { Self.isSame($0.name, name) }?.value
  }

  /// Every value of a name.
  public func all(_ name: String) -> [String] {
    fields.filter { Self.isSame($0.name, name) }.map(\.value)
  }

  /// Compares without regard to the capitals of ASCII, and without a copy.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).allSatisfy { small($0) == small($1) }
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
