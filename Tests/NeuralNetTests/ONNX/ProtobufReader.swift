import Foundation

/// Reads messages of the Protocol Buffers wire format, by its documentation: a witness of the writer.
struct ProtobufReader {
  enum Value {
    case number(Int)
    case bytes(Data)
    case float(Float)
  }

  /// The values of each field in their order.
  private(set) var fields: [Int: [Value]] = [:]

  /// `nil` where the bytes are no message.
  init?(_ data: Data) {
    var rest = data[...]
    func variable() -> UInt64? {
      var (number, shift) = (UInt64(0), UInt64(0))
      while let byte = rest.popFirst() {
        number |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return number }
        shift += 7
        if shift > 63 { return nil }
      }
      return nil
    }
    while !rest.isEmpty {
      guard let key = variable() else { return nil }
      let field = Int(key >> 3)
      switch key & 7 {
      case 0:
        guard let number = variable() else { return nil }
        fields[field, default: []].append(.number(Int(truncatingIfNeeded: number)))
      case 2:
        guard let count = variable(), count <= UInt64(rest.count) else { return nil }
        fields[field, default: []].append(.bytes(Data(rest.prefix(Int(count)))))
        rest = rest.dropFirst(Int(count))
      case 5:
        guard rest.count >= 4 else { return nil }
        let bits = rest.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        fields[field, default: []].append(.float(Float(bitPattern: bits)))
        rest = rest.dropFirst(4)
      default: return nil
      }
    }
  }

  func numbers(_ field: Int) -> [Int] {
    (fields[field] ?? []).compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  func floats(_ field: Int) -> [Float] {
    (fields[field] ?? []).compactMap { if case .float(let number) = $0 { number } else { nil } }
  }

  func bytes(_ field: Int) -> [Data] {
    (fields[field] ?? []).compactMap { if case .bytes(let data) = $0 { data } else { nil } }
  }

  func texts(_ field: Int) -> [String] { bytes(field).map { String(decoding: $0, as: UTF8.self) } }

  func messages(_ field: Int) -> [ProtobufReader] { bytes(field).compactMap(ProtobufReader.init) }
}
