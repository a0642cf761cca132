import TensorKernels
import Tracking

// R rows, C columns of the run.

/// A table whose columns of the run's names are its features, in whatever order they stand.
struct InputTable {
  private let inputs: RunInputs
  private let table: CSVTable
  private let target: Int?

  init(_ inputs: RunInputs, _ file: FileBytes, target: String?) throws(DataError) {
    self.inputs = inputs
    guard inputs.featureShape.count == 1, !inputs.columnNames.isEmpty else {
      throw DataError(
        "the run's network takes \(inputs.shapeWords), but \(file.path) is a table",
        hint: "Give an IDX file of images.")
    }
    table = try CSVTable(file)
    let hasTarget = inputs.classNames != nil || inputs.valueNames != nil
    if let target {
      if !hasTarget {
        throw DataError("the run's data has no target, so '\(target)' has nothing to be")
      }
      self.target = try table.requiredColumn(target, setting: "target")
    } else {
      self.target = hasTarget ? table.column(named: inputs.targetName ?? "class") : nil
    }
  }

  func dataset() throws(DataError) -> Dataset {
    var columns: [Int] = []
    for name in inputs.columnNames {
      columns.append(try table.requiredColumn(name, setting: "input"))
    }
    try MemoryLimit.check(
      rows: table.rows, columns: columns.count, bytes: 12, setting: "input", place: table.path)
    let numbers = try table.numbers(columns)
    let transform = inputs.transform
    let width = columns.count
    let features = SharedArray<Float>(count: numbers.count) { result in
      for place in numbers.indices {
        result[place] = transform.apply(numbers[place], column: place % width)
      }
    }
    return Dataset(
      rows: table.rows, featureShape: inputs.featureShape, columnNames: inputs.columnNames,
      features: features, targets: try targets())
  }

  private func targets() throws(DataError) -> Dataset.Targets {
    guard let target else { return .none }
    guard let names = inputs.classNames else {
      return .values(SharedArray(try table.numbers([target]).map { Float($0) }), columns: 1)
    }
    let places = inputs.classPlaces()
    var labels: [Int32] = []
    labels.reserveCapacity(table.rows)
    for (row, text) in table.texts(target).enumerated() {
      guard let label = places[text] ?? Double(text).flatMap({ places[Self.written($0)] }) else {
        throw inputs.unknownClass(text, at: table.place(row: row, column: target))
      }
      labels.append(label)
    }
    return .classes(SharedArray(labels), names: names)
  }

  /// A number as classes are named by it: `1.0` is the class `1`.
  private static func written(_ number: Double) -> String { ParameterValue.number(number).json }
}
