import Foundation
import Testing

struct InitTests {
  @Test func writesAnExperimentAndNeverOverwritesOne() throws {
    let place = try Workplace()
    let first = try place.labbook("init", "deep/er")
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("deep/er/first.yaml\n"))
    try place.write("deep/er/first.yaml", "mine")
    let second = try place.labbook("init", "deep/er")
    #expect(second.status == 2)
    #expect(second.errors.contains("is there already"))
    #expect(try place.read("deep/er/first.yaml") == "mine")
  }

  /// What it writes is right without advice, and is what its words say.
  @Test func theFirstExperimentIsRight() throws {
    let place = try Workplace()
    let outcome = try place.labbook("init")
    #expect(
      outcome.output == """
        first.yaml

        labbook check first.yaml    what it would do, and whether it is right
        labbook run first.yaml      train it, draw its figures

        """)
    #expect(place.files() == ["first.yaml"])
    let check = try place.labbook("check", "first.yaml")
    #expect(check.status == 0 && !check.output.contains("advice"), "\(check.output)")
    let lines = check.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("spiral   2400  600     0  2         3 classes"))
    #expect(
      lines.contains { $0.hasPrefix("boundaries  model, lr") && $0.contains("  6    18   18 ") })
    // 2400 rows in batches of 64 are 38 updates an epoch: 18 runs of 20 epochs.
    #expect(lines.contains { $0.hasPrefix("boundaries") && $0.hasSuffix(" \(18 * 20 * 38)") })
  }

  @Test func theSchemaIsJSON() throws {
    let text = try Workplace().labbook("schema").output
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let keys = try #require(schema["properties"] as? [String: Any]).keys
    #expect(Set(["data", "models", "train", "notebook", "over", "seeds"]).isSubset(of: keys))
  }

  @Test func saysWhereItCannotWrite() throws {
    let place = try Workplace()
    try place.write("file", "")
    let outcome = try place.labbook("init", "file/below")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("file/below/first.yaml cannot be written"))
  }
}
