import Foundation

/// A file of ONNX as lines of text, read by the numbers that onnx.proto gives its fields.
///
/// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
struct ONNXText {
  private let model: ProtobufReader

  init?(_ data: Data) {
    guard let model = ProtobufReader(data) else { return nil }
    self.model = model
  }

  var lines: [String] {
    var lines = ["format \(model.numbers(1)), producer \(model.texts(2))"]
    lines += model.messages(8).map { "operators \($0.texts(1)) \($0.numbers(2))" }
    lines += model.messages(14).map { "fact \($0.texts(1)) \($0.texts(2))" }
    for graph in model.messages(7) {
      lines.append("graph \(graph.texts(2))")
      lines += graph.messages(11).map { "input " + value($0) }
      lines += graph.messages(12).map { "output " + value($0) }
      lines += graph.messages(5).map(constant)
      lines += graph.messages(1).map(node)
    }
    return lines
  }

  /// Name, type of numbers and sizes; a size that has a name is any.
  private func value(_ value: ProtobufReader) -> String {
    let tensors = value.messages(2).flatMap { $0.messages(1) }
    let sizes = tensors.flatMap { $0.messages(2) }.flatMap { $0.messages(1) }.map { size in
      size.numbers(1).map(String.init).joined() + size.texts(2).joined()
    }
    let types = tensors.flatMap { $0.numbers(1) }
    return "\(value.texts(1)) of type \(types): [\(sizes.joined(separator: ", "))]"
  }

  /// Name, type of numbers, sizes; up to eight numbers as well.
  private func constant(_ tensor: ProtobufReader) -> String {
    let bytes = tensor.bytes(9).first ?? Data()
    let numbers: [String] =
      switch tensor.numbers(2) {
      case [1]: Self.words(bytes, 4).map { "\(Float(bitPattern: UInt32($0)))" }
      case [7]: Self.words(bytes, 8).map { "\(Int64(bitPattern: $0))" }
      case [11]: Self.words(bytes, 8).map { "\(Double(bitPattern: $0))" }
      default: []
      }
    let listed = numbers.count <= 8 ? numbers.joined(separator: ", ") : "\(numbers.count) numbers"
    return "constant \(tensor.texts(8)) of type \(tensor.numbers(2)): \(tensor.numbers(1)) = "
      + listed
  }

  /// Numbers of so many bytes, the lowest first.
  private static func words(_ bytes: Data, _ size: Int) -> [UInt64] {
    let bytes = Array(bytes)
    return stride(from: 0, to: bytes.count, by: size).map { start in
      bytes[start..<min(start + size, bytes.count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  private func node(_ node: ProtobufReader) -> String {
    let attributes = node.messages(5).map { attribute in
      let value =
        switch attribute.numbers(20) {
        case [1]: "\(attribute.floats(2))"
        case [2]: "\(attribute.numbers(3))"
        case [3]: "text \(attribute.texts(4))"
        case [6]: "\(attribute.floats(7))"
        case [7]: "ints \(attribute.numbers(8))"
        case [8]: "texts \(attribute.texts(9))"
        default: "?"
        }
      return " \(attribute.texts(1).joined()) = \(value)"
    }
    return "\(node.texts(3).joined()): \(node.texts(4)) of \(node.texts(1)) to \(node.texts(2))"
      + attributes.joined(separator: ",")
  }
}
