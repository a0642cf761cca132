import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct ModelTests {
  private func create(_ api: AskedService, _ fields: [String: Any]) async throws -> [String: Any] {
    let made = try await api.mlflow(
      "POST", "logged-models", ["experiment_id": "0"].merging(fields) { $1 })
    #expect(made.status == 200)
    let model = try #require(made.json["model"] as? [String: Any])
    return try #require(model["info"] as? [String: Any])
  }

  private func artifacts(_ model: String) -> [String] {
    ["api", "2.0", "mlflow-artifacts", "artifacts", "0", "models", model, "artifacts"]
  }

  @Test func aModelOfARunKeepsItsFilesInIt() async throws {
    let api = try AskedService()
    let run = try await api.run()
    let info = try await create(
      api,
      [
        "name": "net", "source_run_id": run, "model_type": "agent",
        "params": [["key": "lr", "value": "0.1"]], "tags": [["key": "a", "value": "b"]],
      ])
    let id = try #require(info["model_id"] as? String)
    #expect(id.hasPrefix("m-") && id.count == 34)
    #expect(info["status"] as? String == "LOGGED_MODEL_PENDING")
    #expect(info["artifact_uri"] as? String == "mlflow-artifacts:/0/models/\(id)/artifacts")
    #expect(info["source_run_id"] as? String == run)
    #expect(try await api.ask("PUT", artifacts(id) + ["data", "w"], Data("w".utf8)).status == 200)
    #expect(try await api.ask("GET", artifacts(id) + ["data", "w"]).bytes == Data("w".utf8))
    #expect(
      try api.store.artifacts(of: try #require(RunID(run))).map(\.name) == ["models/\(id)/data/w"])
    let listed = try await api.mlflow(
      "GET", "logged-models/\(id)/artifacts/directories",
      query: [("artifact_directory_path", "data")])
    let files = listed.json["files"] as? [[String: Any]]
    #expect(files?.first?["path"] as? String == "data/w")
    let done = try await api.mlflow(
      "PATCH", "logged-models/\(id)", ["model_id": id, "status": "LOGGED_MODEL_READY"])
    #expect(done.status == 200)
    let found = try await api.mlflow("GET", "logged-models/\(id)")
    let model = found.json["model"] as? [String: Any]
    #expect((model?["info"] as? [String: Any])?["status"] as? String == "LOGGED_MODEL_READY")
    let parameters = (model?["data"] as? [String: Any])?["params"] as? [[String: String]]
    #expect(parameters == [["key": "lr", "value": "0.1"]])
  }

  @Test func aModelWithoutARunGetsOneWithItsFirstFile() async throws {
    let api = try AskedService()
    let id = try #require(try await create(api, ["name": "alone"])["model_id"] as? String)
    #expect(try api.store.runs().isEmpty)
    for name in ["a", "b"] {
      #expect(try await api.ask("PUT", artifacts(id) + [name], Data(name.utf8)).status == 200)
    }
    let runs = try api.store.runs()
    #expect(runs.count == 1 && runs.first?.status == .completed && runs.first?.name == "alone")
    let keeper = try #require(runs.first)
    #expect(
      try api.store.artifacts(of: keeper.id).map(\.name) == ["models/\(id)/a", "models/\(id)/b"])
    let found = try await api.mlflow("GET", "logged-models/\(id)")
    let info = (found.json["model"] as? [String: Any])?["info"] as? [String: Any]
    #expect(info?["source_run_id"] == nil)
    #expect(try await api.ask("GET", artifacts(id) + ["b"]).bytes == Data("b".utf8))
  }

  @Test func aModelWithoutANameGetsOne() async throws {
    let api = try AskedService()
    for fields in [[:], ["name": ""]] {
      #expect(try await create(api, fields)["name"] as? String != "")
    }
  }

  @Test func aFileOfAModelIsReadByItsPath() async throws {
    let api = try AskedService()
    let id = try #require(try await create(api, ["name": "m"])["model_id"] as? String)
    #expect(try await api.ask("PUT", artifacts(id) + ["MLmodel"], Data("a".utf8)).status == 200)
    let file = "logged-models/\(id)/artifacts/files"
    let found = try await api.mlflow("GET", file, query: [("artifact_file_path", "MLmodel")])
    #expect(found.bytes == Data("a".utf8))
    #expect(try await api.mlflow("GET", file).code == "BAD_REQUEST")
    for (path, status) in [("missing", 404), ("../MLmodel", 400), ("%2e%2e/x", 400)] {
      let answer = try await api.mlflow("GET", file, query: [("artifact_file_path", path)])
      #expect(answer.status == status, "\(path)")
    }
  }

  @Test func modelsAreFoundByWhatTheyHave() async throws {
    let api = try AskedService()
    for (name, rate) in [("a", "0.1"), ("b", "0.2"), ("ab", "0.1")] {
      _ = try await create(api, ["name": name, "params": [["key": "lr", "value": rate]]])
    }
    for (filter, wanted) in [
      ("params.lr = '0.1'", ["a", "ab"]), ("name LIKE 'a%' AND params.lr != '0.2'", ["a", "ab"]),
      ("name = 'b'", ["b"]), ("name IN ('b', 'ab')", ["ab", "b"]), ("metrics.loss < 1", []),
      ("name ILIKE 'A_'", ["ab"]), ("creation_timestamp > 5", ["a", "ab", "b"]),
      ("", ["a", "ab", "b"]),
    ] {
      let found = try await api.mlflow(
        "POST", "logged-models/search",
        ["experiment_ids": ["0"], "filter": filter, "order_by": [["field_name": "name"]]])
      let models = found.json["models"] as? [[String: Any]] ?? []
      let names = models.compactMap { ($0["info"] as? [String: Any])?["name"] as? String }
      #expect(found.status == 200 && names == wanted, "\(filter): \(names)")
    }
    for filter in ["nam = 'a'", "name", "name = ", "name = 'a' OR name = 'b'", "metrics.x < 'y' z"]
    {
      let found = try await api.mlflow(
        "POST", "logged-models/search", ["experiment_ids": ["0"], "filter": filter])
      #expect(found.status == 400 && found.code == "INVALID_PARAMETER_VALUE", "\(filter)")
    }
    let first = try await api.mlflow(
      "POST", "logged-models/search", ["experiment_ids": ["0"], "max_results": 2])
    let token = try #require(first.json["next_page_token"] as? String)
    let second = try await api.mlflow(
      "POST", "logged-models/search",
      ["experiment_ids": ["0"], "max_results": 2, "page_token": token])
    #expect((second.json["models"] as? [Any])?.count == 1 && second.json["next_page_token"] == nil)
  }

  @Test func modelsAreFoundByTheDataSetsTheyWereMeasuredOn() async throws {
    let api = try AskedService()
    let run = try await api.run()
    for (name, digest, value) in [("a", "d1", 0.5), ("b", "d2", 0.9), ("c", nil, 0)] {
      let id = try #require(try await create(api, ["name": name])["model_id"] as? String)
      guard let digest else { continue }
      let logged = try await api.mlflow(
        "POST", "runs/log-metric",
        [
          "run_id": run, "key": "acc", "value": value, "timestamp": 1, "model_id": id,
          "dataset_name": "iris", "dataset_digest": digest,
        ])
      #expect(logged.status == 200)
    }
    for (datasets, filter, wanted) in [
      ([["dataset_name": "iris"]], "", ["a", "b"]),
      ([["dataset_name": "iris", "dataset_digest": "d2"]], "", ["b"]),
      ([["dataset_name": "wine"], ["dataset_name": "iris", "dataset_digest": "d1"]], "", ["a"]),
      ([["dataset_name": "wine"]], "", []),
      ([["dataset_name": "iris"]], "metrics.acc > 0.6", ["b"]),
      ([["dataset_name": "iris", "dataset_digest": "d1"]], "metrics.acc > 0.6", []),
      ([], "", ["a", "b", "c"]),
    ] {
      let found = try await api.mlflow(
        "POST", "logged-models/search",
        [
          "experiment_ids": ["0"], "filter": filter, "datasets": datasets,
          "order_by": [["field_name": "name"]],
        ])
      let models = found.json["models"] as? [[String: Any]] ?? []
      let names = models.compactMap { ($0["info"] as? [String: Any])?["name"] as? String }
      #expect(names == wanted, "\(datasets) \(filter): \(names)")
    }
  }

  @Test func tagsComeAndGoAndADeletedModelIsGone() async throws {
    let api = try AskedService()
    let id = try #require(try await create(api, ["name": "net"])["model_id"] as? String)
    let tagged = try await api.mlflow(
      "PATCH", "logged-models/\(id)/tags", ["tags": [["key": "a", "value": "1"]]])
    #expect(tagged.status == 200)
    #expect(try api.store.model(id)?.tags == ["a": "1"])
    #expect(try await api.mlflow("DELETE", "logged-models/\(id)/tags/a").status == 200)
    #expect(try api.store.model(id)?.tags.isEmpty == true)
    #expect(try await api.mlflow("DELETE", "logged-models/\(id)/tags/a").status == 404)
    #expect(
      try await api.mlflow(
        "POST", "logged-models/\(id)/params", ["params": [["key": "p", "value": "2"]]]
      ).status == 200)
    #expect(try api.store.model(id)?.parameters == ["p": "2"])
    #expect(try await api.mlflow("DELETE", "logged-models/\(id)").status == 200)
    #expect(try await api.mlflow("GET", "logged-models/\(id)").code == "RESOURCE_DOES_NOT_EXIST")
    let found = try await api.mlflow(
      "GET", "logged-models/\(id)", query: [("allow_deleted", "true")])
    #expect(found.status == 200)
  }

  @Test(arguments: [
    "{", "[]", "3", "{\"name\": \"x\"}", "{\"experiment_id\": \"0\", \"name\": \"a/b\"}",
    "{\"experiment_id\": \"0\", \"params\": 3}", "{\"experiment_id\": [], \"name\": \"a\"}",
  ])
  func whatIsNoModelIsRefused(_ body: String) async throws {
    let api = try AskedService()
    let answer = try await api.ask(
      "POST", ["api", "2.0", "mlflow", "logged-models"], Data(body.utf8))
    #expect(answer.status == 400 && answer.code == "INVALID_PARAMETER_VALUE")
  }

  @Test func aRunSaysWhatItTookAndMade() async throws {
    let api = try AskedService()
    let run = try await api.run()
    let dataset: [String: Any] = [
      "tags": [["key": "mlflow.data.context", "value": "train"]],
      "dataset": [
        "name": "iris", "digest": "d1", "source_type": "code", "source": "{}", "schema": "{}",
      ],
    ]
    #expect(
      try await api.mlflow(
        "POST", "runs/log-inputs",
        ["run_id": run, "datasets": [dataset], "models": [["model_id": "m-1"]]]
      ).status == 200)
    #expect(
      try await api.mlflow(
        "POST", "runs/outputs", ["run_id": run, "models": [["model_id": "m-2", "step": "3"]]]
      ).status == 200)
    let found = try await api.mlflow("GET", "runs/get", query: [("run_id", run)])
    let whole = try #require(found.json["run"] as? [String: Any])
    let inputs = try #require(whole["inputs"] as? [String: Any])
    let first = try #require((inputs["dataset_inputs"] as? [[String: Any]])?.first)
    #expect((first["dataset"] as? [String: String])?["name"] == "iris")
    #expect((first["tags"] as? [[String: String]])?.first?["value"] == "train")
    #expect((inputs["model_inputs"] as? [[String: String]]) == [["model_id": "m-1"]])
    let outputs = (whole["outputs"] as? [String: Any])?["model_outputs"] as? [[String: Any]]
    #expect(outputs?.first?["model_id"] as? String == "m-2" && outputs?.first?["step"] as? Int == 3)
    // A metric of the data set says it again without tags.
    for tags in [[], [["key": "more", "value": "x"]]] {
      let again: [String: Any] = ["tags": tags, "dataset": ["name": "iris", "digest": "d1"]]
      #expect(
        try await api.mlflow("POST", "runs/log-inputs", ["run_id": run, "datasets": [again]])
          .status == 200)
    }
    #expect(
      try api.store.datasets(of: try #require(RunID(run))).map(\.tags)
        == [["mlflow.data.context": "train", "more": "x"]])
    let wrong = try await api.mlflow(
      "POST", "runs/log-inputs", ["run_id": run, "datasets": [["tags": []]]])
    #expect(wrong.code == "INVALID_PARAMETER_VALUE")
  }
}
