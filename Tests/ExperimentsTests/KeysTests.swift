import Datasets
import Experiments
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
    #expect(try FileKeys.rows(below: "train.early_stopping").count == 2)
    #expect(try FileKeys.rows(below: "hidden").map(\.path) == ["models.NAME.mlp.hidden"])
    #expect(throws: LabbookError.self) { try FileKeys.rows(below: "optimzer") }
    do { _ = try FileKeys.rows(below: "optimzer") } catch {
      #expect(error.hint == "Did you mean 'train.optimizer'?")
    }
  }

  @Test func everyRowIsAboutSomething() throws {
    for row in try FileKeys.rows() {
      #expect(!row.summary.isEmpty && !row.type.isEmpty, "\(row.path)")
    }
  }
}
