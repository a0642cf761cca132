import Foundation
import RunStorage
import Testing
import Tracking

/// `labbook serve FILE`: what a save trains, what it ends, and how all of it ends.
@Suite struct ServeFileTests {
  private static func file(seeds: String, epochs: Int, lr: String = "[0.01]") -> String {
    """
    lint: {allow: [no-validation]}
    data: {source: spiral, points_per_class: 200, split: {val: 0.2}}
    model: {mlp: {hidden: [16]}}
    train: {batch_size: 8, epochs: \(epochs)}
    over: {lr: \(lr)}
    seeds: \(seeds)
    """
  }

  private func start(_ place: Workplace, _ words: String...) throws -> RunningTool {
    try place.start(["serve", "e.yaml"] + words, environment: ["LABBOOK_CHECKPOINT_SECONDS": "0"])
  }

  private func runs(_ place: Workplace) -> [RunRecord] {
    guard place.exists("labbook.sqlite") else { return [] }
    return (try? RunStore(at: place.store, .existing).runs()) ?? []
  }

  private func processes(of place: Workplace) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { process in
      guard let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline"),
        String(decoding: words, as: UTF8.self).contains("--led"),
        let folder = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/\(process)/cwd")
      else { return false }
      return folder == URL(filePath: place.path).resolvingSymlinksInPath().path
    }
  }

  private func waits(_ isSo: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: 120)
    while Date() < end {
      if try isSo() { return true }
      usleep(10_000)
    }
    return false
  }

  @Test func everySaveTrainsWhatIsNew() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.file(seeds: "2", epochs: 2))
    let server = try start(place)
    #expect(try server.reaches { runs(place).count { $0.status == .completed } == 2 })
    let first = Set(runs(place).map(\.id))
    try place.write("e.yaml", Self.file(seeds: "3", epochs: 2))
    #expect(try server.reaches { runs(place).count { $0.status == .completed } == 3 })
    #expect(first.isSubset(of: runs(place).map(\.id)))
    // A wrong file trains nothing, and the next right one what it asks for.
    try place.write("e.yaml", Self.file(seeds: "4", epochs: 2).replacing("spiral", with: "sprial"))
    try place.write("e.yaml", Self.file(seeds: "5", epochs: 2))
    #expect(try server.reaches { runs(place).count { $0.status == .completed } == 5 })
    server.interrupt()
    #expect(try server.wait().status == 0)
    #expect(waits { processes(of: place).isEmpty })
  }

  /// What the file still wants goes on without being started again, to the bits of a run alone; what it does
  /// not want is interrupted.
  @Test func aSaveEndsWhatIsNoLongerWanted() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.file(seeds: "[1]", epochs: 8000, lr: "[0.01, 0.02]"))
    let server = try start(place)
    #expect(try server.reaches { runs(place).count { $0.status == .running } == 2 })
    let before = Dictionary(runs(place).map { ($0.key, $0) }) { a, _ in a }
    try place.write("e.yaml", Self.file(seeds: "[1]", epochs: 8000, lr: "[0.01, 0.03]"))
    #expect(
      try server.reaches {
        runs(place).count { $0.status == .completed } == 2
      })
    let after = runs(place)
    let kept = try #require(after.first { before[$0.key] != nil && $0.status == .completed })
    #expect(kept.id == before[kept.key]?.id && kept.startedAt == before[kept.key]?.startedAt)
    let dropped = after.filter { before[$0.key] != nil && $0.id != kept.id }
    #expect(dropped.map(\.status) == [.interrupted])
    server.interrupt()
    #expect(try server.wait().status == 0)

    let alone = try Workplace()
    try alone.write("e.yaml", Self.file(seeds: "[1]", epochs: 8000, lr: "[0.01, 0.03]"))
    #expect(try alone.labbook("run", "e.yaml").status == 0)
    func points(_ place: Workplace) throws -> [String: [UInt64]] {
      let store = try RunStore(at: place.store, .existing)
      let runs = try store.runs().filter { $0.status == .completed }
      return try runs.reduce(into: [:]) { found, run in
        let curves = try store.curves(of: [run.id], [.trainLoss, .valLoss])
        found[run.key] = curves.flatMap { $0.values.map(\.bitPattern) }
      }
    }
    #expect(try points(place) == points(alone))
  }

  @Test(arguments: [SIGKILL, SIGINT, SIGTERM])
  func theTrainerEndsWithTheServer(_ signal: Int32) throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.file(seeds: "2", epochs: 100_000))
    let server = try start(place)
    #expect(try server.reaches { runs(place).contains { $0.status == .running } })
    #expect(!processes(of: place).isEmpty)
    kill(server.id, signal)
    _ = try server.wait()
    #expect(waits { processes(of: place).isEmpty })
    #expect(waits { runs(place).allSatisfy { $0.status == .interrupted || $0.status == .planned } })
    #expect(runs(place).contains { $0.status == .interrupted && ($0.step ?? 0) > 0 })
  }

  @Test func aFileThatIsNotThereIsSaidAtOnce() throws {
    let place = try Workplace()
    let outcome = try place.labbook("serve", "missing.yaml")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("missing.yaml: error: there is no such file"))
  }
}
