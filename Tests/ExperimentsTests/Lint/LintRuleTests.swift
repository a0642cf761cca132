import Datasets
import Experiments
import Foundation
import Testing

struct LintRuleTests {
  @Test func adviceSaysPlaceReasonAndFix() throws {
    let text = "data: {source: spiral, split: {val: 0.2}}\nmodel: [{linear: classes}, softmax]\n"
    let lines = try #require(try advice(text).first).description.split(separator: "\n")
    #expect(
      lines[0] == "experiment.yaml:2:28: advice: softmax stands before cross-entropy "
        + "[softmax-before-cross-entropy]")
    #expect(lines[1] == "  model: [{linear: classes}, softmax]")
    #expect(lines[3].hasPrefix("  why: cross-entropy takes the softmax itself"))
    #expect(lines[4] == "  fix: remove the layer")
  }

  @Test func anUnknownRuleIsAnError() throws {
    let text = "data: {source: spiral}\nmodel: [{linear: classes}]\nlint: {allow: [one-sed]}\n"
    let problems = try #require(throws: Diagnostics.self) {
      try Experiment.parse(text, library: DataLibrary())
    }
    #expect(problems.list.count == 1 && problems.description.contains("one-seed"))
  }

  @Test func everyRuleHasANameOfItsOwn() {
    #expect(Set(Lint.names).count == Lint.names.count && Lint.names.count == 9)
  }

  /// What we ship follows its own advice, or says why not.
  @Test func shippedExperimentsAreSilent() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let folder = root + "/experiments"
    for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where file.hasSuffix(".yaml") && file != "fashion-mnist.yaml" {
      let experiment = try Experiment.read(folder + "/" + file, library: DataLibrary())
      #expect(experiment.advice() == [], "\(file)")
    }
  }
}
