import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import RunStorage
import Runner
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking
import Training

/// PyTorch runs every printed program; all in one Python, which takes seconds to load it.
struct TorchWitnessTests {
  /// What Tests/Python/run_programs.py says of one program.
  private struct Measured: Decodable {
    let printed: String
    let weights: Double
    let own: String
    let shapes: Bool
    let classes: Int
    let rows: Double
    let deviations: Double
    let first_weights: Double?
  }

  /// Trains every experiment, writes its program and start, and lets PyTorch measure.
  private func measured(in folder: URL, _ store: RunStore) throws -> [String: Measured] {
    let library = DataLibrary()
    let facts = PlanFacts(library: library)
    for sample in TorchCase.all {
      let plan = try sample.plan(library)
      let executor = ThreadExecutor([NetworkTrainer(library: library)], cores: 2)
      _ = try SweepRunner(store, executor).run(
        SweepJobs.of(plan, facts: facts), experiment: plan.experiment)
      let program = try sample.program(plan, library)
      let place = folder.appending(path: sample.name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(program.text.utf8).write(to: folder.appending(path: sample.name + ".py"))
      let start = try program.start()
      try start.data.write(to: place.appending(path: "data.safetensors"))
      try start.weights.write(to: place.appending(path: "weights.safetensors"))
      let last = try store.artifact(RunFile.weights, of: try run(of: sample, store).id)
      try last.write(to: place.appending(path: "last.safetensors"))
    }
    let complaint = try WitnessPython.complaint(
      [TorchCase.room + "/run_programs.py", folder.path])
    try #require(complaint == "", "\(complaint)")
    let results = try Data(contentsOf: folder.appending(path: "results.json"))
    return try JSONDecoder().decode([String: Measured].self, from: results)
  }

  private func run(of sample: TorchCase, _ store: RunStore) throws -> RunRecord {
    let query = RunQuery(SweepName(experiment: sample.name, sweep: "main"))
    let runs = try store.runs(query)
    try #require(runs.count == 1, "\(sample.name)")
    return runs[0]
  }

  @Test(.enabled(if: WitnessPython.has("torch, safetensors"), "\(WitnessPython.need)"))
  func torchDoesTheSame() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "labbook-torch-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try RunStore(at: folder.path + "/labbook.sqlite", .create)
    let all = try measured(in: folder, store)
    #expect(all.keys.sorted() == TorchCase.all.map(\.name))
    for sample in TorchCase.all {
      guard let measured = all[sample.name] else { continue }
      try compare(sample, measured, try run(of: sample, store), store)
    }
  }

  /// Both compute in single precision, whose rounding is 6e-8, in another order; over some dozen
  /// updates differences stay below 4e-6, and a wrong setting makes 1e-3 and more.
  private let tolerance = 1e-5

  private func compare(
    _ sample: TorchCase, _ measured: Measured, _ run: RunRecord, _ store: RunStore
  ) throws {
    let name = sample.name
    // What is dropped and the order of rows are drawn otherwise.
    if !name.hasPrefix("drawn-") {
      #expect(measured.weights < tolerance, "\(name)")
      try compareMetrics(name, measured.printed, run, store)
    }
    if !isUntrained(name) {
      #expect(measured.own.prefix { $0 != "\n" } == measured.printed.prefix { $0 != "\n" })
    }
    #expect(measured.shapes && measured.classes <= 1, "\(name)")
    // Rows without anything drawn are Labbook's, which are rounded once.
    if name.hasPrefix("fixed-") { #expect(measured.rows < 1e-6, "\(name)") }
    // Of 1500 rows a deviation is known to about 2 %, and a difference of two to 3 %.
    if name.hasPrefix("near-") { #expect(measured.deviations < 0.1, "\(name)") }
    #expect((measured.first_weights != nil) == (name.hasPrefix("init-") && name != "init-file"))
    #expect(measured.first_weights ?? 0 < 1e-6, "\(name)")
  }

  /// Whether there is no target, so that the program prints what the network puts out.
  private func isUntrained(_ name: String) -> Bool {
    ["fixed-no-target", "near-cloud"].contains(name)
  }

  /// The numbers of every epoch, and no epoch more or less.
  private func compareMetrics(
    _ name: String, _ printed: String, _ run: RunRecord, _ store: RunStore
  ) throws {
    if isUntrained(name) { return }
    let lines = printed.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    var theirs: [String: Double] = [:]
    for line in lines.dropFirst() {
      for (metric, value) in zip(lines[0], line).dropFirst() {
        theirs["\(metric) \(line[0])"] = Double(value) ?? .nan
      }
    }
    var ours: [String: Double] = [:]
    let metrics = try store.metrics(of: [run.id]).filter {
      $0.name.contains("/") && !$0.name.hasPrefix("time/") && $0.name != "train/objective"
        && !["rmse", "mae", "r2"].contains($0.name.split(separator: "/").last)
    }
    for curve in try store.curves(of: [run.id], metrics) {
      for (epoch, value) in zip(curve.epochs, curve.values) where epoch > 0 {
        ours["\(curve.metric.name) \(epoch)"] = value
      }
    }
    #expect(ours.keys.sorted() == theirs.keys.sorted(), "\(name)")
    for (key, value) in theirs {
      let difference = abs((ours[key] ?? .nan) - value)
      #expect(difference < tolerance * max(1, abs(value)), "\(name) \(key): torch \(value)")
    }
  }
}
