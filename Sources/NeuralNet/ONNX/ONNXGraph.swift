import Foundation

/// A graph of the Open Neural Network Exchange format in the making: nodes, constants, inputs and
/// outputs as `onnx.proto` numbers their fields.
///
/// Source: https://github.com/onnx/onnx, onnx/onnx.proto; operators of set 17.
package struct ONNXGraph {
  /// The version of the format's structure.
  static let formatVersion = 8
  /// The version of the set of operators.
  static let operatorSet = 17
  /// The name and version of the set of operators for tables.
  static let tableSet = (name: "ai.onnx.ml", version: 3)

  /// The types of numbers that are used here, as `TensorProto.DataType` numbers them.
  package enum Element: Int {
    case float = 1
    case int64 = 7
    case string = 8
    case double = 11
  }

  /// What an operator is told beside its inputs.
  package enum Attribute {
    case float(Double)
    case integer(Int)
    case integers([Int])
    case floats([Double])
    case string(String)
    case strings([String])
  }

  private var nodes: [ProtobufWriter] = []
  private var constants: [String: ProtobufWriter] = [:]
  private var constantOrder: [String] = []
  private var inputs: [ProtobufWriter] = []
  private var outputs: [ProtobufWriter] = []
  private var valueCount = 0
  private var usesTableSet = false

  /// Begins an empty graph.
  package init() {}

  /// Adds an operator; the name of what it puts out.
  ///
  /// - Parameters:
  ///   - output: its name; `nil` makes one.
  ///   - isOfTables: whether it is of the set for tables.
  @discardableResult
  package mutating func add(
    _ kind: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [],
    output: String? = nil, isOfTables: Bool = false
  ) -> String {
    valueCount += 1
    usesTableSet = usesTableSet || isOfTables
    let name = output ?? "value_\(valueCount)"
    nodes.append(
      .message { node in
        for input in inputs { node.add(1, input) }
        node.add(2, name)
        node.add(3, "\(kind)_\(valueCount)")
        node.add(4, kind)
        for attribute in attributes { node.add(5, Self.attribute(attribute.0, attribute.1)) }
        if isOfTables { node.add(7, Self.tableSet.name) }
      })
    return name
  }

  private static func attribute(_ name: String, _ value: Attribute) -> ProtobufWriter {
    .message { attribute in
      attribute.add(1, name)
      switch value {
      case .float(let number):
        attribute.add(2, Float(number))
        attribute.add(20, 1)
      case .integer(let number):
        attribute.add(3, number)
        attribute.add(20, 2)
      case .integers(let numbers):
        for number in numbers { attribute.add(8, number) }
        attribute.add(20, 7)
      case .floats(let numbers):
        for number in numbers { attribute.add(7, Float(number)) }
        attribute.add(20, 6)
      case .string(let text):
        attribute.add(4, text)
        attribute.add(20, 3)
      case .strings(let texts):
        for text in texts { attribute.add(9, text) }
        attribute.add(20, 8)
      }
    }
  }

  /// Adds a constant of floats, once a name; its name.
  package mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
    constant(name, shape, .float, values.map(\.bitPattern.littleEndian))
  }

  /// Adds a constant of doubles.
  package mutating func constant(_ name: String, _ shape: [Int], doubles values: [Double]) -> String
  {
    constant(name, shape, .double, values.map(\.bitPattern.littleEndian))
  }

  /// Adds a list of whole numbers.
  package mutating func constant(_ name: String, integers values: [Int]) -> String {
    constant(name, [values.count], .int64, values.map { Int64($0).littleEndian })
  }

  private mutating func constant(
    _ name: String, _ shape: [Int], _ element: Element, _ bits: [some FixedWidthInteger]
  ) -> String {
    if constants[name] == nil { constantOrder.append(name) }
    constants[name] = .message { tensor in
      for size in shape { tensor.add(1, size) }
      tensor.add(2, element.rawValue)
      tensor.add(8, name)
      tensor.add(9, bits.withUnsafeBytes { Data($0) })
    }
    return name
  }

  /// Declares an input of any number of rows.
  mutating func input(_ name: String, _ row: [Int], _ element: Element = .float) {
    inputs.append(Self.value(name, row, element))
  }

  /// Declares an output of any number of rows.
  mutating func output(_ name: String, _ row: [Int], _ element: Element = .float) {
    outputs.append(Self.value(name, row, element))
  }

  private static func value(_ name: String, _ row: [Int], _ element: Element) -> ProtobufWriter {
    let shape = ProtobufWriter.message { shape in
      shape.add(1, .message { $0.add(2, "rows") })
      for size in row { shape.add(1, .message { $0.add(1, size) }) }
    }
    let tensor = ProtobufWriter.message { tensor in
      tensor.add(1, element.rawValue)
      tensor.add(2, shape)
    }
    return .message { value in
      value.add(1, name)
      value.add(2, .message { $0.add(1, tensor) })
    }
  }

  /// The whole file.
  ///
  /// - Parameter facts: texts that readers may show, by their names.
  func model(named name: String, facts: [(key: String, value: String)]) -> Data {
    let graph = ProtobufWriter.message { graph in
      for node in nodes { graph.add(1, node) }
      graph.add(2, name)
      for name in constantOrder { if let constant = constants[name] { graph.add(5, constant) } }
      for input in inputs { graph.add(11, input) }
      for output in outputs { graph.add(12, output) }
    }
    return ProtobufWriter.message { model in
      model.add(1, Self.formatVersion)
      model.add(2, "labbook")
      model.add(7, graph)
      model.add(
        8,
        .message { set in
          set.add(1, "")
          set.add(2, Self.operatorSet)
        })
      if usesTableSet {
        model.add(
          8,
          .message { set in
            set.add(1, Self.tableSet.name)
            set.add(2, Self.tableSet.version)
          })
      }
      for fact in facts {
        model.add(
          14,
          .message { entry in
            entry.add(1, fact.key)
            entry.add(2, fact.value)
          })
      }
    }.data
  }
}
