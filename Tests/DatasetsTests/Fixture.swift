import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

/// The files beside these tests, made by Fixtures/make.py.
enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// A file with this content in a folder of its own.
  static func file(_ content: Data, named name: String = "data.csv") throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labbook-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appendingPathComponent(name)
    try content.write(to: url)
    return url.path
  }

  static func file(_ text: String, named name: String = "data.csv") throws -> String {
    try file(Data(text.utf8), named: name)
  }
}

/// A configuration of a source with its defaults, some settings changed.
func configuration(
  _ source: String, _ changes: [String: ParameterValue] = [:],
  _ edit: (inout DataConfiguration) -> Void = { _ in }
) throws -> DataConfiguration {
  let choice = try #require(Sources.all.first { $0.name == source })
  var values: [String: ParameterValue] = [:]
  for setting in choice.settings {
    values[setting.name] = changes[setting.name] ?? setting.standard
  }
  #expect(Set(changes.keys).isSubset(of: Set(choice.settings.map(\.name))))
  var configuration = DataConfiguration(source: Chosen(source, values))
  edit(&configuration)
  return configuration
}

/// Prepares a configuration in a library of its own.
func prepare(
  _ source: String, _ changes: [String: ParameterValue] = [:],
  _ edit: (inout DataConfiguration) -> Void = { _ in }
) throws -> PreparedData {
  try DataLibrary().prepare(configuration(source, changes, edit))
}

/// What a configuration is refused with.
func refusal(
  _ source: String, _ changes: [String: ParameterValue] = [:],
  _ edit: (inout DataConfiguration) -> Void = { _ in }
) throws -> DataError {
  let configuration = try configuration(source, changes, edit)
  return try #require(throws: DataError.self) { try DataLibrary().prepare(configuration) }
}

extension Dataset {
  var table: [[Float]] { (0..<rows).map(row) }

  var labels: [Int32] {
    if case .classes(let labels, _) = targets { return Array(labels.elements) }
    return []
  }

  var values: [Float] {
    if case .values(let values, _) = targets { return Array(values.elements) }
    return []
  }

  /// Column `index` as doubles.
  func column(_ index: Int) -> [Double] { table.map { Double($0[index]) } }
}

/// Mean and population deviation.
func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let mean = values.reduce(0, +) / Double(values.count)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / Double(values.count)).squareRoot())
}

/// Whether two tables agree to single precision.
func expectEqual(
  _ found: [[Float]], _ wanted: [[Double]], within tolerance: Double = 1e-6,
  _ location: SourceLocation = #_sourceLocation
) {
  #expect(found.count == wanted.count, sourceLocation: location)
  for (row, (a, b)) in zip(found, wanted).enumerated() {
    #expect(a.count == b.count, sourceLocation: location)
    for (x, y) in zip(a, b) {
      #expect(
        abs(Double(x) - y) <= tolerance * max(1, abs(y)), "row \(row): \(a) is not \(b)",
        sourceLocation: location)
    }
  }
}
