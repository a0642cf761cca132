import Foundation
import Testing

/// Metrics of classes through a whole run: a network that puts out its inputs, so that scikit-learn can
/// be asked the same.
struct ClassMetricsTests {
  private func place(_ more: String = "class_weights: balanced") throws -> Workplace {
    let place = try Workplace()
    let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures/"
    let rows = try String(contentsOfFile: folder + "class_metrics.csv", encoding: .utf8)
    try place.write("rows.csv", rows)
    try place.write(
      "a.yaml",
      """
      data: {source: csv, path: rows.csv, target: y, test_path: rows.csv}
      model: [{linear: classes, bias: false}]
      train:
        epochs: 0
        init: identity
        loss: {name: cross-entropy, \(more)}
        log: {metrics: [auc, f1, balanced_accuracy]}

      """)
    return place
  }

  @Test func theyAreScikitLearns() throws {
    let place = try place()
    let run = try place.labbook("run", "a.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures/"
    let wanted = try JSONDecoder().decode(
      [String: Double].self, from: Data(contentsOf: URL(filePath: folder + "class_metrics.json")))
    #expect(wanted.count == 5)
    let store = try StoreReader(place.store)
    for (name, value) in wanted {
      let text = try #require(
        try store.text("SELECT last FROM run_values WHERE metric = '\(name)'"), "\(name)")
      let found = try #require(Double(text))
      #expect(abs(found - value) < 1e-6, "\(name): \(found), not \(value)")
    }
  }

  /// What is asked and how classes are weighed is in the key; the trained loss is kept with its numbers.
  @Test func whatIsAskedIsInTheKey() throws {
    let place = try place()
    try #require(try place.labbook("run", "a.yaml").status == 0)
    for change in ["train.log.metrics=f1", "train.loss.class_weights=none"] {
      let check = try place.labbook("check", "a.yaml", "--set", change)
      #expect(check.output.contains(" 1    1       0"), "\(check.output)\(check.errors)")
    }
    let again = try place.labbook("check", "a.yaml")
    #expect(again.output.contains(" 1    0       1"), "\(again.output)")
    try place.write("new.csv", "a,b,y\n1,0,n\n0,1,y\n")
    let id = try #require(try StoreReader(place.store).text("SELECT run FROM run_table"))
    let asked = try place.labbook("predict", id, "--input", "new.csv")
    #expect(asked.status == 0, "\(asked.errors)")
    // Both rows give their class e / (1 + e).
    #expect(asked.output.contains("0.3133"), "\(asked.output)")
  }
}
