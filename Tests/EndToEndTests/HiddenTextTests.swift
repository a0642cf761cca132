import Foundation
import Testing

/// Escape sequences and marks of direction from files, names, arguments and data never reach a
/// terminal, a page or a picture.
struct HiddenTextTests {
  private static let evil = "\u{1B}[31mred\u{1B}[0m\u{9B}2J\u{7F}\u{202E}x\u{2066}\u{200B}"

  private func expectClean(_ text: String, _ place: String) {
    let hidden = text.unicodeScalars.filter { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value)
        || [0x202E, 0x2066, 0x200B].contains(scalar.value)
    }
    #expect(hidden.isEmpty, "\(place): \(text.debugDescription)")
  }

  @Test func errorsShowNothingHidden() throws {
    let place = try Workplace()
    let evil = Self.evil
    try place.write(
      "a.yaml", "data: {source: moons}\nmodel: {mlp: {hidden: [4]}}\n\"\\e[31m\u{202E}\": 1\n")
    try place.write(
      "b.yaml", "data: {source: csv, path: \"\(evil.replacing("\u{1B}", with: "\\e"))\"}\n")
    try place.write("c.yaml", "data: {source: moons} # \u{202E}\u{200B}\nmodelz: 1\n")
    let calls = [
      ["check", "a.yaml"], ["check", "b.yaml"], ["check", "c.yaml"], ["check", evil + ".yaml"],
      ["runs", "--" + evil], [evil], ["runs", "--format", evil], ["runs", "--limit", evil],
      ["run", "c.yaml", "--set", evil + "=1"], ["show", evil, "--db", evil],
    ]
    for call in calls {
      let outcome = try place.labbook(call)
      #expect(outcome.status == 2, "\(call)")
      #expect(!outcome.errors.isEmpty)
      expectClean(outcome.errors + outcome.output, "\(call)")
    }
  }

  /// The names of the data's classes are an enemy's.
  @Test func listsPagesAndPicturesShowNothingHidden() throws {
    let place = try Workplace()
    let evil = Self.evil
    var rows = "x,\(evil),kind\n"
    for row in 0..<40 { rows += "\(row),\(row * row % 7),\(row % 2 == 0 ? evil : "b|<i>`$")\n" }
    try place.write("d.csv", rows)
    try place.write(
      "a.yaml",
      """
      data: {source: csv, path: d.csv, target: kind, split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 1}
      notebook:
        - {sweep: s}
        - {plot: confusion}
        - {table: confusion}
        - {text: "Text \u{202E} and <b>`c`</b>."}
      """)
    let run = try place.labbook("run", "a.yaml")
    #expect(run.status == 0, "\(run.errors)")
    expectClean(run.output + run.errors, "run")
    for call in [["data", "a.yaml"], ["check", "a.yaml"], ["plot", "confusion", "--sweep", "s"]] {
      let outcome = try place.labbook(call)
      #expect(outcome.status == 0, "\(call): \(outcome.errors)")
      expectClean(outcome.output + outcome.errors, "\(call)")
    }
    for file in place.files() where file.hasPrefix("plots/") {
      guard [".svg", ".md", ".html", ".ipynb"].contains(where: file.hasSuffix) else { continue }
      let text = try place.read(file)
      expectClean(text.replacing("\t", with: " "), file)
    }
  }

  /// JSON escapes, CSV in a pipe keeps, so that programs get the text.
  @Test func programsGetTheTextItself() throws {
    let place = try Workplace()
    try place.write(
      "a.yaml",
      "data: {source: moons, points_per_class: 10}\nmodel: {mlp: {hidden: [2]}}\ntrain: {epochs: 1}\n"
    )
    #expect(try place.labbook("run", "a.yaml").status == 0)
    let rows = try place.labbook("runs", "--format", "csv").output
    let id = String(try #require(rows.split(whereSeparator: \.isNewline).last).prefix(8))
    let note = Self.evil
    let noted = try place.labbook("note", id, note)
    #expect(noted.status == 0, "\(noted.errors)")
    expectClean(noted.output, "note")
    let json = try place.labbook("show", id, "--format", "json").output
    expectClean(json, "json")
    let run = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(run["note"] as? String == note)
    expectClean(try place.labbook("show", id).output, "show")
    let export = try place.labbook("export", "runs").output
    #expect(export.contains("\u{1B}[31m") && export.contains("\u{202E}"))
  }
}
