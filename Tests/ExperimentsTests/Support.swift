import Datasets
import Experiments
import FileLanguage
import Foundation
import Runs

/// The folder of this target's fixtures.
let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("Fixtures")

/// Reads a text as an experiment file.
func read(_ text: String, set overrides: [String] = []) throws -> Experiment {
  try Experiment.parse(text, name: "test.yaml", overrides: overrides, library: DataLibrary())
}

/// What reading a text complains of, one message a line without snippets; empty where it is right.
func complaints(_ text: String, set overrides: [String] = []) -> [String] {
  do throws(Diagnostics) {
    _ = try Experiment.parse(
      text, name: "test.yaml", overrides: overrides, library: DataLibrary())
    return []
  } catch { return error.list.map { "\($0.mark.place): \($0.message)" } }
}

/// The configurations of the first sweep of a text.
func configurations(_ text: String, set overrides: [String] = []) throws -> [RunConfiguration] {
  let experiment = try read(text, set: overrides)
  return experiment.sweeps.first.map { experiment.members(of: $0).map(\.configuration) } ?? []
}

/// A folder of its own with files in it, removed afterwards.
func withFiles<Result>(
  _ files: [String: String], _ body: (String) throws -> Result
) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("labbook-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in files {
    let place = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: place, atomically: true, encoding: .utf8)
  }
  return try body(folder.path)
}

/// The smallest right file.
let smallest = """
  data: {source: spiral, points_per_class: 100, split: {val: 0.2}}
  model: {mlp: {hidden: [16]}}

  """
