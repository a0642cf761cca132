import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import Runs
import Sweeps
import TestSupport
import Testing

/// An experiment of Tests/Python/torch and the program it is printed as.
struct TorchCase: CustomTestStringConvertible {
  let name: String
  var testDescription: String { name }

  /// The folder of what Python witnesses: experiments, printed programs, small files of data.
  static let room =
    URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/Python"

  static let all: [TorchCase] = names(ending: ".yaml").map { TorchCase(name: $0) }

  static func names(ending end: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: room + "/torch")) ?? []
    return files.filter { $0.hasSuffix(end) }.map { String($0.dropLast(end.count)) }.sorted()
  }

  /// The word that stands in files for the folder of the data.
  private static let place = (word: "ROOM", path: room + "/data")

  var experimentText: String {
    get throws {
      try String(contentsOfFile: Self.room + "/torch/\(name).yaml", encoding: .utf8)
        .replacing(Self.place.word, with: Self.place.path)
    }
  }

  var programFile: URL { URL(filePath: Self.room + "/torch/\(name).py") }

  func plan(_ library: DataLibrary) throws -> RunPlan {
    let experiment = try Experiment.parse(
      try experimentText, name: name + ".yaml", library: library)
    return try RunPlan(experiment, facts: PlanFacts(library: library))
  }

  func program(_ plan: RunPlan, _ library: DataLibrary) throws -> TorchProgram {
    let run = try #require(plan.runs.first)
    return try TorchProgram(
      run.run.configuration.own, objective: run.run.configuration.objective, library: library)
  }

  /// A program as it is kept: with a word for the folder of the data.
  static func kept(_ text: String) -> String { text.replacing(place.path, with: place.word) }
}
