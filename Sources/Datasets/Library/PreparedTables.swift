public import Foundation
import TensorKernels

extension DataLibrary {
  /// The parts of a configuration's data as tables that any program reads: the features as a network
  /// gets them, then the target: a class's name, or numbers in their own units.
  ///
  /// - Returns: `train`, `val` and `test`, as far as they exist, each as the bytes of a CSV file.
  public func tables(
    of configuration: DataConfiguration
  ) throws(DataError) -> [(name: String, csv: Data)] {
    let data = try prepare(configuration)
    let values = try ownValues(of: configuration)
    let inputs = RunInputs(data, of: configuration)
    let parts = [("train", data.train), ("val", data.val), ("test", data.test)]
    return parts.compactMap { name, part in
      part.map { part in
        let own = values.first { $0.part == name }?.rows
        return (name, PreparedTable(part, data.shape, inputs.targetName, own).csv)
      }
    }
  }
}

/// One part as text.
private struct PreparedTable {
  private let part: Dataset
  private let shape: DataShape
  private let targetName: String
  /// The numbers to predict; `nil` where the target is something else.
  private let values: [[Double]]?

  init(_ part: Dataset, _ shape: DataShape, _ targetName: String?, _ values: [[Double]]?) {
    self.part = part
    self.shape = shape
    self.targetName = targetName ?? "class"
    self.values = values
  }

  private var featureNames: [String] {
    shape.columnNames.isEmpty ? (0..<shape.features).map { "x\($0)" } : shape.columnNames
  }

  /// The names of the target's columns, none of which a feature has too.
  private var targetNames: [String] {
    let names: [String]
    switch shape.target {
    case .classes: names = [targetName]
    case .values(let all): names = all
    case .none: names = []
    }
    let taken = Set(featureNames)
    return names.map { name in
      var name = name
      while taken.contains(name) { name += "_target" }
      return name
    }
  }

  var csv: Data {
    var text = (featureNames + targetNames).map(Self.field).joined(separator: ",") + "\n"
    var data = Data(text.utf8)
    let classes = (shape.classNames ?? []).map(Self.field)
    let width = part.columns
    for row in 0..<part.rows {
      text.removeAll(keepingCapacity: true)
      for column in 0..<width {
        if column > 0 { text += "," }
        text += part.features.elements[row * width + column].description
      }
      switch part.targets {
      case .classes(let labels, _): text += "," + classes[Int(labels.elements[row])]
      case .values: for value in values?[row] ?? [] { text += ",\(value)" }
      case .none: break
      }
      text += "\n"
      data.append(contentsOf: text.utf8)
    }
    return data
  }

  /// A text as a field, in quotes where it has to be.
  private static func field(_ text: String) -> String {
    let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline } && text.first != " "
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
