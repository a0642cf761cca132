import Foundation
import RunStorage
import Testing
import Tracking
import Web

@Suite struct ArtifactTests {
  private func files(_ answer: AskedService.Answer) -> [String] {
    (answer.json["files"] as? [[String: Any]] ?? []).map { file in
      let size = file["file_size"].map { " \($0)" } ?? ""
      return "\(file["path"] ?? "?")\(file["is_dir"] as? Bool == true ? "/" : "")\(size)"
    }
  }

  @Test func filesOfAllSizesComeBackAsTheyWere() async throws {
    let api = try AskedService()
    let run = try await api.run()
    let large = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
    #expect(try await api.put(Data("abc".utf8), run, "a.txt").status == 200)
    #expect(try await api.put(large, run, "deep", "er", "ü b.bin").status == 200)
    #expect(try await api.put(Data(), run, "deep", ".hidden").status == 200)
    for (parts, bytes) in [
      (["a.txt"], Data("abc".utf8)), (["deep", "er", "ü b.bin"], large),
      (["deep", ".hidden"], Data()),
    ] {
      let found = try await api.ask("GET", AskedService.artifacts(run) + parts)
      #expect(found.status == 200 && found.bytes == bytes)
      #expect(found.headers["Content-Type"] == "application/octet-stream")
      #expect(found.headers["Content-Disposition"]?.hasPrefix("attachment;") == true)
      #expect(found.headers["Content-Security-Policy"]?.hasPrefix("sandbox") == true)
    }
    // They are the run's for everybody.
    let id = try #require(RunID(run))
    #expect(
      try api.store.artifacts(of: id).map(\.name) == ["a.txt", "deep/.hidden", "deep/er/ü b.bin"])
    #expect(try api.store.artifact("deep/er/ü b.bin", of: id) == large)
    let copy = api.folder + "/copy.sqlite"
    try api.store.copy(to: copy)
    let copied = try RunStore(at: copy, .existing)
    #expect(try copied.artifact("deep/er/ü b.bin", of: id) == large)
    copied.close()
    _ = try api.store.remove([id])
    #expect(!FileManager.default.fileExists(atPath: api.store.folder(of: id)))
  }

  /// As MLflow's pages send one.
  @Test func aFileComesByTheQueryToo() async throws {
    let api = try AskedService()
    let run = try await api.run()
    func send(_ query: [(String, String)], _ text: String = "hello") async throws
      -> AskedService.Answer
    {
      try await api.ask(
        "POST", ["ajax-api", "2.0", "mlflow", "upload-artifact"], Data(text.utf8), query: query)
    }
    #expect(try await send([("run_uuid", run), ("path", "a/b.txt")]).status == 200)
    #expect(
      try await api.ask("GET", AskedService.artifacts(run) + ["a", "b.txt"]).bytes
        == Data("hello".utf8))
    for (query, text, message) in [
      ([], "x", "Request must specify run_uuid."),
      ([("run_uuid", run)], "x", "Request must specify path."),
      ([("run_uuid", run), ("path", "")], "x", "Request must specify path."),
      ([("run_uuid", run), ("path", "../b.txt")], "x", "Invalid path"),
      ([("run_uuid", run), ("path", "/b.txt")], "x", "Invalid path: it is absolute, in '/b.txt'"),
      ([("run_uuid", run), ("path", "b.txt")], "", "Request must specify data."),
    ] {
      let answer = try await send(query, text)
      #expect(answer.status == 400 && answer.code == "INVALID_PARAMETER_VALUE")
      #expect(answer.json["message"] as? String == message)
    }
    #expect(try api.store.artifacts(of: try #require(RunID(run))).map(\.name) == ["a/b.txt"])
  }

  @Test func foldersAreListedOneLevelAtATime() async throws {
    let api = try AskedService()
    let run = try await api.run()
    for parts in [["a.txt"], ["m", "MLmodel"], ["m", "data", "w"], ["m2", "x"]] {
      #expect(
        try await api.ask("PUT", AskedService.artifacts(run) + parts, Data("12".utf8)).status == 200
      )
    }
    let byRun = try await api.mlflow("GET", "artifacts/list", query: [("run_id", run)])
    #expect(files(byRun) == ["a.txt 2", "m/", "m2/"])
    #expect(byRun.json["root_uri"] as? String == "mlflow-artifacts:/0/\(run)/artifacts")
    let inner = try await api.mlflow(
      "GET", "artifacts/list", query: [("run_id", run), ("path", "m")])
    #expect(files(inner) == ["m/MLmodel 2", "m/data/"])
    // mlflow-artifacts tells names alone.
    let root = ["api", "2.0", "mlflow-artifacts", "artifacts"]
    let below = try await api.ask("GET", root, query: [("path", "0/\(run)/artifacts/m")])
    #expect(files(below) == ["MLmodel 2", "data/"])
    let file = try await api.ask("GET", root, query: [("path", "0/\(run)/artifacts/a.txt")])
    #expect(file.status == 200 && files(file).isEmpty)
  }

  @Test func aSecondUploadTakesThePlaceOfTheFirst() async throws {
    let api = try AskedService()
    let run = try await api.run()
    let id = try #require(RunID(run))
    let large = Data(repeating: 1, count: 100_000)
    let other = Data(repeating: 2, count: 90_000)
    for bytes in [Data("small".utf8), large, other, Data("again".utf8)] {
      #expect(try await api.put(bytes, run, "f").status == 200)
      #expect(try await api.ask("GET", AskedService.artifacts(run) + ["f"]).bytes == bytes)
      #expect(try api.store.artifacts(of: id).map(\.bytes) == [bytes.count])
    }
    // Neither what was replaced nor the folder of it is left.
    #expect(!FileManager.default.fileExists(atPath: api.store.folder(of: id)))
    #expect(try await api.put(large, run, "g").status == 200)
    #expect(try await api.put(large, run, "h").status == 200)
    #expect(try await api.ask("DELETE", AskedService.artifacts(run) + ["g"]).status == 200)
    #expect(try await api.ask("GET", AskedService.artifacts(run) + ["h"]).bytes == large)
    #expect(try await api.ask("GET", AskedService.artifacts(run) + ["g"]).status == 404)
  }

  @Test(arguments: [
    ["..", "x"], ["a", "..", "..", "x"], ["."], ["%2e%2e", "x"], ["%252e%252e", "x"],
    ["%25252e%25252e"], ["a/b"], ["..\\x"], ["a\\b"], ["/etc/passwd"], ["C:", "x"], ["a\0b"],
    ["%00"], ["a\u{1}"], [""], [String(repeating: "n", count: 256)],
    Array(repeating: "nnnnnnnnn", count: 101),
  ])
  func aPathThatLeadsOutIsRefused(_ parts: [String]) async throws {
    let api = try AskedService()
    let run = try await api.run()
    for method in ["PUT", "GET", "DELETE"] {
      let answer = try await api.ask(method, AskedService.artifacts(run) + parts, Data("x".utf8))
      #expect(answer.status == 400 && answer.code == "INVALID_PARAMETER_VALUE", "\(method)")
    }
    let path = parts.joined(separator: "/")
    let listed = try await api.mlflow(
      "GET", "artifacts/list", query: [("run_id", run), ("path", path)])
    // A path that is told as a whole may have a slash, and `.` is the folder itself.
    #expect(listed.status == 400 || path == "." || path == "a/b" || path.isEmpty)
    #expect(try api.store.artifacts(of: try #require(RunID(run))).isEmpty)
  }

  @Test(arguments: [
    ["x"], ["0"], ["0", "0123"], ["0", "models"], ["0", "..", "artifacts", "x"],
    ["0", "00000000000000000000000000000000", "other", "x"],
  ])
  func anAddressOfNoRunIsRefused(_ parts: [String]) async throws {
    let api = try AskedService()
    let answer = try await api.ask(
      "PUT", ["api", "2.0", "mlflow-artifacts", "artifacts"] + parts, Data("x".utf8))
    #expect(answer.status == 400 && answer.code == "INVALID_PARAMETER_VALUE")
  }

  @Test func whatIsNotThereIsMissing() async throws {
    let api = try AskedService()
    let run = try await api.run()
    let nobody = String(repeating: "0", count: 32)
    #expect(try await api.put(Data("x".utf8), nobody, "x").code == "RESOURCE_DOES_NOT_EXIST")
    let model = ["api", "2.0", "mlflow-artifacts", "artifacts", "0", "models", "m-1", "artifacts"]
    #expect(
      try await api.ask("PUT", model + ["x"], Data("x".utf8)).code == "RESOURCE_DOES_NOT_EXIST")
    #expect(
      try await api.ask("GET", AskedService.artifacts(run) + ["x"]).code
        == "RESOURCE_DOES_NOT_EXIST")
  }

  /// A link that lies where a file was written is not followed.
  @Test func aLinkInTheFolderLeadsNowhere() async throws {
    let api = try AskedService()
    let run = try await api.run()
    let id = try #require(RunID(run))
    let large = Data(repeating: 1, count: 100_000)
    #expect(try await api.put(large, run, "f").status == 200)
    let secret = api.folder + "/secret"
    try Data(repeating: 7, count: 100_000).write(to: URL(fileURLWithPath: secret))
    let folder = api.store.folder(of: id)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/" + name, withDestinationPath: secret)
    }
    let answer = try await api.ask("GET", AskedService.artifacts(run) + ["f"])
    // A client asks again where it hears that something failed, and this will not get better.
    #expect(answer.code == "RESOURCE_DOES_NOT_EXIST" && answer.bytes.count < 10_000)
  }

  /// Neither the runs' folder nor that of uploads leads elsewhere.
  @Test(arguments: ["", "/.uploads"])
  func nothingIsWrittenThroughALink(_ inner: String) async throws {
    let api = try AskedService()
    let run = try await api.run()
    let elsewhere = api.folder + "/elsewhere"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    let place = api.store.runsFolder + inner
    try? FileManager.default.createDirectory(
      atPath: api.store.runsFolder, withIntermediateDirectories: true)
    try? FileManager.default.removeItem(atPath: place)
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: elsewhere)
    let answer = try await api.put(Data(repeating: 1, count: 100_000), run, "f")
    #expect(answer.code == "INTERNAL_ERROR")
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
  }

  @Test func aFileIsNoFolder() async throws {
    let api = try AskedService()
    let run = try await api.run()
    #expect(try await api.put(Data("x".utf8), run, "a").status == 200)
    #expect(try await api.put(Data("x".utf8), run, "a", "b").code == "INVALID_PARAMETER_VALUE")
    #expect(try await api.put(Data("x".utf8), run, "c", "d").status == 200)
    #expect(try await api.put(Data("x".utf8), run, "c").code == "INVALID_PARAMETER_VALUE")
  }

  @Test func whoOnlyReadsWritesNothing() async throws {
    let api = try AskedService()
    let run = try await api.run()
    let path = AskedService.artifacts(run) + ["x"]
    for method in ["PUT", "DELETE"] {
      let answer = try await api.ask(method, path, Data("x".utf8), access: .reading)
      #expect(answer.status == 403 && answer.code == "PERMISSION_DENIED")
    }
    let model = try #require(
      try await api.mlflow("POST", "logged-models", ["experiment_id": "0"]).json["model"]
        as? [String: Any])
    let id = try #require((model["info"] as? [String: Any])?["model_id"] as? String)
    for (method, path, fields) in [
      ("POST", "logged-models", ["experiment_id": "0", "name": "m"]),
      ("PATCH", "logged-models/\(id)", ["status": "LOGGED_MODEL_READY"]),
      ("DELETE", "logged-models/\(id)", [:]), ("DELETE", "logged-models/\(id)/tags/a", [:]),
      ("POST", "upload-artifact", [:]), ("POST", "runs/outputs", ["run_id": run]),
      ("POST", "runs/log-inputs", ["run_id": run]),
    ] {
      let answer = try await api.mlflow(method, path, fields, access: .reading)
      #expect(answer.code == "PERMISSION_DENIED", "\(method) \(path)")
    }
    let closed = try AskedService(readOnly: true)
    #expect(try await closed.ask("PUT", path, Data("x".utf8)).code == "PERMISSION_DENIED")
    #expect(!FileManager.default.fileExists(atPath: closed.store.runsFolder))
  }
}
