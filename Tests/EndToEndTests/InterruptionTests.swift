import Foundation
import RunStorage
import Testing
import Tracking

/// Ends `labbook run` in every way there is and looks at what is left.
@Suite struct InterruptionTests {
  private static let file = """
    data: {source: spiral, points_per_class: 200, split: {val: 0.2}}
    models: {net: {mlp: {hidden: [32]}}}
    train: {batch_size: 16, epochs: EPOCHS, lr: 0.01}
    over: {lr: [0.01, 0.1]}
    seeds: 3
    """

  /// More than any test waits for.
  private static let endless = 1_000_000

  private func place(epochs: Int) throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", Self.file.replacing("EPOCHS", with: "\(epochs)"))
    return place
  }

  /// The tool at work, with two runs that have been measured.
  private func started(_ place: Workplace) throws -> RunningTool {
    let tool = try place.start(["run", "e.yaml", "--only", "main", "--jobs", "2"])
    let isMeasured = try tool.reaches {
      guard let store = try? RunStore(at: place.store, .existing) else { return false }
      defer { store.close() }
      return try store.runs().count { $0.status == .running && ($0.epoch ?? 0) > 0 } >= 2
    }
    guard isMeasured else { throw LabbookError.failure("no two runs: \(try tool.wait().errors)") }
    return tool
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func aSignalKeepsWhatWasMeasured(_ signal: Int32) throws {
    let place = try place(epochs: Self.endless)
    let tool = try started(place)
    kill(tool.id, signal)
    let outcome = try tool.wait()
    #expect(outcome.status == 130)
    #expect(outcome.errors.contains("2 interrupted"))
    let store = try RunStore(at: place.store, .existing)
    let runs = try store.runs()
    #expect(runs.map(\.status).filter { $0 == .interrupted }.count == 2)
    #expect(runs.map(\.status).filter { $0 == .planned }.count == 4)
    for run in runs where run.status == .interrupted {
      #expect(try store.curves(of: [run.id], [.valLoss]).first?.epochs.last == run.epoch)
    }
  }

  @Test func aKilledProcessLeavesAWholeStore() throws {
    let place = try place(epochs: Self.endless)
    let tool = try started(place)
    // It waits for the lock when it is killed, in the middle of what it writes.
    let writer = try StoreWriter(place.store)
    try writer.execute("BEGIN IMMEDIATE")
    kill(tool.id, SIGKILL)
    #expect(try tool.wait().status == 128 + SIGKILL)
    try writer.execute("ROLLBACK")
    let store = try RunStore(at: place.store, .existing)
    #expect(try store.runs().count { $0.status == .interrupted } == 2)
    #expect(try store.runs().count { $0.status == .planned } == 4)
    #expect(try StoreReader(place.store).text("PRAGMA integrity_check") == "ok")
    let again = try started(place)
    kill(again.id, SIGINT)
    #expect(try again.wait().status == 130)

    let undisturbed = try self.place(epochs: 60)
    #expect(
      try undisturbed.labbook("run", "e.yaml", "--only", "main", "--jobs", "1").status == 0)
    let whole = try beginnings(RunStore(at: undisturbed.store, .existing), by: "train.lr")
    for (name, values) in try beginnings(store, by: "train.lr") {
      let common = min(values.count, whole[name]?.count ?? 0)
      #expect(common > 0)
      #expect(Array(values.prefix(common)) == Array(whole[name]?.prefix(common) ?? []), "\(name)")
    }
  }

  @Test func twoProcessesShareTheRuns() throws {
    let place = try place(epochs: 40)
    let tools = try (0..<3).map { _ in
      try place.start(["run", "e.yaml", "--only", "main", "--jobs", "1"])
    }
    for tool in tools {
      let outcome = try tool.wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!outcome.errors.contains("locked"))
    }
    let store = try RunStore(at: place.store, .existing)
    let runs = try store.runs()
    #expect(runs.map(\.status) == Array(repeating: .completed, count: 6))
    for run in runs {
      #expect(try store.curves(of: [run.id], [.valLoss]).first?.epochs == Array(0...40))
    }
  }
}
