import Foundation
import RunStorage
import Testing
import Tracking

/// Makes the store that Fixtures/version-N.sql is dumped from, where the environment names a file
/// for it: LABBOOK_FIXTURE=/some/where.sqlite.
@Suite struct FixtureMakingTests {
  private static let target = ProcessInfo.processInfo.environment["LABBOOK_FIXTURE"]

  @Test(.enabled(if: target != nil)) func makeTheFixture() throws {
    let store = try RunStore(at: try #require(Self.target), .create)
    let parameters = [
      Hyperparameter("train.lr", .number(0.001)),
      Hyperparameter("train.model", .text("hidden layer")),
      Hyperparameter("models.hidden layer.mlp.hidden", .list([.integer(100)])),
    ]
    let requests = (1...3).map {
      request(
        SHA256Digest.hex(of: "\($0)"), configuration: SHA256Digest.hex(of: "c"), seed: $0,
        parameters + [Hyperparameter("train.seed", .integer($0))])
    }
    let plan = [("boundaries", requests), ("tricks", [requests[0]])]
    let runs = try store.register(plan, experiment: "spiral", title: "Spirals")[0]
    let writer = RunWriter(store)
    for (run, status) in zip(runs, [RunStatus.completed, .diverged]) {
      let claim = try claimed(store.claim(run.id, environment: ["version": "0.1.0"]))
      let recorder = writer.recorder(for: claim)
      recorder.record([point("val/loss", 0, 1.5), point("val/loss", 10, 0.25, epoch: 1)])
      recorder.record([point("val/loss", 20, status == .diverged ? .nan : 0.5, epoch: 2)])
      recorder.choose(step: 10, epoch: 1)
      try recorder.writeArtifact("final.safetensors", Data("abc".utf8))
      recorder.finish(status, durationSeconds: 1.25)
    }
    try writer.close()
    try store.tag(runs[0].id, "baseline")
    try store.setNote("the first", of: runs[0].id)
    store.close()
  }
}
