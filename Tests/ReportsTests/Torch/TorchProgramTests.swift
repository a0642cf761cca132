import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import RunStorage
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// Printed programs, letter by letter.
///
/// That the kept ones are right is for PyTorch to say, in `TorchWitnessTests`. `LABBOOK_RENEW_FIXTURES=1` writes them anew; then read what changed, and run the witness.
struct TorchProgramTests {
  private static let renews =
    ProcessInfo.processInfo.environment["LABBOOK_RENEW_FIXTURES"] == "1"

  @Test(arguments: TorchCase.all) func aProgramIsTheOneThatIsKept(_ sample: TorchCase) throws {
    let library = DataLibrary()
    let text = TorchCase.kept(
      try sample.program(try sample.plan(library), library).text)
    if Self.renews { try Data(text.utf8).write(to: sample.programFile) }
    let kept = try String(contentsOf: sample.programFile, encoding: .utf8)
    let lines = (text.split(separator: "\n"), kept.split(separator: "\n"))
    let first = zip(lines.0, lines.1).first { $0 != $1 }
    #expect(text == kept, "printed: \(first?.0 ?? ""), kept: \(first?.1 ?? "")")
  }

  @Test func everyKeptProgramHasItsExperiment() {
    let names = TorchCase.all.map(\.name)
    #expect(names.count > 100 && names == TorchCase.names(ending: ".py"))
  }

  /// What `start` writes is what a run without updates keeps.
  @Test func theStartIsWhatARunBeginsWith() throws {
    for text in ["init: default, seed: 5", "init: kaiming-normal, seed: 6"] {
      let trained = try TrainedExperiment(
        "data: {source: moons, points_per_class: 5}\nmodel: [{linear: 3}, relu, {linear: classes}]\n"
          + "train: {epochs: 0, \(text)}")
      defer { trained.remove() }
      let run = try #require(try trained.store.runs().first)
      let configuration = try #require(trained.plan.runs.first).run.configuration
      let start = try TorchProgram(
        configuration.own, objective: configuration.objective, library: trained.library
      ).start()
      #expect(start.weights == (try trained.store.artifact(RunFile.weights, of: run.id)))
    }
  }

  private func message(_ layers: String) throws -> String? {
    let library = DataLibrary()
    let experiment = try Experiment.parse(
      "data: {source: moons, points_per_class: 5}\nmodel:\n\(layers)", library: library)
    let plan = try RunPlan(experiment, facts: PlanFacts(library: library))
    let run = try #require(plan.runs.first)
    do throws(LabbookError) {
      _ = try TorchProgram(
        run.run.configuration.own, objective: run.run.configuration.objective, library: library)
      return nil
    } catch { return error.message }
  }

  /// A program that reads the wrong layer would be worse than none.
  @Test func whatCannotBeWrittenIsSaid() throws {
    let read = """
        - {residual: [{linear: 2, name: inner}, relu], name: r}
        - {add: [inner, r]}
        - {linear: classes}
      """
    let says = "'inner' stands inside a residual: that another layer reads or shares it cannot be"
    #expect(try message(read)?.hasPrefix(says) == true)
    let shared = """
        - residual: [{linear: 2, name: inner}, relu]
        - {linear: 2, share: inner}
        - {linear: classes}
      """
    #expect(try message(shared)?.hasPrefix(says) == true)
    let within = """
        - {linear: 2, name: a}
        - residual: [{linear: 2, name: b}, {add: [a, b]}]
        - {linear: classes}
      """
    #expect(
      try message(within)
        == "a residual whose layers read others by name cannot be written for PyTorch")
  }
}
