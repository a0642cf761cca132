public import Foundation
public import Tracking

/// The safetensors format: 8 bytes of length, a JSON header of that length, then the numbers.
///
/// Source: https://huggingface.co/docs/safetensors. Every length and offset of a file is checked
/// before it is used, so that no file can make the reader trap or take much memory.
public enum Safetensors {
  /// The most bytes a header may have, as in the reference implementation.
  static let mostHeaderBytes = 100_000_000

  /// Reads a file's tensors of type F16, BF16, F32 or F64, sorted by name.
  ///
  /// - Throws: what is wrong with the file, its path included; of a file of PyTorch's own how to turn it
  ///   into one.
  public static func read(path: String) throws(LabbookError) -> [NamedTensor] {
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
      throw .input("the weights file \(path) cannot be read: \(fileReason(error))")
    }
    if isPickle(data) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
      throw .input(
        "\(path) is a file of PyTorch's own, and only safetensors are read",
        hint: "Two lines of Python turn it into one:\n"
          + "  import torch; from safetensors.torch import save_file\n"
          + "  save_file(torch.load(\(ParameterValue.json(name)), weights_only=True), "
          + "\(ParameterValue.json(stem + ".safetensors")))")
    }
    do { return try decode(data) } catch {
      throw .input("\(path) is not a weights file in the safetensors format: \(error.message)")
    }
  }

  /// Whether a file begins as those of `torch.save`, of today or before 1.6, do: a zip archive or a
  /// pickle.
  private static func isPickle(_ data: Data) -> Bool {
    // A pickle begins with its protocol, then a long number.
    data.starts(with: [0x50, 0x4B, 0x03, 0x04])
      || [2, 3, 4, 5].contains { (version: UInt8) in data.starts(with: [0x80, version, 0x8A]) }
  }

  /// Reads tensors of type F16, BF16, F32 or F64, sorted by name.
  public static func decode(_ data: Data) throws(LabbookError) -> [NamedTensor] {
    guard data.count >= 8 else { throw .input("it has only \(data.count) bytes") }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(data.count - 8), length <= UInt64(mostHeaderBytes) else {
      throw .input("its header would be \(length) bytes long, but it has only \(data.count)")
    }
    let bodyStart = data.startIndex + 8 + Int(length)
    let entries = try header(data[(data.startIndex + 8)..<bodyStart])
    let body = data[bodyStart...]
    var tensors: [NamedTensor] = []
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      tensors.append(try tensor(name, entry, body))
    }
    return tensors
  }

  /// A file of these tensors as F32, readable by `safetensors.torch.load_file`.
  public static func encode(_ tensors: [NamedTensor], metadata: [String: String] = [:]) -> Data {
    var fields: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }
        .map { ParameterValue.json($0.key) + ":" + ParameterValue.json($0.value) }
      fields.append("\"__metadata__\":{" + pairs.joined(separator: ",") + "}")
    }
    var end = 0
    for tensor in tensors {
      let bytes = tensor.values.count * 4
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      fields.append(
        ParameterValue.json(tensor.name)
          + ":{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(end),\(end + bytes)]}")
      end += bytes
    }
    var header = Data(("{" + fields.joined(separator: ",") + "}").utf8)
    header.append(contentsOf: Array(repeating: UInt8(0x20), count: (8 - header.count % 8) % 8))
    var data = Data(capacity: 8 + header.count + end)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(header)
    for tensor in tensors {
      let bits = tensor.values.map { $0.bitPattern.littleEndian }
      bits.withUnsafeBytes { data.append(contentsOf: $0) }
    }
    return data
  }

  private struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  private struct Header: Decodable {
    var entries: [String: Entry] = [:]

    private struct Name: CodingKey {
      let stringValue: String
      let intValue: Int? = nil
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      for name in container.allKeys where name.stringValue != "__metadata__" {
        entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
      }
    }
  }

  private static func header(_ bytes: Data) throws(LabbookError) -> [String: Entry] {
    do { return try JSONDecoder().decode(Header.self, from: Data(bytes)).entries } catch {
      throw .input("its header is not a JSON object of dtype, shape and data_offsets")
    }
  }

  private static func tensor(_ name: String, _ entry: Entry, _ body: Data) throws(LabbookError)
    -> NamedTensor
  {
    guard let type = NumberType(rawValue: entry.dtype) else {
      if name.hasSuffix("num_batches_tracked") {
        return NamedTensor(name: name, shape: [], values: [0])
      }
      throw .input("the tensor '\(name)' is of type \(entry.dtype), expected F16, BF16, F32 or F64")
    }
    var count = 1
    for extent in entry.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow, product <= body.count else {
        throw .input("the shape of the tensor '\(name)' does not fit the file")
      }
      count = product
    }
    let offsets = entry.data_offsets
    guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= body.count,
      offsets[1] - offsets[0] == count * type.size
    else { throw .input("the offsets of the tensor '\(name)' do not fit its shape or the file") }
    let bytes = [UInt8](body[(body.startIndex + offsets[0])..<(body.startIndex + offsets[1])])
    return NamedTensor(name: name, shape: entry.shape, values: type.numbers(bytes))
  }

  /// The types of numbers that are read, by the names they have in a header.
  private enum NumberType: String {
    case half = "F16"
    case brain = "BF16"
    case single = "F32"
    case double = "F64"

    /// Bytes of a number.
    var size: Int {
      switch self {
      case .half, .brain: 2
      case .single: 4
      case .double: 8
      }
    }

    /// The numbers in single precision.
    func numbers(_ bytes: [UInt8]) -> [Float] {
      bytes.withUnsafeBytes { raw in
        func bits<Bits: FixedWidthInteger>(_ place: Int, _ type: Bits.Type) -> Bits {
          Bits(littleEndian: raw.loadUnaligned(fromByteOffset: place * size, as: Bits.self))
        }
        return (0..<raw.count / size).map { place in
          switch self {
          case .half: Float(Float16(bitPattern: bits(place, UInt16.self)))
          case .brain: Float(bitPattern: UInt32(bits(place, UInt16.self)) << 16)
          case .single: Float(bitPattern: bits(place, UInt32.self))
          case .double: Float(Double(bitPattern: bits(place, UInt64.self)))
          }
        }
      }
    }
  }
}
