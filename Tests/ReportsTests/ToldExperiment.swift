import Datasets
import Experiments
import Foundation
import RunStorage
import Runner
import Runs
import Sweeps
import Tracking

/// What a run is told to have measured.
struct Told {
  /// The values of each metric from epoch 1 on; an epoch has ten updates and takes a second.
  var curves: [String: [Double]]
  /// The epoch that the objective chose.
  var best: Int?
  var status = RunStatus.completed
  var seconds = 0.25
  var message: String?
  /// The files it leaves.
  var files: [String: Data] = [:]

  init(
    _ curves: [String: [Double]] = [:], best: Int? = nil, _ status: RunStatus = .completed,
    seconds: Double = 0.25, message: String? = nil, files: [String: Data] = [:]
  ) {
    self.curves = curves
    self.best = best
    self.status = status
    self.seconds = seconds
    self.message = message
    self.files = files
  }
}

/// An experiment whose runs were told what they measured, so that every number of a report is known
/// beforehand.
struct ToldExperiment {
  let folder: String
  let experiment: Experiment
  let plan: RunPlan
  let store: RunStore
  let library = DataLibrary()
  /// Runs that are still being trained.
  private let running: [RunClaim]

  static let environment = ["version": "0.0", "cpu": "a processor", "cores": "2"]

  /// Reads an experiment and tells its runs; one that is told nothing is not in the store.
  ///
  /// `FOLDER` in the text stands for the experiment's folder, in which `files` are written first.
  init(
    _ text: String, files: [String: String] = [:], environment: [String: String] = environment,
    tell: (RunConfiguration) throws -> Told?
  ) throws {
    folder = NSTemporaryDirectory() + "labbook-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    experiment = try Experiment.parse(
      text.replacing("FOLDER", with: folder), name: "told.yaml", library: library)
    let facts = PlanFacts(library: library)
    plan = try RunPlan(experiment, facts: facts)
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    let writer = RunWriter(store)
    var running: [RunClaim] = []
    var done: Set<String> = []
    for (sweep, jobs) in zip(
      plan.sweeps, try SweepJobs.of(plan, facts: facts))
    {
      let told = try zip(sweep.runs, jobs.jobs).compactMap { run, job in
        try tell(run.configuration).map { (job.request, $0) }
      }
      let registered = try store.register(
        [(sweep.name, told.map(\.0))], experiment: plan.experiment, title: experiment.title)[0]
      for ((request, told), run) in zip(told, registered)
      where told.status != .planned && done.insert(request.key).inserted {
        if let claim = try Self.record(told, run.id, store, writer, environment) {
          running.append(claim)
        }
        try writer.flush()
      }
    }
    self.running = running
    try writer.close()
  }

  /// Records one run; its claim where it goes on.
  private static func record(
    _ told: Told, _ run: RunID, _ store: RunStore, _ writer: RunWriter,
    _ environment: [String: String]
  ) throws -> RunClaim? {
    guard case .claimed(let claim) = try store.claim(run, environment: environment) else {
      return nil
    }
    let recorder = writer.recorder(for: claim)
    for epoch in 0..<(told.curves.values.map(\.count).max() ?? 0) {
      recorder.record(
        told.curves.sorted { $0.key < $1.key }.filter { epoch < $0.value.count }.map {
          MetricPoint(
            Metric($0.key), step: 10 * (epoch + 1), epoch: epoch + 1, value: $0.value[epoch],
            timeMilliseconds: Int64(1000 * (epoch + 1)))
        })
    }
    if let best = told.best { recorder.choose(step: 10 * best, epoch: best) }
    for (name, data) in told.files.sorted(by: { $0.key < $1.key }) {
      try recorder.writeArtifact(name, data)
    }
    if told.status == .running { return claim }
    recorder.finish(told.status, durationSeconds: told.seconds, message: told.message)
    return nil
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// A text with what differs from call to call replaced by words of the same length: ids of runs,
  /// hashes, times, the folder.
  func known(_ text: String) throws -> String {
    var text = text.replacing(folder, with: "FOLDER")
    for (index, run) in try store.runs().enumerated() {
      let name = "run-\(index + 1)----".prefix(8)
      text = text.replacing(run.id.description, with: name + String(repeating: "-", count: 24))
        .replacing(run.id.short, with: String(name))
    }
    return text.replacing(/[0-9a-f]{64}/) { _ in String(repeating: "k", count: 64) }
      .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/) {
        String(repeating: "t", count: $0.0.count)
      }
      .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}( to [0-9: -]+)? UTC/) { _ in "TIME" }
  }
}

extension RunConfiguration {
  /// A number of the configuration by its path.
  func number(_ path: String) -> Double { value(at: path)?.asNumber ?? .nan }
}

/// CSV with line ends that stand in a source file.
func unixLines(_ csv: String) -> String { csv.replacing("\r\n", with: "\n") }
