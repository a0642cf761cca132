import Datasets
import Experiments
import FileLanguage
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

  private func said(_ text: String) throws -> [String] {
    try advice(text).map {
      "\($0.mark.line):\($0.mark.column) [\($0.rule)] \($0.message) -> \($0.fix)"
    }
  }

  /// One file that earns nearly all of it: in the order of its lines, each place once.
  @Test func everyRuleSaysWhatItFoundAndWhatToWrite() throws {
    let text = """
      data: {source: blobs, features: 8, shift: [0, 0, 0, 0, 0, 0, 0, 400]}
      models:
        a: [{linear: 8}, {linear: classes}, log-softmax]
        b: [{linear: 8}, sigmoid, {linear: 8}, sigmoid, {linear: 8}, sigmoid, {linear: classes}]
        c: [{linear: 8}, relu, {linear: classes}, softmax]
      train: {shuffle: false, steps: 6000}
      notebook:
        - sweep: first
          over: {model: all, lr: [1e-3, 1e-2]}
        - sweep: second
          with: {model: c, shuffle: false}
          over: {lr: [1e-3, 1e-2, 0.1]}
      """
    let found = try said(text)
    let mean = try #require(found.first { $0.contains("unnormalized") })
    #expect(
      mean.wholeMatch(
        of: #/1:1 \[unnormalized-inputs\] 'x8' has mean (39|40)\d and deviation \d\.\d\d?, .*/#)
        != nil)
    #expect(mean.hasSuffix(", and nothing normalises it -> write data: {normalize: standard}"))
    #expect(
      found.filter { $0 != mean } == [
        "1:1 [no-validation] the data has no validation part -> write data: {split: {val: 0.2}}",
        "3:21 [linear-after-linear] two linear layers have nothing between them"
          + " -> put an activation such as relu before this layer, or make the two one",
        "3:39 [log-softmax-before-cross-entropy] log-softmax stands before cross-entropy"
          + " -> remove the layer, or keep it and write loss: nll",
        "4:64 [deep-sigmoid] 3 layers of sigmoid stand one after the other -> use relu,"
          + " put batch-norm before each sigmoid, or residual around the layers",
        "5:45 [softmax-before-cross-entropy] softmax stands before cross-entropy -> remove the layer",
        "6:1 [constant-rate] the learning rate is the same over 6000 updates -> write schedule: cosine",
        "6:9 [class-order] the rows come class by class and are not shuffled"
          + " -> write shuffle: true, or remove the line",
        "8:12 [one-seed] 6 configurations are compared by one seed each -> write seeds: 5",
        "10:12 [one-seed] 3 configurations are compared by one seed each -> write seeds: 5",
        "11:22 [class-order] the rows come class by class and are not shuffled"
          + " -> write shuffle: true, or remove the line",
      ])
    let allowed = text + "\nlint: {allow: [\(Lint.names.joined(separator: ", "))]}"
    #expect(try said(allowed) == [])
  }

  private func rules(_ text: String) throws -> [String] { try advice(text).map(\.rule) }

  /// A table of a file's own, with the rest as it should be.
  private func table(_ rows: [String], _ train: String = "", model: String = "[{linear: classes}]")
    throws -> [String]
  {
    try withFiles(["t.csv": rows.joined(separator: "\n")]) { folder in
      try said(
        "data: {source: csv, path: \(folder)/t.csv, target: y, split: {val: 0.25}}\n"
          + "model: \(model)\ntrain: {\(train)}\n")
    }
  }

  @Test func limitsAreWhereTheyAreSaidToBe() throws {
    let plain = "data: {source: moons, split: {val: 0.2}}\nmodel: [{linear: classes}]\n"
    #expect(try rules(plain + "train: {steps: 4999}\n") == [])
    #expect(try rules(plain + "train: {steps: 5000}\n") == ["constant-rate"])
    // 800 rows in batches of 32 are 25 updates an epoch.
    #expect(try rules(plain + "train: {epochs: 199}\n") == [])
    #expect(try rules(plain + "train: {epochs: 200}\n") == ["constant-rate"])
    #expect(try rules(plain + "over: {steps: [4000, 5000]}\nseeds: 2\n") == [])
    // Deviations of 0.1 and 3.1 are more than 30 times apart, 0.1 and 3 are not.
    func pairs(_ width: Double) -> [String] {
      ["a,b,y"]
        + (0..<40).map { "\($0 % 4 < 2 ? 0.1 : -0.1),\($0 % 4 < 2 ? width : -width),k\($0 % 2)" }
    }
    #expect(try table(pairs(3), "epochs: 2") == [])
    // The training rows lean a little to one side, so that their deviations are a little less.
    let apart = try table(pairs(3.1), "epochs: 2").joined()
    let sentence =
      #/1:1 \[unnormalized-inputs\] 'b' has deviation 3\.[01]\d?, 'a' 0\.[01]\d*, and (.*)/#
    #expect(
      apart.wholeMatch(of: sentence)?.output.1
        == "nothing normalises it -> write data: {normalize: standard}", "\(apart)")
    #expect(try table(pairs(3.1), "epochs: 2", model: "[batch-norm, {linear: classes}]") == [])
    #expect(try table(pairs(3.1), "epochs: 2", model: "[layer-norm, {linear: classes}]") == [])
    // Rows whose classes take turns have no order to be afraid of.
    #expect(try table(pairs(1), "epochs: 2, shuffle: false, batch_size: 8") == [])
    let blocks = ["a,y"] + (0..<40).map { "\($0 % 2),k\($0 / 20)" }
    #expect(
      try table(blocks, "epochs: 2, shuffle: false, batch_size: 8").map { $0.prefix(18) }
        == ["3:20 [class-order]"])
  }

  @Test func anUnknownRuleIsAnError() throws {
    let text = "data: {source: spiral}\nmodel: [{linear: classes}]\nlint: {allow: [one-sed]}\n"
    let problems = try #require(throws: Diagnostics.self) {
      try Experiment.parse(text, library: DataLibrary())
    }
    #expect(problems.list.count == 1 && problems.description.contains("one-seed"))
  }

  @Test func everyRuleHasANameOfItsOwn() {
    #expect(
      Lint.names == [
        "softmax-before-cross-entropy", "log-softmax-before-cross-entropy", "linear-after-linear",
        "deep-sigmoid", "unnormalized-inputs", "class-order", "no-validation", "one-seed",
        "constant-rate", "many-categories", "small-class", "imbalanced-classes", "target-scale",
        "numeric-target", "target-leak",
        "counting-column", "constant-target", "untold-seed", "answered-exercise",
      ])
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
