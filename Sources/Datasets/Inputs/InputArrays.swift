import Foundation
import TensorKernels
import Tracking

/// Arrays of NumPy's that a network is asked about: an archive with the run's names, or one array of rows.
struct InputArrays {
  private let inputs: RunInputs
  private let path: String
  private let x: ArrayPart
  private let y: (name: String, array: NumPyArray)?

  /// Whether a file begins as an array does, or as an archive whose first member is one.
  static func isArray(_ file: FileBytes) -> Bool {
    if file.data.starts(with: NumPyArray.signature) { return true }
    guard file.data.starts(with: [0x50, 0x4B]), let archive = try? ZipArchive(file) else {
      return false
    }
    return archive.members.contains { $0.name.hasSuffix(NumPyArchive.ending) }
  }

  init(_ inputs: RunInputs, _ file: FileBytes, target: String?) throws(DataError) {
    self.inputs = inputs
    path = file.path
    let names = inputs.arrayNames
    if file.data.starts(with: NumPyArray.signature) {
      if let target { throw DataError("\(path) is one array and has no '\(target)'") }
      let name = names?.x ?? "x"
      let array: NumPyArray
      do throws(NumPyArray.Problem) { array = try NumPyArray(file.data) } catch {
        throw DataError(
          setting: "input", place: path, "the array \(error.message)", hint: error.hint)
      }
      x = try ArrayPart(array, called: name, layout: names?.layout, path: path, setting: "input")
      y = nil
    } else {
      let archive = try NumPyArchive(file, setting: "input")
      let name = names?.x ?? "x"
      let array = try archive.array(name, setting: "input")
      x = try ArrayPart(array, called: name, layout: names?.layout, path: path, setting: "input")
      if let target {
        y = (target, try archive.array(target, setting: "target"))
      } else if let name = names?.y, archive.names.contains(name) {
        y = (name, try archive.array(name, setting: "input"))
      } else {
        y = nil
      }
    }
    guard x.shape == inputs.featureShape else {
      throw DataError(
        setting: "input", place: path,
        "its rows are \(x.shapeWords), but the run's network takes \(inputs.shapeWords)")
    }
    if let y, y.array.sizes.first != x.rows {
      throw DataError(
        setting: "input", place: path,
        "'\(y.name)' has the shape \(NumPyArray.words(y.array.sizes)), but there are \(x.rows) rows"
      )
    }
  }

  func rows() throws(DataError) -> InputRows {
    let features: SharedArray<Float>
    let columns = inputs.featureShape.reduce(1, *)
    switch try x.features() {
    case .bytes(let bytes): features = inputs.features(ofBytes: bytes.elements, rows: x.rows)
    case .numbers(let numbers, _):
      let transform = inputs.transform
      features = SharedArray(
        numbers.elements.enumerated().map { transform.apply($1, column: $0 % columns) })
    case .table: preconditionFailure("arrays are no table")
    }
    var values: [[Double]]?
    let targets = try targets(&values)
    let dataset = Dataset(
      rows: x.rows, featureShape: inputs.featureShape, columnNames: inputs.columnNames,
      features: features, targets: targets)
    var judged: JudgedRows?
    if case .none = targets {
    } else {
      judged = JudgedRows(places: Array(0..<x.rows), targets: targets, values: values)
    }
    return InputRows(dataset: dataset, ids: nil, remarks: x.found, judged: judged)
  }

  private func targets(_ own: inout [[Double]]?) throws(DataError) -> Dataset.Targets {
    guard let y else { return .none }
    let numbers = y.array.doubles()
    let problem = DataError.notFinite(
      numbers, sizes: y.array.sizes, called: y.name, setting: "input", place: path)
    if let problem { throw problem }
    let width = y.array.sizes.dropFirst().reduce(1, *)
    let wanted = inputs.classNames != nil ? 1 : inputs.valueNames?.count ?? 0
    guard y.array.sizes.count <= 2, width == wanted else {
      throw DataError(
        setting: "input", place: path,
        "'\(y.name)' has the shape \(NumPyArray.words(y.array.sizes)), but the run predicts "
          + (wanted == 1 ? "one target" : "\(wanted) targets") + " a row")
    }
    guard let names = inputs.classNames else {
      own = (0..<x.rows).map { row in (0..<width).map { numbers[row * width + $0] } }
      let transform = inputs.targetTransform
      return .values(
        SharedArray(
          numbers.enumerated().map { transform.apply($1, column: $0 % width) }), columns: width)
    }
    return .classes(SharedArray(try labels(numbers, y.name, names)), names: names)
  }

  /// Labels by the names of the classes, or by their numbers where those have names of their own.
  private func labels(
    _ numbers: [Double], _ name: String, _ names: [String]
  ) throws(DataError) -> [Int32] {
    let isNumbered = names.allSatisfy { Double($0) != nil }
    let places = inputs.classPlaces()
    var labels: [Int32] = []
    labels.reserveCapacity(numbers.count)
    for (row, number) in numbers.enumerated() {
      let text = ParameterValue.number(number).json
      if isNumbered {
        guard let label = places[text] else {
          throw inputs.unknownClass(text, at: "\(path): row \(row) of '\(name)'")
        }
        labels.append(label)
      } else {
        let place = number - Double(inputs.firstLabel)
        guard place == place.rounded(), place >= 0, place < Double(names.count) else {
          throw DataError(
            place: "\(path): row \(row) of '\(name)'", "the label is \(text)",
            hint: "The run's \(names.count) classes are those from \(inputs.firstLabel) to "
              + "\(inputs.firstLabel + names.count - 1).")
        }
        labels.append(Int32(place))
      }
    }
    return labels
  }
}
