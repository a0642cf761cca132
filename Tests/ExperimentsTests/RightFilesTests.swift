import Datasets
import Experiments
import Foundation
import Testing

/// Files that are right, among them those of the documentation.
struct RightFilesTests {
  static let folder = fixtures.appendingPathComponent("right")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test func thereAreSome() { #expect(Self.names.count >= 8) }

  @Test(arguments: names) func isRight(_ name: String) throws {
    let path = Self.folder.appendingPathComponent(name).path
    let experiment = try Experiment.read(path, library: DataLibrary())
    #expect(!experiment.sweeps.isEmpty)
    for sweep in experiment.sweeps { #expect(!experiment.members(of: sweep).isEmpty) }
  }
}
