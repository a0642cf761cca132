import Dashboard
import Datasets
import Experiments
import Foundation
import RunStorage
import Runs
import Sweeps
import Testing
import Tracking
import Web

/// A store whose runs measure what a test tells them, while pages look at it.
final class LiveStore {
  let folder: String
  let store: RunStore
  /// The runs that the file asks for, in the order of its plan.
  let runs: [RunID]
  let service: DashboardService
  private let writer: RunWriter
  private var recorders: [RunID: RunRecorder] = [:]
  /// The last step of each run.
  private var reached: [RunID: Int] = [:]

  static let file = """
    experiment: live
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    models: {wide: {mlp: {hidden: [8]}}, deep: {mlp: {hidden: [4, 4]}}}
    objective: {minimize: val/loss}
    train: {optimizer: sgd, epochs: 2, batch_size: 16}
    over: {model: [wide, deep], lr: [0.1, 0.01]}
    seeds: 3
    """

  /// Plans a file and registers its runs, of which none has begun.
  init(_ text: String = LiveStore.file) throws {
    folder = NSTemporaryDirectory() + "labbook-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let library = DataLibrary()
    let experiment = try Experiment.parse(text, name: "e.yaml", library: library)
    let plan = try RunPlan(experiment, facts: PlanFacts(library: library))
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    let sweeps = plan.sweeps.map { sweep in
      (
        sweep.name,
        sweep.runs.map {
          RunRequest(
            key: $0.key, configurationKey: $0.configurationKey, configuration: $0.configuration,
            files: $0.files)
        }
      )
    }
    runs = try store.register(sweeps, experiment: plan.experiment).flatMap { $0 }.map(\.id)
    writer = RunWriter(store)
    service = DashboardService(store)
  }

  deinit {
    try? writer.close()
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The recorder of a run, which begins with the first point.
  private func recorder(_ run: RunID) throws -> RunRecorder {
    if let known = recorders[run] { return known }
    guard case .claimed(let claim) = try store.claim(run) else {
      throw LabbookError.failure("the run is not free")
    }
    let recorder = writer.recorder(for: claim)
    recorders[run] = recorder
    return recorder
  }

  /// Measures a metric at some steps, four to an epoch and 250 ms apart; it is in the store when this returns.
  func measure(
    _ run: RunID, _ steps: ClosedRange<Int>, of metric: Metric = .valLoss,
    _ value: (Int) -> Double
  ) throws {
    let recorder = try recorder(run)
    for step in steps {
      recorder.record([
        MetricPoint(
          metric, step: step, epoch: step / 4, value: value(step),
          timeMilliseconds: 1_000_000 + Int64(250 * step))
      ])
    }
    reached[run] = steps.upperBound
    try writer.flush()
  }

  /// Ends a run; its last step is the one that the objective chose.
  func finish(_ run: RunID, _ status: RunStatus = .completed) throws {
    if let step = reached[run] { try recorder(run).choose(step: step, epoch: step / 4) }
    try recorder(run).finish(status, durationSeconds: 2)
    recorders[run] = nil
    try writer.flush()
  }

  /// A sweep of the file, as addresses name it.
  static let sweep = "sweep=live/main"
}

/// What a service answered.
struct Answer {
  let reply: WebReply

  var status: Int { reply.status }

  /// The body of a reply that is not a stream.
  var data: Data {
    if case .data(let data) = reply.body { return data }
    return Data()
  }

  var text: String { String(decoding: data, as: UTF8.self) }

  /// The body as JSON.
  func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: data)
  }
}

extension WebService {
  /// Asks for an address such as `/curves.json?runs=a&smooth=0.9`; `nil` where no view takes it.
  func ask(
    _ address: String, _ method: String = "GET", _ access: WebAccess = .reading,
    lastEventID: String? = nil
  ) async throws -> Answer? {
    let parts = address.split(separator: "?", maxSplits: 1)
    let path = parts[0].split(separator: "/").map { WebQuery.decoded($0) }
    let query = WebQuery(text: parts.count > 1 ? String(parts[1]) : "")
    let headers: WebHeaders = lastEventID.map { ["last-event-id": $0] } ?? [:]
    let head = WebHead(method, path, query: query, headers: headers, access: access)
    guard case .answer(_, let answer) = handling(of: head) else { return nil }
    return Answer(reply: try await answer(Data()))
  }
}

/// Reads server-sent events one by one.
struct EventReader {
  private var iterator: AsyncStream<Data>.Iterator
  private var rest: [Event] = []

  /// One event.
  struct Event {
    let name: String
    let id: String?
    let body: Data
    let bytes: Data
  }

  /// Follows an address.
  init(_ service: some WebService, _ address: String, lastEventID: String? = nil) async throws {
    let answer = try #require(try await service.ask(address, lastEventID: lastEventID))
    guard case .events(let events) = answer.reply.body else {
      throw LabbookError.failure("\(address) has no events: \(answer.text)")
    }
    iterator = events.make().makeAsyncIterator()
  }

  /// The next event; comments are passed over.
  mutating func next() async throws -> Event {
    while rest.isEmpty {
      let data = try #require(await iterator.next(), "the events ended")
      rest = String(decoding: data, as: UTF8.self).components(separatedBy: "\n\n")
        .filter { $0.contains("data:") }.map(Self.event)
    }
    return rest.removeFirst()
  }

  private static func event(_ text: String) -> Event {
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      if parts.count == 2 { fields[parts[0], default: ""] += parts[1].dropFirst() }
    }
    return Event(
      name: fields["event"] ?? "", id: fields["id"], body: Data((fields["data"] ?? "").utf8),
      bytes: Data(text.utf8))
  }
}
