import Datasets
import Experiments
import FileLanguage
import Foundation
import Runs
import TestSupport
import Testing
import Tracking

/// YAML as nodes: scalars by the type their key wants, anchors, places, files that cannot be read.
struct ReadingTests {
  @Test func scalarsAreReadAsTheirKeyWants() throws {
    let run = try configurations(
      """
      title: 1:30
      data: {source: spiral, points_per_class: 010, seed: "12"}
      models:
        off: {mlp: {hidden: [8]}}
        no: {mlp: {hidden: [8]}}
      train: {model: off, lr: 1e-3, epochs: 1e1, shuffle: no}
      """)[0]
    #expect(run.modelName == "off")
    #expect(run.train.learningRate == 1e-3)
    #expect(run.train.duration == .epochs(10))
    #expect(run.train.shuffle == .never)
    #expect(run.data.source.integer("points_per_class") == 10)
    #expect(run.data.seed == 12)
  }

  @Test(arguments: ["1:30", "0x10", "1_000", "ten", "1e400", ".inf", "nan", "1e", "-", "e5", "1.5"])
  func theseAreNoWholeNumbers(_ text: String) {
    #expect(complaints(smallest + "train: {epochs: \(text)}\n").count == 1)
  }

  @Test func anchorsAliasesAndMergedMappingsWork() throws {
    let run = try configurations(
      """
      x-common: &common {optimizer: sgd, lr: 0.5, epochs: 7}
      data: &data {source: spiral, points_per_class: 50}
      model: {mlp: {hidden: &widths [4, 4]}}
      train: {<<: *common, lr: 0.25}
      """)[0]
    #expect(run.train.optimizer.name == "sgd")
    #expect(run.train.learningRate == 0.25)
    #expect(run.train.duration == .epochs(7))
  }

  @Test func laterMergedMappingsGiveWay() throws {
    let run = try configurations(
      smallest + """
        x-a: &a {lr: 1}
        x-b: &b {lr: 2, l1: 3}
        train: {<<: [*a, *b]}
        """)[0]
    #expect(run.train.learningRate == 1)
    #expect(run.train.l1 == 3)
  }

  @Test(.timeLimit(.minutes(1))) func anAliasBombIsAnErrorAtItsLine() {
    var text = "x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "x-\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(
      complaints(text) == [
        "test.yaml:5:46: here the file has more than 100000 values, aliases written out"
      ])
  }

  @Test func columnsCountCharacters() {
    #expect(
      complaints(
        "title: \"é🎈e\u{301}\"\ndata: {source: spiral, \"ö🎈\": 1}\nmodel: {mlp: {hidden: [4]}}\n")
        == ["test.yaml:2:24: spiral has no setting 'ö🎈'"])
    #expect(
      complaints(smallest + "train: {optimizer: {\"ö🎈e\u{301}\": 1, name: adm}}\n")
        == ["test.yaml:3:37: there is no optimizer 'adm'"])
  }

  @Test func linesMayEndInAnyWay() {
    for end in ["\n", "\r\n", "\r"] {
      let text =
        "data: {source: spiral}\(end)model: {mlp: {hidden: [4]}}\(end)train:\(end)  lr: x\(end)"
      #expect(complaints(text) == ["test.yaml:4:7: lr cannot be 'x'"])
    }
  }

  @Test func aByteOrderMarkIsNoText() throws {
    try withFiles(["bom.yaml": "\u{FEFF}" + smallest + "train: {lr: x}\n"]) { folder in
      #expect(
        message(folder + "/bom.yaml")?.contains("bom.yaml:3:13: error: lr cannot be 'x'") == true)
    }
  }

  @Test func deepNestingIsAnError() {
    let text = "data: " + String(repeating: "[", count: 100_000)
    #expect(
      complaints(text) == ["test.yaml:1:8: lists and mappings are nested too deep"])
  }

  // MARK: Files

  private func message(_ path: String) -> String? {
    do throws(Diagnostics) {
      _ = try Experiment.read(path, library: DataLibrary())
      return nil
    } catch { return error.description }
  }

  @Test func missingFilesFoldersAndLargeFiles() throws {
    try withFiles(["spiral.yaml": smallest]) { folder in
      #expect(
        message(folder + "/spirl.yaml") == """
          \(folder)/spirl.yaml: error: there is no such file
            did you mean '\(folder)/spiral.yaml'?
          """)
      #expect(
        message(folder) == """
          \(folder): error: is a folder, not an experiment file
            it has: spiral.yaml
          """)
      let large = folder + "/large.yaml"
      #expect(FileManager.default.createFile(atPath: large, contents: nil))
      let handle = try #require(FileHandle(forWritingAtPath: large))
      try handle.truncate(atOffset: 100 << 20)
      try handle.close()
      #expect(message(large)?.contains("has 100 MB; an experiment file has at most 16 MB") == true)
      #expect(message("/dev/null")?.contains("is not a regular file") == true)
    }
  }

  @Test func otherEncodings() throws {
    try withFiles([:]) { folder in
      let latin = folder + "/latin.yaml"
      try Data([0x61, 0x3A, 0x20, 0x62, 0x0A, 0x78, 0x3A, 0x20, 0xF6, 0x0A])
        .write(to: URL(fileURLWithPath: latin))
      #expect(message(latin)?.hasPrefix("\(latin):2:4: error: this byte is not UTF-8") == true)
      let wide = folder + "/wide.yaml"
      try #require(smallest.data(using: .utf16)).write(to: URL(fileURLWithPath: wide))
      #expect(message(wide)?.contains("the file is UTF-16, an experiment file is UTF-8") == true)
    }
  }
}
