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

  /// A table as people have it is trained a minute later, and asked about raw rows.
  @Test func aTableIsWrittenCheckedTrainedAndAsked() throws {
    let place = try Workplace()
    let towns = ["Van", "Izmir", "Rize"]
    let rows = (0..<120).map { row in
      "n\(row);\(row % 11 == 0 ? "" : "\(row % 40),5");\(towns[row % 3]);"
        + "\(row % 3 * 1000 + row % 40),25"
    }
    try place.write("houses.csv", (["no;age;town;price"] + rows).joined(separator: "\n") + "\n")
    let made = try place.labbook("init", "houses.csv")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.hasPrefix("houses.yaml: price from 2 columns, 120 rows, a regression\n"))
    let text = try place.read("houses.yaml")
    for line in ["drop: [\"no\"]", "fill: {age: median}", "target_transform: standard"] {
      #expect(text.contains(line), "\(text)")
    }
    #expect(try place.labbook("init", "houses.csv").status == 2)
    let check = try place.labbook("check", "houses.yaml")
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.output.contains("numbers have a decimal comma"))
    let run = try place.labbook("run", "houses.yaml", "--set", "train.epochs=30")
    #expect(run.status == 0, "\(run.errors)")
    let table = try place.labbook("runs", "--sort", "val/r2", "--format", "csv")
    #expect(table.status == 0, "\(table.errors)")
    let id = try #require(
      try StoreReader(place.store).text(
        "SELECT run FROM run_values WHERE metric = 'val/r2' ORDER BY last DESC LIMIT 1"))
    // Another order of columns, a hole and a town that no training row had.
    try place.write("new.csv", "town;age\nVan;10,5\nOrdu;\nRize;10,5\n")
    let asked = try place.labbook("predict", id, "--input", "new.csv", "--format", "csv")
    #expect(asked.status == 0, "\(asked.errors)")
    let prices = asked.output.split(whereSeparator: \.isNewline).dropFirst().compactMap {
      Double($0.split(separator: ",")[1])
    }
    #expect(
      prices.count == 3 && abs(prices[0] - 10) < 300 && abs(prices[2] - 2010) < 300, "\(prices)")
    #expect(asked.errors.contains("'town' has a word in 1 row that the run does not know"))
    #expect(asked.errors.contains("'age' has no value in 1 row"))
  }

  /// A table that is not there is said, and no folder made of its name.
  @Test func aTableThatIsNotThereIsSaid() throws {
    let place = try Workplace()
    let outcome = try place.labbook("init", "tables/flowers.csv")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("tables/flowers.csv does not exist"))
    #expect(place.files().isEmpty)
  }

  /// What was found of a file's form and what counts as missing is said, not done silently.
  @Test func whatIsGuessedIsSaid() throws {
    let place = try Workplace()
    let rows = (1...40).map { row in
      "2020-\(row % 12 + 1 < 10 ? "0" : "")\(row % 12 + 1)-\(row == 9 ? "31" : "15");"
        + "\(row % 7),5;\(row % 10 == 0 ? "" : "\(row),25")"
    }
    try place.write("days.csv", (["day;x;price"] + rows).joined(separator: "\n") + "\n")
    let made = try place.labbook("init", "days.csv")
    #expect(made.status == 0, "\(made.errors)")
    for remark in [
      "fields stand between ';'", "numbers have a decimal comma",
      "4 rows have no target and are left out",
    ] {
      #expect(made.output.contains("  " + remark + "\n"), "\(made.output)")
    }
    // The ninth row is in October, which has a 31st; a day that no month has counts as missing.
    try place.write(
      "wrong.csv",
      (["day;x;price"] + rows.map { $0.replacing("2020-10-31", with: "2020-10-32") })
        .joined(separator: "\n") + "\n")
    let wrong = try place.labbook("init", "wrong.csv")
    #expect(wrong.output.contains("  'day': '2020-10-32' counts as missing\n"), "\(wrong.output)")
    try place.write("same.csv", "a,b\n1,5\n2,5\n3,5\n4,5\n5,5\n")
    let same = try place.labbook("init", "same.csv")
    #expect(same.output.contains("'b' has one value in all rows"), "\(same.output)")
  }
}
