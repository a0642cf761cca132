import Datasets
import Experiments
import FileLanguage
import Foundation
import Testing
import Tracking

/// `keys`, `schema` and the checks come from the same values.
struct KeysTests {
  private func schema() throws -> [String: Any] {
    let data = Data(FileSchema.text().utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func keys(_ schema: Any?, _ path: String...) -> Set<String> {
    var place = schema
    for part in path { place = (place as? [String: Any])?[part] }
    return Set((place as? [String: Any])?.keys.map { $0 } ?? [])
  }

  @Test func theSchemaSaysWhichDraftItIs() throws {
    #expect(try schema()["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(try schema()["additionalProperties"] as? Bool == false)
  }

  @Test func topKeysAgree() throws {
    let rows = Set(try FileKeys.rows().map(\.path).filter { !$0.contains(".") })
    #expect(try keys(schema(), "properties") == rows)
    // The check of an unknown key lists exactly these.
    let notes = firstNotes(smallest + "nothing_like_it_at_all: 1\n")
    #expect(Set(names(notes)) == rows)
  }

  @Test func trainKeysAgree() throws {
    let rows = Set(
      try FileKeys.rows().map(\.path).filter { $0.hasPrefix("train.") }
        .map { String($0.split(separator: ".")[1]) })
    let all = try schema()["properties"] as? [String: Any]
    let section = ((all?["train"] as? [String: Any])?["anyOf"] as? [[String: Any]])?.first
    #expect(keys(section, "properties") == rows)
    #expect(Set(names(firstNotes(smallest + "train: {nothing_like_it_at_all: 1}\n"))) == rows)
  }

  private func firstNotes(_ text: String) -> String {
    do throws(Diagnostics) {
      _ = try Experiment.parse(text, library: DataLibrary())
      return ""
    } catch { return error.list.first?.notes.first ?? "" }
  }

  private func names(_ note: String) -> [String] {
    note.replacing("expected one of: ", with: "").split(separator: ", ").map(String.init)
  }

  @Test func pathsAreFoundLikeInSweeps() throws {
    #expect(try FileKeys.rows(below: "lr").map(\.path) == ["train.lr"])
    #expect(
      try FileKeys.rows(below: "train.early_stopping").map(\.path)
        == ["train.early_stopping", "train.early_stopping.patience"])
    #expect(try FileKeys.rows(below: "take").map(\.path) == ["data.take"])
    #expect(try FileKeys.rows(below: "").count == FileKeys.rows().count)
    #expect(try FileKeys.rows(below: "hidden").map(\.path) == ["models.NAME.mlp.hidden"])
    #expect(throws: LabbookError.self) { try FileKeys.rows(below: "optimzer") }
    do { _ = try FileKeys.rows(below: "optimzer") } catch {
      #expect(
        error == .input("there is no key 'optimzer'", hint: "Did you mean 'train.optimizer'?"))
    }
    do { _ = try FileKeys.rows(below: "nothing like it") } catch {
      #expect(error.hint == "'labbook keys' lists them all.")
    }
  }

  /// Every key with its kind, bounds, default and line, as Fixtures/keys/keys.txt was read and found
  /// right against the contract; whoever changes one changes the file.
  @Test func everyRowIsWhatWasAgreed() throws {
    let place = fixtures.appendingPathComponent("keys/keys.txt")
    let wanted = try String(contentsOf: place, encoding: .utf8)
    let found = try FileKeys.rows().map {
      [$0.path, $0.type, $0.standard, $0.summary].joined(separator: "\t")
    }
    let lines = wanted.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(found.count == lines.count - 1)
    for (a, b) in zip(found, lines) { #expect(a == b) }
  }

  private func property(_ path: String...) throws -> [String] {
    var place: Any? = try schema()
    for part in path {
      let object = place as? [String: Any]
      place =
        (object?["properties"] as? [String: Any])?[part] ?? object?[part]
        ?? ((object?["anyOf"] as? [[String: Any]])?.compactMap {
          ($0["properties"] as? [String: Any])?[part]
        }.first)
    }
    let ways = (place as? [String: Any])?["anyOf"] as? [Any] ?? []
    return try ways.map {
      String(
        decoding: try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys),
        as: UTF8.self)
    }
  }

  /// Bounds in the words of JSON Schema, by hand.
  @Test func theSchemaHasTheBounds() throws {
    let quoted =
      #"{"pattern":"^[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?$","type":"string"}"#
    let null = #"{"type":"null"}"#
    #expect(
      try property("train", "lr") == [#"{"minimum":0,"type":"number"}"#, quoted, null])
    #expect(
      try property("train", "clip_norm")
        == [#"{"exclusiveMinimum":0,"type":"number"}"#, quoted, #"{"enum":["none"]}"#, null])
    #expect(
      try property("train", "epochs")
        == [#"{"maximum":1000000000,"minimum":0,"type":"integer"}"#, quoted, null])
    #expect(try property("train", "seed") == [#"{"type":"integer"}"#, quoted, null])
    #expect(
      try property("train", "batch_size").filter { $0.contains("enum") } == [#"{"enum":["full"]}"#])
    #expect(
      try property("train", "shuffle") == [
        #"{"type":"boolean"}"#, #"{"enum":["yes","no","on","off"]}"#, #"{"enum":["once"]}"#, null,
      ])
    #expect(
      try property("data", "label_noise")
        == [#"{"exclusiveMaximum":1,"minimum":0,"type":"number"}"#, quoted, null])
    #expect(
      try property("tags") == [
        #"{"items":{"type":["string","number","boolean"]},"maxItems":1000,"minItems":0,"type":"array"}"#,
        null,
      ])
    let axis = try property("$defs", "axis")
    #expect(axis.count == 8)
    #expect(axis[0] == #"{"minItems":1,"type":"array"}"# && axis[1] == #"{"enum":["all"]}"#)
    #expect(axis[2].contains(#""linear""#) && axis[2].contains(#""required":["linear","count"]"#))
    #expect(
      axis[3].contains(#""exclusiveMinimum":0"#) && axis[3].contains(#""required":["log","count"]"#)
    )
    #expect(!axis[2].contains("exclusiveMinimum") && axis[2].contains(#""maximum":100000"#))
  }

  /// The whole text, `labbook schema | sha256sum`: a change of it is meant, or it is a fault.
  @Test func theSchemaIsWhatItWas() {
    #expect(
      SHA256Digest.hex(of: FileSchema.text())
        == "5442405d00335402e999bf47f3f7f29737e997fbb138e9da9b299270ce63e977")
  }
}

struct OtherNamesTests {
  /// What other tools call a kind leads to its own name, which stands in the kind's file alone.
  @Test(arguments: [
    ("loss: CrossEntropyLoss", "cross-entropy"), ("loss: NLLLoss", "nll"), ("loss: L2Loss", "mse"),
    ("init: glorot", "xavier-uniform"), ("init: he", "kaiming-normal"),
    ("init: kaiming", "kaiming-uniform"), ("learning_rate: 1", "lr"),
  ])
  func namesOfOtherToolsAreUnderstood(_ line: String, _ name: String) throws {
    let diagnostics = try #require(throws: Diagnostics.self) {
      _ = try read(smallest + "train: {\(line)}")
    }
    #expect(diagnostics.list.flatMap(\.notes).contains("did you mean '\(name)'?"))
  }

  @Test func aLayerAndASourceToo() throws {
    let layer = try #require(throws: Diagnostics.self) {
      _ = try read("data: {source: spiral}\nmodel: [{dense: 3}]")
    }
    #expect(layer.list.flatMap(\.notes).contains("did you mean 'linear'?"))
    let source = try #require(throws: Diagnostics.self) {
      _ = try read("data: {source: mnist}\nmodel: [{linear: 3}]")
    }
    #expect(source.list.flatMap(\.notes).contains("did you mean 'fashion-mnist'?"))
  }
}
