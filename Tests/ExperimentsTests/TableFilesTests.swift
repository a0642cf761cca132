import Datasets
import Foundation
import Runs
import Testing
import Tracking

/// What a file may say of a table, and what is wrong about it.
struct TableFilesTests {
  private func file(_ folder: String, _ keys: String, train: String = "epochs: 1") -> String {
    """
    data:
      source: csv
      path: \(folder)/d.csv
      target: y
    \(keys.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
    model: {mlp: {hidden: [4]}}
    train: {\(train)}

    """
  }

  @Test func everyKeyOfATableIsRead() throws {
    let table =
      "# made\nid;a;w;s;d;y\nr1;1,5;x;m;01.02.2020;1\nr2;;z;l;03.04.2021;2\nr3;2,5;;s;5.6.2022;3\n"
    let keys = """
      separator: ";"
      decimal: ","
      comment: "#"
      encoding: utf-8
      header: true
      missing: ["", "-"]
      id: id
      fill: {a: 0}
      indicator: true
      categories: {w: [x, z]}
      min_count: 2
      ordinal: {s: [s, m, l]}
      dates: {d: [year, weekday]}
      """
    try withFiles(["d.csv": table]) { folder in
      #expect(complaints(file(folder, keys)) == [])
      let data = try #require(
        try configurations(file(folder, keys)).first?.network?.data)
      #expect(data.source.values["header"] == .flag(true))
      #expect(data.source.values["missing"] == .list([.text(""), .text("-")]))
      #expect(data.source.values["fill"] == .mapping(["a": .number(0)]))
      #expect(
        data.source.values["ordinal"]
          == .mapping(["s": .list([.text("s"), .text("m"), .text("l")])]))
    }
  }

  @Test(arguments: [
    ("separator: x", "separator cannot be 'x'"),
    ("fill: {a: middle}", "fill.a cannot be 'middle'"),
    ("dates: {a: [minute]}", "dates.a cannot hold 'minute'"),
    ("target_transform: sqrt", "target_transform cannot be 'sqrt'"),
    ("drop: [nothing]", "has no column 'nothing'"),
    ("ordinal: {nothing: [a]}", "has no column 'nothing'"),
    ("target_transform: log", "the target is 0 in row 2, which has no logarithm"),
  ])
  func wrongKeysAreToldAtTheirPlace(key: String, message: String) throws {
    try withFiles(["d.csv": "a,y\n1,1\n2,0\n3,4\n"]) { folder in
      let found = complaints(file(folder, key))
      #expect(found.count == 1 && found.first?.contains(message) == true, "\(found)")
      #expect(found.first?.hasPrefix("test.yaml:5:") == true, "\(found)")
    }
  }

  @Test(arguments: ["bce", "bce-with-logits"])
  func targetsBeyondWhatALossTakesAreAnErrorWithTheRow(loss: String) throws {
    try withFiles(["d.csv": "a,y\n1,1\n2,0\n3,8\n4,6\n"]) { folder in
      let found = complaints(file(folder, "seed: 1", train: "loss: \(loss)"))
      #expect(
        found == ["test.yaml:7:15: \(loss) takes targets from 0 to 1, but row 3 of the data has 8"])
      #expect(
        complaints(file(folder, "target_transform: minmax", train: "loss: \(loss)")) == [])
    }
  }

  @Test func aPathMayBeginAtHomeAndAnAddressIsNone() {
    let home = complaints(
      "data: {source: csv, path: ~/no such file.csv, target: y}\nmodel: {mlp: {hidden: [4]}}\n")
    #expect(home.first?.contains(NSHomeDirectory() + "/no such file.csv does not exist") == true)
    let address = complaints(
      "data: {source: csv, path: 'https://x.org/a/d.csv', target: y}\nmodel: {mlp: {hidden: [4]}}\n"
    )
    #expect(address.first?.contains("https://x.org/a/d.csv is an address") == true)
  }
}
