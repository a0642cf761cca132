import Foundation
import RunStorage
import Runs
import Testing
import Tracking

/// What the store keeps of the files of programs.
@Suite struct ProgramFilesTests {
  private func asked(_ key: String, _ contents: [String: String]) -> RunRequest {
    let program = ProgramRun(
      command: ["sh", "learn.sh"], parameters: [:], seed: 1, files: contents.keys.sorted())
    return RunRequest(
      key: key, configurationKey: "c" + key,
      configuration: RunConfiguration(
        .program(program), objective: Objective(.valLoss, .minimize), hyperparameters: []),
      files: FileFingerprints(program: contents))
  }

  @Test func whatTheFilesHeldComesBackAndIsCompared() throws {
    let place = Workplace()
    let store = try place.store()
    let contents = ["learn.sh": "aa", "a \"b\".txt": "bb"]
    let run = try store.register([("s", [asked("k", contents)])], experiment: "x")[0][0].id
    let stored = try store.configuration(of: run)
    #expect(stored.files?.program == contents)
    try stored.checkFiles { _ in FileFingerprints(program: contents) }
    let error = #expect(throws: LabbookError.self) {
      try stored.checkFiles { _ in
        FileFingerprints(program: contents.merging(["learn.sh": "cc"]) { $1 })
      }
    }
    #expect(error?.message.contains("'learn.sh'") == true)
    #expect(error?.message.contains("fingerprint aa, now cc") == true)
    #expect(
      Witness(place.path).rows("SELECT path, sha256 FROM run_files ORDER BY path")
        == [["a \"b\".txt", "bb"], ["learn.sh", "aa"]])
    #expect(try store.programFiles(ofKeys: ["k", "none"]) == ["k": contents])
    store.close()
  }

  @Test func configurationsOfOtherContentsAreTwo() throws {
    let place = Workplace()
    let store = try place.store()
    let requests = [asked("a", ["learn.sh": "1"]), asked("b", ["learn.sh": "2"])]
    let runs = try store.register([("s", requests)], experiment: "x")[0]
    let found = try runs.map { try store.configuration(of: $0.id).files?.program }
    #expect(found == [["learn.sh": "1"], ["learn.sh": "2"]])
    store.close()
  }

  @Test func acceptedEditsAreKept() throws {
    let place = Workplace()
    let store = try place.store()
    #expect(try store.acceptedEdits() == AcceptedEdits())
    let edit = AcceptedEdits.Edit(path: "learn.sh", contents: "2", countsAs: "1")
    try store.accept([edit, edit])
    store.close()
    let again = try place.store()
    #expect(try again.acceptedEdits() == AcceptedEdits([edit]))
    #expect(try again.acceptedEdits().meaning(of: "2", at: "learn.sh") == "1")
    again.close()
  }

  @Test func onlyContentsThatRunsWereMadeWithCount() throws {
    let place = Workplace()
    let store = try place.store()
    let requests = [asked("a", ["learn.sh": "1"]), asked("b", ["learn.sh": "2"])]
    let runs = try store.register([("s", requests)], experiment: "x")[0]
    #expect(try !store.hasProgramRuns(of: "x"))
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(runs[0].id)))
    recorder.record([point("val/loss", 1, 0.5, epoch: 1)])
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    #expect(try store.hasProgramRuns(of: "x"))
    #expect(try store.contents(ofFile: "learn.sh", in: "x") == ["1"])
    #expect(try store.contents(ofFile: "learn.sh", in: "y").isEmpty)
    store.close()
  }
}
