import Foundation

/// Writes JSON into bytes, as it comes.
struct JSONWriter {
  private var bytes: [UInt8] = []
  /// Whether a comma stands before the next value.
  private var isAfterValue = false

  init(reserving count: Int = 256) { bytes.reserveCapacity(count) }

  var data: Data { Data(bytes) }

  mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    separate()
    bytes.append(UInt8(ascii: "{"))
    isAfterValue = false
    try body(&self)
    bytes.append(UInt8(ascii: "}"))
    isAfterValue = true
  }

  mutating func list<Element>(
    _ values: some Sequence<Element>, _ body: (inout JSONWriter, Element) throws -> Void
  ) rethrows {
    separate()
    bytes.append(UInt8(ascii: "["))
    isAfterValue = false
    for value in values { try body(&self, value) }
    bytes.append(UInt8(ascii: "]"))
    isAfterValue = true
  }

  /// The name of the value that follows.
  mutating func name(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    isAfterValue = false
  }

  mutating func text(_ text: String) {
    separate()
    quote(text)
    isAfterValue = true
  }

  mutating func whole(_ number: Int64) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
    isAfterValue = true
  }

  mutating func flag(_ flag: Bool) {
    separate()
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    isAfterValue = true
  }

  mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
    isAfterValue = true
  }

  /// A number; one that is not finite as the text that protocol buffers have for it.
  mutating func number(_ number: Double) {
    guard number.isFinite else {
      return text(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
    }
    separate()
    bytes.append(contentsOf: number.description.utf8)
    isAfterValue = true
  }

  mutating func field(_ name: String, _ text: String) {
    self.name(name)
    self.text(text)
  }

  mutating func field(_ name: String, _ number: Int64) {
    self.name(name)
    whole(number)
  }

  /// A value as it came, names in their order or sorted.
  mutating func value(_ value: JSON, sorted: Bool = false) {
    switch value {
    case .null: null()
    case .flag(let value): flag(value)
    case .whole(let value): whole(value)
    case .number(let value): number(value)
    case .text(let value): text(value)
    case .list(let values): list(values) { $0.value($1, sorted: sorted) }
    case .object(let fields):
      object { writer in
        for field in sorted ? fields.sorted(by: { $0.name < $1.name }) : fields {
          writer.name(field.name)
          writer.value(field.value, sorted: sorted)
        }
      }
    }
  }

  private mutating func separate() {
    if isAfterValue { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
      case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
      case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
