import Foundation

/// Files beside the tests.
enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures"

  static func json<Value: Decodable>(_ name: String, _: Value.Type) throws -> Value {
    try JSONDecoder().decode(Value.self, from: data(name))
  }

  static func data(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: folder + "/" + name))
  }

  /// A folder with longer comparisons than those that are kept, which the scripts beside the fixtures write.
  static let long = ProcessInfo.processInfo.environment["LABBOOK_FUZZ"]

  /// A fixture of that folder.
  static func long<Value: Decodable>(_ name: String, _: Value.Type) throws -> Value {
    try JSONDecoder().decode(
      Value.self, from: Data(contentsOf: URL(filePath: (long ?? "") + "/" + name)))
  }
}
