import Datasets
import Experiments
import FileLanguage
import Foundation
import Testing

/// Files with a mistake each, and the exact message they earn.
///
/// With LABBOOK_RECORD set the messages are written anew, to be read before they are committed.
struct WrongFilesTests {
  static let folder = fixtures.appendingPathComponent("wrong")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func thereAreEnough() { #expect(Self.names.count >= 150) }

  @Test(arguments: names) func message(of name: String) throws {
    let file = Self.folder.appendingPathComponent(name + ".yaml").path
    let found = errors(file).replacingOccurrences(of: Self.folder.path + "/", with: "") + "\n"
    let place = Self.folder.appendingPathComponent(name + ".expected")
    if ProcessInfo.processInfo.environment["LABBOOK_RECORD"] != nil {
      try found.write(to: place, atomically: true, encoding: .utf8)
    }
    #expect(found == (try String(contentsOf: place, encoding: .utf8)))
  }

  /// Every message begins with a place and points a caret at it.
  @Test(arguments: names) func form(of name: String) throws {
    let place = Self.folder.appendingPathComponent(name + ".expected")
    let lines = try String(contentsOf: place, encoding: .utf8).split(separator: "\n")
    let first = try #require(lines.first)
    #expect(first.contains(#/^[^:]+\.yaml:[1-9][0-9]*:[1-9][0-9]*: error: /#))
  }

  /// What reading a file complains of; empty where it is right.
  private func errors(_ file: String) -> String {
    do throws(Diagnostics) {
      _ = try Experiment.read(file, library: DataLibrary())
      return ""
    } catch { return error.description }
  }
}
