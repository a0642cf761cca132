import Foundation
import TestSupport
import Testing

/// The example for pandas in Docs/store.md, run as it stands there.
struct PandasTests {
  private static let hasPandas = WitnessPython.has("pandas")

  /// The block of the documentation that imports pandas.
  private func example() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Docs/store.md"), encoding: .utf8)
    let blocks = text.components(separatedBy: "```python\n").dropFirst()
      .map { $0.components(separatedBy: "```")[0] }
    return try #require(blocks.first { $0.contains("import pandas") })
  }

  @Test(.enabled(if: hasPandas, "\(WitnessPython.need)")) func oneFrameHasParametersAndValues()
    throws
  {
    let place = try Workplace()
    try place.write(
      "f.yaml",
      """
      data: {source: moons, points_per_class: 20, split: {val: 0.5}}
      models: {a: {mlp: {hidden: [4, 2]}}, b: [{linear: classes}]}
      train: {epochs: 2}
      over: {model: all, lr: [0.01, 0.1]}
      seeds: 3

      """)
    #expect(try place.labbook("run", "f.yaml").status == 0)
    try place.write(
      "frame.py",
      try example() + """

        from json import dumps
        assert set(frame.columns) >= {"run", "metric", "last", "best", "train.lr", "train.model"}
        print(dumps({
          "rows": len(frame), "runs": frame.run.nunique(),
          "rate": str(frame["train.lr"].dtype), "model": sorted(frame["train.model"].unique()),
          "hidden": frame["models.a.mlp.hidden"].dropna().unique().tolist(),
          "means": frame[frame.metric == "val/loss"].groupby("train.lr")["last"].mean().to_dict()}))

        """)
    let outcome = try WitnessPython.call(["frame.py"], folder: place.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    struct Found: Decodable {
      let rows: Int
      let runs: Int
      let rate: String
      let model: [String]
      let hidden: [String]
      let means: [String: Double]
    }
    let last = try #require(outcome.output.split(separator: "\n").last)
    let found = try JSONDecoder().decode(Found.self, from: Data(last.utf8))
    let store = try StoreReader(place.store)
    #expect(found.runs == 12)
    #expect(Double(found.rows) == (try store.number("SELECT COUNT(*) FROM run_values")))
    // Numbers are numbers, words are words, lists are JSON.
    #expect(found.rate == "float64" && found.model == ["a", "b"] && found.hidden == ["[4,2]"])
    for rate in ["0.01", "0.1"] {
      let mean = try store.number(
        """
        SELECT AVG(v.last) FROM run_values v JOIN run_params p USING (run)
        WHERE v.metric = 'val/loss' AND p.key = 'train.lr' AND p.text = '\(rate)'
        """)
      #expect(abs((found.means[rate] ?? 0) - (mean ?? .nan)) < 1e-12)
    }
  }
}
