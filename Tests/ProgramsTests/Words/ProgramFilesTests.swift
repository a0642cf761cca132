import Foundation
import Runs
import Testing

/// The files that decide what a program computes.
struct ProgramFilesTests {
  private func found(
    _ files: [String: String], _ words: [String], files named: [String]? = nil,
    inputs: [String] = []
  ) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.path + "/labbook-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files {
      let path = folder + "/" + name
      try FileManager.default.createDirectory(
        atPath: URL(filePath: path).deletingLastPathComponent().path,
        withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    return try ProgramFiles(folder: folder).paths(of: words, files: named, inputs: inputs)
  }

  @Test func importsOfTheProjectAreFollowed() throws {
    let files = [
      "train.py": [
        "import os, helper as h, json", "from pkg import (", "  a,", "  b as c)  # a comment",
        "from pkg.deep import thing", "  import late", "if True:", "  import inner",
      ].joined(separator: "\n"),
      "helper.py": "import other\n", "other.py": "import helper\n", "late.py": "", "inner.py": "",
      "pkg/__init__.py": "from . import sibling\nfrom .deep import x\n", "pkg/a.py": "",
      "pkg/b.py": "", "pkg/deep.py": "", "pkg/sibling.py": "", "pkg/unused.py": "", "json.txt": "",
    ]
    #expect(
      try found(files, ["python3", "train.py", "{lr}"]) == [
        "helper.py", "inner.py", "late.py", "other.py", "pkg/__init__.py", "pkg/a.py", "pkg/b.py",
        "pkg/deep.py", "pkg/sibling.py", "train.py",
      ])
  }

  @Test func globsAndFoldersStandForTheirFiles() throws {
    let files = [
      "conf/a.yaml": "", "conf/deep/b.yaml": "", "conf/c.txt": "", "conf/.hidden": "",
      "conf/__pycache__/x.pyc": "", "data1.npz": "", "data2.npz": "", "dataX.npz": "", "run.sh": "",
    ]
    #expect(
      try found(files, ["sh", "run.sh"], files: ["conf/**"])
        == ["conf/a.yaml", "conf/c.txt", "conf/deep/b.yaml"])
    #expect(
      try found(files, [], files: ["conf"]) == ["conf/a.yaml", "conf/c.txt", "conf/deep/b.yaml"])
    #expect(try found(files, [], files: ["conf/*.yaml"]) == ["conf/a.yaml"])
    #expect(try found(files, [], files: ["conf/**/*.yaml"]) == ["conf/a.yaml", "conf/deep/b.yaml"])
    #expect(
      try found(files, ["run.sh"], inputs: ["data?.npz"])
        == ["data1.npz", "data2.npz", "dataX.npz", "run.sh"])
    #expect(throws: (any Error).self) { try found(files, [], inputs: ["nothing*"]) }
  }

  @Test func aTypedCommandBecomesOneWithPlaceholders() throws {
    let proposal = try CommandProposal(
      "python train.py --lr 0.1 --weight-decay=1e-4 --amp --seed 3 -n -5 data.csv a.b=2 --x {y}")
    #expect(
      proposal.words == [
        "python", "train.py", "--lr", "{lr}", "--weight-decay={weight_decay}", "{--amp}", "--seed",
        "{seed}", "-n", "{n}", "data.csv", "a.b={a.b}", "--x", "{x}",
      ])
    #expect(proposal.hasSeed)
    let values = Dictionary(proposal.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    #expect(values["lr"] == "0.1" && values["weight_decay"] == "1e-4" && values["n"] == "-5")
    #expect(values["amp"] == "true" && values["a.b"] == "2" && values["x"] == "{y}")
  }

  @Test func aModuleThatIsStartedIsAFile() throws {
    let files = ["pkg/__init__.py": "", "pkg/train.py": "from . import net", "pkg/net.py": ""]
    #expect(
      try found(files, ["python", "-m", "pkg.train"])
        == ["pkg/__init__.py", "pkg/net.py", "pkg/train.py"])
  }
}
