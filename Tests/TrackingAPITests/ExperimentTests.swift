import RunStorage
import Testing
import Tracking
import Web

@Suite struct ExperimentTests {
  @Test func defaultIsThereFromTheFirst() async throws {
    let tracker = try Tracker()
    let found = try await tracker.ask(
      "GET", "experiments/get", query: [("experiment_id", "0")])
    #expect(found["experiment", "name"] as? String == "Default")
    let named = try await tracker.ask(
      "GET", "experiments/get-by-name", query: [("experiment_name", "Default")])
    #expect(named["experiment", "experiment_id"] as? String == "0")
    #expect(try tracker.store.sweeps().isEmpty)
  }

  @Test func anExperimentIsMadeRenamedDeletedAndRestored() async throws {
    let tracker = try Tracker()
    let body = #"{"name": "/Users/me/my exp?", "tags": [{"key": "team", "value": "ä\"<"}]}"#
    let made = try await tracker.post("experiments/create", body)
    let id = try #require(made["experiment_id"] as? String)
    #expect(Int(id) != nil && id != "0")
    let again = try await tracker.post("experiments/create", body)
    #expect(again.status == 400)
    #expect(again.code == "RESOURCE_ALREADY_EXISTS")
    let found = try await tracker.ask("GET", "experiments/get", query: [("experiment_id", id)])
    #expect(found["experiment", "name"] as? String == "/Users/me/my exp?")
    let tags = found["experiment", "tags"] as? [[String: String]]
    #expect(tags == [["key": "team", "value": "ä\"<"]])
    // A name that a file could not have is written otherwise in the store.
    _ = try await tracker.run(in: id)
    #expect(try tracker.store.sweeps().map(\.name.description) == ["Users-me-my exp-/logged"])

    #expect(
      try await tracker.post(
        "experiments/update", #"{"experiment_id": "\#(id)", "new_name": "plain"}"#
      ).status == 200)
    #expect(try tracker.store.sweeps().map(\.name.description) == ["plain/logged"])
    let one = #"{"experiment_id": "\#(id)"}"#
    #expect(try await tracker.post("experiments/delete", one).status == 200)
    #expect(try await tracker.post("experiments/delete", one).code == "RESOURCE_DOES_NOT_EXIST")
    #expect(try tracker.store.runs().isEmpty)
    #expect(try await tracker.post("runs/create", one).code == "INVALID_PARAMETER_VALUE")
    let gone = try await tracker.post("experiments/search", #"{"view_type": "DELETED_ONLY"}"#)
    #expect((gone["experiments"] as? [Any])?.count == 1)
    #expect(try await tracker.post("experiments/restore", one).status == 200)
    #expect(try tracker.store.runs().count == 1)
  }

  @Test(arguments: [
    ("name = 'ab'", ["ab"]), ("name != 'ab'", ["Abc", "a", "Default"]),
    ("attribute.name LIKE 'a%'", ["ab", "a"]), ("name ILIKE 'AB%'", ["Abc", "ab"]),
    ("name LIKE 'a_'", ["ab"]), ("tags.key = 'value'", ["a"]),
    ("tags.`key` != \"value\"", ["ab"]), ("tags.key IS NULL", ["Abc", "Default"]),
    ("tags.key is not null AND name = 'a'", ["a"]),
    ("experiment_id IN ('0', '1')", ["a", "Default"]),
    ("creation_time > 5", ["Abc", "ab", "a", "Default"]),
  ])
  func experimentsAreSearched(_ filter: String, _ names: [String]) async throws {
    let tracker = try Tracker()
    for (name, tag) in [("a", "value"), ("ab", "vaLue"), ("Abc", nil as String?)] {
      let tags = tag.map { #", "tags": [{"key": "key", "value": "\#($0)"}]"# } ?? ""
      _ = try await tracker.post("experiments/create", #"{"name": "\#(name)"\#(tags)}"#)
    }
    let quoted = filter.replacing("\"", with: "\\\"")
    let found = try await tracker.post("experiments/search", #"{"filter": "\#(quoted)"}"#)
    let experiments = found["experiments"] as? [[String: Any]] ?? []
    // Those of one millisecond come by their numbers, the latest first.
    #expect(experiments.compactMap { $0["name"] as? String } == names)
  }

  @Test func experimentsComeInPages() async throws {
    let tracker = try Tracker()
    for name in ["a", "b", "c"] {
      _ = try await tracker.post("experiments/create", #"{"name": "\#(name)"}"#)
    }
    var names: [String] = []
    var token = ""
    repeat {
      let page = try await tracker.post(
        "experiments/search",
        #"{"max_results": 2, "order_by": ["name DESC"], "page_token": "\#(token)"}"#)
      names += (page["experiments"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
      token = page["next_page_token"] as? String ?? ""
    } while !token.isEmpty
    #expect(names == ["c", "b", "a", "Default"])
  }

  @Test func tagsOfAnExperimentAreSetAndTaken() async throws {
    let tracker = try Tracker()
    let tag = #"{"experiment_id": "0", "key": "k", "value": "v"}"#
    #expect(try await tracker.post("experiments/set-experiment-tag", tag).status == 200)
    let found = try await tracker.ask("GET", "experiments/get", query: [("experiment_id", "0")])
    #expect(found["experiment", "tags"] as? [[String: String]] == [["key": "k", "value": "v"]])
    #expect(try await tracker.post("experiments/delete-experiment-tag", tag).status == 200)
    #expect(
      try await tracker.post("experiments/delete-experiment-tag", tag).code
        == "RESOURCE_DOES_NOT_EXIST")
  }
}
