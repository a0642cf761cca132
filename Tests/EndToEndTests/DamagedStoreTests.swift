import Foundation
import TestSupport
import Testing

/// Damaged stores: commands that read them say an error or an answer, and end.
///
/// Some of the 200 ways in which the test of the rooms reads damaged stores are taken, so that every
/// command meets several.
@Suite struct DamagedStoreTests {
  private static let file = """
    data: {source: moons, points_per_class: 20, split: {val: 0.3}}
    models: {a: {mlp: {hidden: [4]}}, b: {mlp: {hidden: [8]}}}
    train: {epochs: 2}
    over: {model: all}
    seeds: 2
    """

  @Test func everyDamageIsAnErrorOrAnAnswer() throws {
    let place = try Workplace()
    try place.write("e.yaml", Self.file)
    try #require(try place.labbook("run", "e.yaml", "--only", "main").status == 0)
    let whole = try #require(FileManager.default.contents(atPath: place.store))
    let run = try #require(try StoreReader(place.store).text("SELECT run FROM run_table"))
    let commands = [
      ["runs"], ["show", run], ["export", "runs"], ["export", "metrics"], ["experiments"],
      ["compare", "--sweep", "main", "--by", "model"],
      ["plot", "curves", "--sweep", "main", "--metric", "val/loss", "--terminal"],
      ["plot", "boundary", "--sweep", "main", "--terminal"], ["verify", run],
      ["weights", run, "--out", "/dev/null"], ["runs", "--by", "config"],
    ]
    for seed in 0..<66 {
      try StoreDamage.write(seed, of: whole, to: place.store)
      let command = commands[seed % commands.count]
      let outcome = try place.labbook(command)
      #expect((0...2).contains(outcome.status), "\(seed) \(command): \(outcome.errors)")
      #expect(!outcome.errors.contains("atal error"), "\(seed) \(command)")
    }
  }
}
