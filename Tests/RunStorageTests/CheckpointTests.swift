import Foundation
import RunStorage
import Runs
import Synchronization
import Testing
import Tracking

@Suite struct CheckpointTests {
  private func checkpoint(step: Int, points: Int, _ text: String = "state") -> Checkpoint {
    Checkpoint(
      step: step, epoch: step, best: (1, 1), points: points, maker: "here", state: Data(text.utf8))
  }

  @Test func aFileIsReadBackAndEveryDamageIsSeen() throws {
    let file = checkpoint(step: 7, points: 3).encoded()
    let read = try Checkpoint(file)
    #expect(read.step == 7)
    #expect(read.best?.epoch == 1)
    #expect(read.points == 3)
    #expect(read.maker == "here")
    #expect(read.state == Data("state".utf8))
    for place in file.indices {
      var damaged = file
      damaged[place] ^= 1
      #expect(throws: LabbookError.self) { try Checkpoint(damaged) }
    }
    for length in 0..<file.count {
      #expect(throws: LabbookError.self) { try Checkpoint(file.prefix(length)) }
    }
    #expect(throws: LabbookError.self) { try Checkpoint(file + Data([0])) }
  }

  /// The file byte by byte: its name, the hash of the rest, six numbers, the maker, the state.
  ///
  /// The hashes are of Python's hashlib over struct.pack("<6q", ...) and the two texts.
  @Test func theFileIsThisOne() throws {
    let hashes = [
      "9ad7cc3f265c38c26acfdfd0e401af212b180aecba88b898c227da14d1da710e",
      "b172b3fea275305a53b3bd7e7146cb013c0b8112cfc887a3d6d4854756fac9ca",
    ]
    for (best, hash) in zip([(step: 5, epoch: 2), nil], hashes) {
      let checkpoint = Checkpoint(
        step: 7, epoch: 3, best: best, points: 11, maker: "here", state: Data("state".utf8))
      var file = Data("LABBOOK-STATE-01\(hash)".utf8)
      for number in [7, 3, best?.step ?? -1, best?.epoch ?? -1, 11, 4] {
        file += Data((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
      }
      file += Data("herestate".utf8)
      #expect(checkpoint.encoded() == file)
      let read = try Checkpoint(file)
      #expect(read.step == 7 && read.epoch == 3 && read.points == 11)
      #expect(read.best?.step == best?.step && read.best?.epoch == best?.epoch)
      #expect(read.maker == "here" && read.state == Data("state".utf8))
    }
  }

  private func writeCheckpoint(_ checkpoint: Checkpoint, to recorder: RunRecorder) {
    recorder.writeCheckpoint({ checkpoint }, failed: { Issue.record($0) })
  }

  /// A run of five steps, left with a checkpoint after three of them.
  private func interrupted(
    _ store: RunStore, _ key: String = "k",
    writes: (RunRecorder, RunWriter) throws -> Void = { _, _ in }
  ) throws -> RunID {
    let run = try register(store, [request(key)])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    for step in 1...5 {
      recorder.record([point("val/loss", step, Double(step), epoch: step)])
      if step == 1 { recorder.choose(step: 1, epoch: 1) }
      if step == 3 { writeCheckpoint(checkpoint(step: 3, points: 3), to: recorder) }
      if step == 5 { recorder.record([point("lr", 5, 0.5, epoch: 5)]) }
    }
    recorder.choose(step: 5, epoch: 5)
    try writes(recorder, writer)
    recorder.finish(.interrupted, durationSeconds: 1)
    try writer.close()
    return run.id
  }

  @Test func resumingTakesLaterPointsAway() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try interrupted(store)
    let saved = try #require(try store.checkpoint(of: run))
    #expect(saved.checkpoint.step == 3)
    let claim = try claimed(store.claim(run))
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: claim, start: nil)
    recorder.begin(saved.start)
    try writer.flush()
    let record = try #require(try store.run(run))
    #expect(record.status == .running)
    #expect(record.step == 3)
    #expect(record.bestStep == 1)
    #expect(record.metrics.keys.map(\.name) == ["val/loss"])
    #expect(record.metrics[.valLoss]?.last == 3)
    #expect(try store.curves(of: [run], [.valLoss]).first?.steps == [1, 2, 3])
    recorder.record([point("val/loss", 4, 4.5, epoch: 4)])
    recorder.finish(.completed, durationSeconds: 2)
    try writer.close()
    #expect(try store.curves(of: [run], [.valLoss]).first?.values == [1, 2, 3, 4.5])
    #expect(try store.run(run)?.metrics[.valLoss]?.best == 1)
    #expect(!FileManager.default.fileExists(atPath: store.folder(of: run)))
  }

  @Test func aRunThatCouldNotBeTriedKeepsWhatItHad() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try interrupted(store)
    let writer = RunWriter(store)
    writer.recorder(for: try claimed(store.claim(run)), start: nil)
      .finish(.failed, durationSeconds: nil, message: "no data")
    try writer.close()
    #expect(try store.curves(of: [run], [.valLoss]).first?.steps == [1, 2, 3, 4, 5])
    #expect(try store.run(run)?.status == .failed)
    #expect(try store.checkpoint(of: run)?.checkpoint.step == 3)
  }

  /// While another program holds the lock nothing is committed, so the checkpoint has no name.
  @Test func itTakesItsNameOnlyAfterItsPoints() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    try writer.flush()
    let witness = Witness(place.path)
    #expect(witness.run("BEGIN IMMEDIATE"))
    recorder.record([point("val/loss", 1, 1)])
    writeCheckpoint(checkpoint(step: 1, points: 1, "first"), to: recorder)
    // It has been written, under another name, as soon as the writer has looked.
    let unnamed = store.folder(of: run.id) + "/checkpoint.1"
    let end = Date(timeIntervalSinceNow: 60)
    while !FileManager.default.fileExists(atPath: unnamed), Date() < end { usleep(1000) }
    #expect(try store.checkpoint(of: run.id) == nil)
    recorder.record([point("val/loss", 2, 2)])
    writeCheckpoint(checkpoint(step: 2, points: 2, "second"), to: recorder)
    #expect(witness.run("COMMIT"))
    try writer.flush()
    let saved = try #require(try store.checkpoint(of: run.id)?.checkpoint)
    #expect(saved.points == saved.step)
    try writer.flush()
    #expect(try store.checkpoint(of: run.id)?.checkpoint.step == 2)
    recorder.finish(.interrupted, durationSeconds: 1)
    try writer.close()
    let left = try FileManager.default.contentsOfDirectory(atPath: store.folder(of: run.id))
    #expect(left == ["checkpoint"])
  }

  /// Where it cannot be made the one before stays, and the run goes on.
  @Test func oneThatCannotBeMadeIsToldAndCostsNothing() throws {
    let place = Workplace()
    let store = try place.store()
    let failures = Mutex<[String]>([])
    let run = try interrupted(store) { recorder, writer in
      try writer.flush()
      recorder.writeCheckpoint(
        { throw LabbookError.failure("no room") },
        failed: { error in failures.withLock { $0.append("\(error)") } })
    }
    #expect(failures.withLock { $0 } == ["no room"])
    #expect(try store.checkpoint(of: run)?.checkpoint.step == 3)
    let left = try FileManager.default.contentsOfDirectory(atPath: store.folder(of: run))
    #expect(left == ["checkpoint"])
  }

  @Test func pointsThatWereLostMakeItUnusable() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try interrupted(store)
    #expect(Witness(place.path).run("DELETE FROM points WHERE step = 2"))
    let error = #expect(throws: LabbookError.self) { try store.checkpoint(of: run) }
    #expect(error?.description.contains("2 of the 3 points") == true)
  }

  @Test func aLongerRunTakesTheLongestShorterOne() throws {
    let place = Workplace()
    let store = try place.store()
    var last: RunID?
    for (key, steps) in [("short", 2), ("longer", 4)] {
      let run = try register(store, [request(key)])[0]
      let writer = RunWriter(store)
      let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
      for step in 1...steps { recorder.record([point("val/loss", step, Double(step))]) }
      try recorder.writeState(checkpoint(step: steps, points: steps), lineage: "family")
      recorder.finish(.completed, durationSeconds: 1)
      try writer.close()
      last = run.id
    }
    #expect(try store.continuation(of: "family", updates: 2) == nil)
    #expect(try store.continuation(of: "others", updates: 9) == nil)
    #expect(try store.continuation(of: "family", updates: 4)?.checkpoint.step == 2)
    let saved = try #require(try store.continuation(of: "family", updates: 9))
    #expect(saved.source == last)
    let run = try register(store, [request("longest")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)), start: nil)
    recorder.begin(saved.start)
    recorder.record([point("val/loss", 5, 5)])
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    #expect(try store.curves(of: [run.id], [.valLoss]).first?.values == [1, 2, 3, 4, 5])
    #expect(try store.environment(of: run.id)["continued_from"] == last?.description)
    #expect(try store.run(run.id)?.bestStep == 1)
  }

  /// A killed process leaves a checkpoint that has not taken its name, and files half written.
  @Test func whatAKilledProcessWasWritingGoesWithTheNextClaim() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try interrupted(store)
    for name in ["checkpoint.1", "checkpoint.27", "weights.safetensors"] {
      try Data("part".utf8).write(to: URL(fileURLWithPath: store.folder(of: run) + "/" + name))
    }
    let claim = try claimed(store.claim(run))
    let left = try FileManager.default.contentsOfDirectory(atPath: store.folder(of: run))
    #expect(left.sorted() == ["checkpoint", "weights.safetensors"])
    #expect(try store.checkpoint(of: run)?.checkpoint.step == 3)
    withExtendedLifetime(claim) {}
  }

  /// A run that was trained anew has no part of its earlier attempt: points, series, files, states.
  @Test func aRunTrainedAnewKeepsNothingOfItsEarlierAttempt() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let first = RunWriter(store)
    let before = first.recorder(for: try claimed(store.claim(run)))
    before.record([point("val/loss", 1, 1), point("old", 1, 2), point("val/loss", 2, 1)])
    before.choose(step: 2, epoch: 2)
    try before.writeArtifact("old.txt", Data("x".utf8))
    try before.writeState(checkpoint(step: 2, points: 3), lineage: "family")
    before.finish(.failed, durationSeconds: 3, message: "why")
    try first.close()
    // What has no end is not gone on from.
    #expect(try store.continuationSource(of: "family", updates: 9) == nil)
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 5)])
    try writer.flush()
    let begun = try #require(try store.run(run))
    #expect(begun.status == .running && begun.message == nil && begun.endedAt == nil)
    #expect(begun.durationSeconds == nil && begun.bestStep == nil && begun.bestEpoch == nil)
    #expect(begun.step == 1 && begun.epoch == 1)
    #expect(begun.metrics.keys.map(\.name) == ["val/loss"])
    #expect(try store.artifacts(of: run).isEmpty)
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    #expect(try store.continuationSource(of: "family", updates: 9) == nil)
    #expect(Witness(place.path).value("SELECT COUNT(*) FROM states") == "0")
    #expect(try store.curves(of: [run], [.valLoss]).map(\.values) == [[5]])
    #expect(try store.curves(of: [run], [Metric("old")]).isEmpty)
  }

  /// A run that goes on in another run begins without what it had itself.
  @Test func aRunThatGoesOnFromAShorterOneKeepsNothingOfItsOwn() throws {
    let place = Workplace()
    let store = try place.store()
    let source = try interrupted(store, "source")
    let run = try interrupted(store, "own")
    let start = RunStart.continued(checkpoint(step: 5, points: 6), from: source)
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)), start: start)
    try writer.flush()
    #expect(try store.curves(of: [run], [.valLoss]).map(\.steps) == [[1, 2, 3, 4, 5]])
    #expect(try store.environment(of: run) == ["continued_from": source.description])
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
  }

  @Test(arguments: [RunStatus.completed, .diverged, .stopped, .interrupted, .failed])
  func onlyAWholeRunsStateIsOfferedAndOnlyAResultLosesItsCheckpoint(_ status: RunStatus) throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 1)])
    writeCheckpoint(checkpoint(step: 1, points: 1), to: recorder)
    try recorder.writeState(checkpoint(step: 1, points: 1), lineage: "family")
    recorder.finish(status, durationSeconds: 1)
    try writer.close()
    let isWhole = status == .completed
    #expect(try store.continuationSource(of: "family", updates: 2) == (isWhole ? run : nil))
    let isOver = status == .completed || status == .diverged
    #expect((try store.checkpoint(of: run) == nil) == isOver)
    #expect(!store.isTrained(run))
  }

  @Test func aStateIsCheckedAgainstItsHashAndItsPoints() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 1), point("val/loss", 2, 1)])
    try recorder.writeState(checkpoint(step: 2, points: 2), lineage: "family")
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    let saved = try #require(try store.continuation(of: "family", updates: 3))
    #expect(saved.source == run && saved.checkpoint.step == 2)
    guard case .continued(let state, let source) = saved.start else {
      Issue.record("it starts as \(saved.start)")
      return
    }
    #expect(state.points == 2 && source == run)
    #expect(Witness(place.path).run("DELETE FROM points WHERE step = 1"))
    #expect(throws: LabbookError.self) { try store.continuation(of: "family", updates: 3) }
    #expect(Witness(place.path).run("UPDATE packs SET data = CAST('else' AS BLOB)"))
    let error = #expect(throws: LabbookError.self) {
      try store.continuation(of: "family", updates: 3)
    }
    #expect(error?.message.contains("cannot be used: ") == true)
  }
}
