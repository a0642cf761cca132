import Datasets
import Foundation
import RunStorage
import Runs
import Testing
import Tracking

/// The store that 0.1.0 wrote, made by Fixtures/version-0.1.0/make.sh.
private struct OldStore {
  let place = Workplace()
  let store: RunStore

  init() throws {
    let files = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/version-0.1.0")
    // Its runs name a folder that is gone, so that their files lie beside the store.
    let data = URL(fileURLWithPath: place.folder + "/data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: files.appendingPathComponent("table.csv"), to: data.appendingPathComponent("table.csv"))
    try FileManager.default.copyItem(
      atPath: files.path + "/start.safetensors", toPath: place.folder + "/start.safetensors")
    try FileManager.default.copyItem(
      atPath: files.path + "/runs", toPath: place.path + ".runs")
    let sql = try String(contentsOf: files.appendingPathComponent("store.sql"), encoding: .utf8)
    try #require(Witness(place.path).run(sql))
    store = try place.store(.existing)
  }

  var table: String { place.folder + "/data/table.csv" }
}

/// What the files of a network's run hold, without the room that plans.
private func fingerprints(_ configuration: RunConfiguration) throws -> FileFingerprints {
  let network = try configuration.network(for: "a test")
  var weights: String?
  if case .text(let path) = network.train.initializer.values["path"] {
    var digest = SHA256Digest()
    digest.update(try Data(contentsOf: URL(fileURLWithPath: path)))
    weights = digest.hex()
  }
  return FileFingerprints(
    data: try DataLibrary().fingerprint(of: network.data), initialWeights: weights)
}

@Suite struct StoredRunTests {
  @Test func everyRunOf010ComesToItsKey() throws {
    let old = try OldStore()
    let library = DataLibrary()
    let runs = try old.store.runs()
    #expect(Set(runs.map(\.status)) == [.completed, .diverged, .stopped])
    #expect(Set(runs.map(\.sweep.experiment)).count == 11)
    for run in runs {
      let stored = try old.store.configuration(of: run.id, in: library)
      #expect(stored.files == nil)
      let files = try fingerprints(stored.configuration)
      #expect(
        RunKey.run(stored.configuration, files) == run.key, "\(run.sweep) \(run.parameters)")
      #expect(RunKey.configuration(stored.configuration, files) == run.configuration)
      #expect(try stored.checkFiles(fingerprints) == files)
    }
  }

  @Test func filesOf010AreReadAndItsRunsGoOn() throws {
    let old = try OldStore()
    for run in try old.store.runs() {
      let files = try old.store.artifacts(of: run.id)
      #expect(!files.isEmpty)
      for file in files {
        #expect(file.path?.hasPrefix("labbook.sqlite.runs/") == true)
        #expect(try old.store.artifact(file.name, of: run.id).count == file.bytes)
      }
    }
    let stopped = try #require(try old.store.runs().first { $0.status == .stopped })
    #expect(try old.store.checkpoint(of: stopped.id)?.checkpoint.epoch == 1)
  }

  @Test func changedDataOf010AreRefusedWithBothKeys() throws {
    let old = try OldStore()
    let run = try #require(try old.store.runs().first { $0.sweep.experiment == "table" })
    var text = try String(contentsOfFile: old.table, encoding: .utf8)
    text += "9,9,odd\n"
    try text.write(toFile: old.table, atomically: true, encoding: .utf8)
    let stored = try old.store.configuration(of: run.id)
    let now = RunKey.run(stored.configuration, try fingerprints(stored.configuration))
    let error = #expect(throws: LabbookError.self) { try stored.checkFiles(fingerprints) }
    #expect(error?.message.contains(run.key) == true)
    #expect(error?.message.contains(now) == true)
  }

  /// Every configuration of the old store, stored anew, is read back as it was.
  @Test func aConfigurationIsReadBackWithItsSeedAndFiles() throws {
    let old = try OldStore()
    let place = Workplace()
    let store = try place.store()
    var requests: [RunRequest] = []
    for run in try old.store.runs() {
      let stored = try old.store.configuration(of: run.id)
      for seed in [7, 8] {
        requests.append(
          RunRequest(
            key: run.key + "\(seed)", configurationKey: run.configuration,
            configuration: stored.configuration.with(seed: seed),
            files: FileFingerprints(data: "d" + run.configuration, initialWeights: "w")))
      }
    }
    let runs = try register(store, requests)
    for (run, request) in zip(runs, requests) {
      let stored = try store.configuration(of: run.id)
      #expect(stored.configuration.body == request.configuration.body)
      #expect(stored.configuration.objective == request.objective)
      #expect(stored.configuration.seed == request.seed)
      #expect(stored.files == request.files)
      #expect(stored.folder == FileManager.default.currentDirectoryPath)
    }
    let witness = Witness(place.path)
    #expect(
      witness.value("SELECT COUNT(*) FROM configurations")
        == "\(Set(requests.map { $0.configuration.with(seed: 0).body }).count)")
    #expect(
      witness.value(
        """
        SELECT COUNT(*) FROM run_configurations JOIN run_table USING (run)
        WHERE json_extract(run_configurations.configuration, '$.body.network._0.train.seed') = seed
        """) == "\(runs.count)")
    #expect(witness.value("SELECT data FROM run_table LIMIT 1") == requests[0].files.data)
  }

  private func request(path: String, data: String) -> RunRequest {
    let old = DataConfiguration(
      source: Chosen(
        "csv", ["path": .text(path), "target": .text("y"), "features": .off, "task": .off]))
    let network = NetworkRun(
      data: old, modelName: "m", layers: [],
      train: TrainConfiguration(
        loss: nil, optimizer: Chosen("sgd", ["momentum": .number(0)]), learningRate: 1,
        weightDecay: 0, l1: 0, clipNorm: nil, schedule: Chosen("constant"), batchSize: .full,
        duration: .epochs(0), shuffle: .never, initializer: Chosen("default"),
        earlyStopping: nil, log: TrainConfiguration.Log(), seed: 1))
    return RunRequest(
      key: path, configurationKey: path,
      configuration: RunConfiguration(
        network, objective: Objective(.valLoss, .minimize), hyperparameters: []),
      files: FileFingerprints(data: data))
  }

  private func path(_ stored: StoredRun) -> ParameterValue? {
    stored.configuration.network?.data.source.values["path"]
  }

  @Test func aRelativePathIsMeantFromTheFolderOfTheRun() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request(path: "d.csv", data: "x")])[0].id
    let folder = FileManager.default.currentDirectoryPath
    #expect(path(try store.configuration(of: run)) == .text(folder + "/d.csv"))
    // The folder is gone, and a file lies to the store as the old one did.
    let moved = Workplace()
    try FileManager.default.createDirectory(
      atPath: moved.folder + "/in", withIntermediateDirectories: true)
    try Data("1".utf8).write(to: URL(fileURLWithPath: moved.folder + "/in/d.csv"))
    #expect(
      Witness(place.path).run("UPDATE configurations SET folder = '/no/where', relation = 'in'"))
    store.close()
    try FileManager.default.copyItem(atPath: place.path, toPath: moved.path)
    let stored = try moved.store(.existing).configuration(of: run)
    guard case .text(let found)? = path(stored) else {
      Issue.record("no path")
      return
    }
    #expect(FileManager.default.contents(atPath: found) == Data("1".utf8))
    #expect(stored.folder == "/no/where")
  }

  @Test func changedDataAreRefusedWithBothFingerprints() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request(path: "d.csv", data: "before")])[0].id
    let stored = try store.configuration(of: run)
    try stored.checkFiles { _ in FileFingerprints(data: "before") }
    let error = #expect(throws: LabbookError.self) {
      try stored.checkFiles { _ in FileFingerprints(data: "after") }
    }
    #expect(error?.message.contains("before") == true)
    #expect(error?.message.contains("after") == true)
    #expect(throws: LabbookError.self) {
      try stored.checkFiles { _ in FileFingerprints(data: "before", initialWeights: "new") }
    }
  }
}
