import Foundation
import Testing

/// Runs on images that change in every update, from folders that are decoded once.
struct ImageRunTests {
  private static let experiment = """
    data:
      {source: images, path: pictures, size: [8, 8], color: gray, split: {val: 0.3},
      augment: {flip: true, shift: 2}}
    model: [flatten, {linear: 6}, relu, {dropout: 0.2}, {linear: classes}]
    train: {epochs: 3, batch_size: 3}
    seeds: 2

    """

  private func place() throws -> Workplace {
    let place = try Workplace()
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "DatasetsTests/Fixtures/pictures")
    try FileManager.default.copyItem(
      at: fixtures, to: URL(filePath: place.path + "/pictures"))
    try place.write("e.yaml", Self.experiment)
    return place
  }

  /// Every value of the runs of six epochs, in one order.
  private func curves(_ place: Workplace, _ store: String) throws -> String? {
    try StoreReader(place.path + "/" + store).text(
      """
      SELECT group_concat(line, char(10)) FROM (
        SELECT t.seed || ' ' || m.metric || ' ' || m.epoch || ' ' || printf('%!.20g', m.value) AS line
        FROM metric_points m JOIN run_table t USING (run) JOIN run_params p USING (run)
        WHERE p.key = 'train.epochs' AND p.value = '6' AND m.metric LIKE '%/loss'
        ORDER BY t.seed, m.metric, m.epoch)
      """)
  }

  /// A run that goes on from a shorter one, alone, and a whole one beside others are the same.
  @Test func changedImagesAreTheSameWhoeverTrains() throws {
    let place = try place()
    let states = ["LABBOOK_STATE_SECONDS": "0"]
    for (store, jobs, epochs) in [("a", "1", "3"), ("a", "1", "6"), ("b", "2", "6")] {
      let outcome = try place.labbook(
        "run", "e.yaml", "--db", store + ".sqlite", "--jobs", jobs, "--set",
        "train.epochs=" + epochs,
        environment: states)
      try #require(outcome.status == 0, "\(outcome.errors)")
      if epochs == "6", store == "a" {
        #expect((outcome.output + outcome.errors).contains("2 continued from shorter ones"))
      }
    }
    let (continued, whole) = (try curves(place, "a.sqlite"), try curves(place, "b.sqlite"))
    #expect(continued == whole && whole?.contains("val/loss 6") == true)
    let plain = try place.labbook(
      "run", "e.yaml", "--db", "c.sqlite", "--set", "train.epochs=6", "--set", "data.augment=none")
    try #require(plain.status == 0, "\(plain.errors)")
    #expect(try curves(place, "c.sqlite") != whole)
  }

  /// `check` and `data` write nothing; `run` keeps what it decoded beside the store, and it is used.
  @Test func imagesAreKeptBesideTheStore() throws {
    let place = try place()
    for command in ["check", "data"] {
      try #require(try place.labbook(command, "e.yaml").status == 0)
    }
    #expect(!place.files().contains { $0.hasPrefix("labbook.sqlite") })
    try #require(try place.labbook("run", "e.yaml").status == 0)
    let kept = place.files().filter { $0.hasSuffix(".decoded") }
    #expect(kept.count == 1 && kept.allSatisfy { $0.hasPrefix("labbook.sqlite.images/") })
    let before = try place.labbook("data", "e.yaml", "--format", "csv")
    // Another file is another fingerprint: nothing kept is taken for it.
    try FileManager.default.removeItem(atPath: place.path + "/pictures/cat/gray.png")
    let after = try place.labbook("data", "e.yaml", "--format", "csv")
    #expect(before.status == 0 && after.status == 0 && before.output != after.output)
    try Data().write(to: URL(filePath: place.path + "/pictures/cat/new.png"))
    let damaged = try place.labbook("check", "e.yaml")
    #expect(damaged.status == 2 && damaged.errors.contains("cat/new.png is empty: 0 bytes"))
  }
}
