import Foundation
import Testing

/// Ninety flowers of three kinds, apart enough to be learned in a few epochs.
let flowers: String = {
  let kinds = ["rose", "lily", "iris"]
  let rows = (0..<90).map { row in
    let (kind, shift) = (row % 3, Double(row / 3) / 30)
    return "\(Double(kind) * 3 + shift),\(100 - Double(kind) * 7 + shift * 2),\(kinds[kind])"
  }
  return (["height,width,kind"] + rows).joined(separator: "\n") + "\n"
}()

private let experiment = """
  data: {source: csv, path: flowers.csv, target: kind, split: {val: 0.2}, normalize: standard}
  models: {wide: {mlp: {hidden: [8]}}, lines: [{linear: classes}]}
  train: {epochs: 10, lr: 0.05}
  over: {model: all}
  seeds: 2

  """

struct PredictTests {
  private func trained() throws -> Workplace {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    try place.write("flowers.yaml", experiment)
    let outcome = try place.labbook("run", "flowers.yaml")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return place
  }

  private func run(_ place: Workplace) throws -> String {
    try #require(
      try StoreReader(place.store).text(
        """
        SELECT run FROM run_table JOIN run_params p USING (run)
        WHERE p.key = 'train.model' AND p.value = '"wide"' ORDER BY seed LIMIT 1
        """))
  }

  @Test func rowsGetClassesProbabilitiesAndLosses() throws {
    let place = try trained()
    let run = try run(place)
    let csv = try place.labbook("predict", run, "--input", "flowers.csv", "--format", "csv")
    #expect(csv.status == 0, "\(csv.errors)")
    let lines = csv.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 91)
    #expect(lines[0] == "row,class,p_iris,p_lily,p_rose,target,loss")
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      let shares = cells[2...4].compactMap { Double($0) }
      #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
      let place = ["iris": 0, "lily": 1, "rose": 2][cells[5]] ?? 0
      #expect(abs(-log(shares[place]) - (Double(cells[6]) ?? 0)) < 1e-5)
    }
    #expect(csv.errors.contains("accuracy") && csv.errors.contains("true \\ predicted"))
    let text = try place.labbook("predict", run, "--input", "flowers.csv", "--best")
    #expect(text.output.contains("... and 70 more rows") && text.errors.isEmpty)
  }

  @Test func theValidationPartsLossIsTheStoredOne() throws {
    let place = try trained()
    let run = try run(place)
    // All rows: what training measured on its two parts, weighted by their rows.
    let json = try place.labbook("predict", run, "--input", "flowers.csv", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let rows = try #require(object["rows"] as? [[String: Any]])
    let metrics = try #require(object["metrics"] as? [String: Double])
    let losses = rows.compactMap { $0["loss"] as? Double }
    #expect(abs(losses.reduce(0, +) / 90 - (metrics["loss"] ?? 0)) < 1e-6)
    let confusion = try #require(object["confusion"] as? [String: Any])
    let counts = try #require(confusion["counts"] as? [[Int]])
    #expect(counts.map { $0.reduce(0, +) } == [30, 30, 30])
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    #expect(abs(Double(right) / 90 - (metrics["accuracy"] ?? 0)) < 1e-12)
    let table = "SELECT value FROM metric_points WHERE metric = 'val/accuracy' AND run = '\(run)'"
    #expect(try StoreReader(place.store).number(table + " ORDER BY step DESC") ?? 0 > 0.8)
    #expect(metrics["accuracy"] ?? 0 > 0.8)
  }

  @Test func seedsMakeAnEnsemble() throws {
    let place = try trained()
    let outcome = try place.labbook(
      "predict", "--sweep", "main", "--by", "model", "--input", "flowers.csv", "--format", "csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 181)
    #expect(lines[0].hasPrefix("model,row,class,p_iris_mean,p_iris_std,p_iris_n,"))
    #expect(outcome.errors.contains("accuracy (wide)"))
    let singles = try StoreReader(place.store).texts(
      """
      SELECT run FROM run_table JOIN run_params p USING (run)
      WHERE p.key = 'train.model' AND p.value = '"wide"'
      """)
    let shares = try singles.map { run in
      let text = try place.labbook(
        "predict", run, "--input", "flowers.csv", "--format", "csv"
      ).output
      let cells = text.split(whereSeparator: \.isNewline)[1].split(separator: ",")
      return try #require(Double(cells[2]))
    }
    let wide = try #require(lines.first { $0.hasPrefix("wide,1,") }).split(separator: ",")
    let mean = shares.reduce(0, +) / 2
    #expect(abs(mean - (Double(wide[3]) ?? 0)) < 1e-9)
    let deviation = abs(shares[0] - shares[1]) / 2.0.squareRoot()
    #expect(abs(deviation - (Double(wide[4]) ?? 0)) < 1e-9)
  }

  /// Without a key the best configuration answers alone, so that a row has one answer.
  @Test func aSweepAnswersEachRowOnce() throws {
    let place = try trained()
    let outcome = try place.labbook(
      "predict", "--sweep", "main", "--input", "flowers.csv", "--format", "csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 91)
    #expect(lines[0].hasPrefix("row,class,p_iris_mean,p_iris_std,p_iris_n,"))
    // Which one that is the store knows: the least mean of the best losses.
    let best = try StoreReader(place.store).text(
      """
      SELECT p.text FROM run_values v JOIN run_params p USING (run)
        JOIN run_table r USING (run)
      WHERE v.metric = r.objective AND p.key = 'train.model'
      GROUP BY p.text ORDER BY AVG(v.best) * IIF(r.direction = 'maximize', -1, 1) LIMIT 1
      """)
    #expect(outcome.errors.contains("configurations; asked is the best by"))
    let one = try place.labbook(
      "predict", "--sweep", "main", "--by", "model", "--input", "flowers.csv", "--format", "csv"
    ).output.split(whereSeparator: \.isNewline)
    let row = try #require(one.first { $0.hasPrefix((best ?? "?") + ",1,") })
    #expect(row == (best ?? "?") + "," + lines[1])
  }

  /// Of a run whose best epoch is not its last one, every command reads the file that it was asked
  /// for.
  @Test func bestAndLastWeightsAreToldApart() throws {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    try place.write(
      "f.yaml", experiment.replacing("epochs: 10, lr: 0.05", with: "epochs: 12, lr: 2"))
    try #require(try place.labbook("run", "f.yaml").status == 0)
    let run = try #require(
      try StoreReader(place.store).text(
        "SELECT run FROM run_table WHERE best_epoch < last_epoch ORDER BY run LIMIT 1"))
    func bytes(_ name: String) throws -> Data {
      try Data(contentsOf: URL(filePath: place.path + "/" + name))
    }
    #expect(try place.labbook("weights", run, "--out", "last").output == "last\n")
    #expect(try place.labbook("weights", run, "--out", "best", "--best").output == "best\n")
    let held = try StoreReader(place.store)
    for (file, name) in [("last", "weights"), ("best", "best")] {
      #expect(
        try held.text(
          """
          SELECT lower(hex(content)) FROM run_artifacts
          WHERE run = '\(run)' AND name = '\(name).safetensors'
          """)
          == bytes(file).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    }
    #expect(try bytes("last") != bytes("best"))
    // A model holds the numbers of its weights as they stand in their file.
    for (file, flags) in [("last", []), ("best", ["--best"])] {
      #expect(
        try place.labbook(["export", "model", run, "--out", file + ".onnx"] + flags).status == 0)
      let model = try bytes(file + ".onnx")
      for other in ["last", "best"] {
        #expect((model.range(of: try bytes(other).suffix(12)) != nil) == (other == file))
      }
    }
    // What each says of the rows differs; with the files exchanged so do the answers.
    let input = ["predict", run, "--input", "flowers.csv", "--format", "csv"]
    let (last, best) = (
      try place.labbook(input).output, try place.labbook(input + ["--best"]).output
    )
    #expect(last != best && last.hasPrefix("row,class,p_iris"))
    try StoreWriter(place.store).execute(
      """
      UPDATE artifact_names SET name = 'x' WHERE name = 'best.safetensors';
      UPDATE artifact_names SET name = 'best.safetensors' WHERE name = 'weights.safetensors';
      UPDATE artifact_names SET name = 'weights.safetensors' WHERE name = 'x';
      """)
    #expect(try place.labbook(input).output == best)
    #expect(try place.labbook(input + ["--best"]).output == last)
  }

  @Test func anotherColumnMayHoldTheTargets() throws {
    let place = try trained()
    let run = try run(place)
    try place.write("other.csv", "truth,height,width,kind\nlily,0,100,rose\nrose,0,100,iris\n")
    func accuracy(_ arguments: String...) throws -> String {
      let outcome = try place.labbook(
        ["predict", run, "--input", "other.csv", "--format", "csv"] + arguments)
      return outcome.output.components(separatedBy: "\r\n").dropFirst().dropLast()
        .map { String($0.components(separatedBy: ",")[5]) }.joined(separator: " ")
    }
    #expect(try accuracy() == "rose iris")
    #expect(try accuracy("--target", "truth") == "lily rose")
  }

  @Test func wrongInputsAreNamed() throws {
    let place = try trained()
    let run = try run(place)
    try place.write("renamed.csv", flowers.replacing("height", with: "heigth"))
    let renamed = try place.labbook("predict", run, "--input", "renamed.csv")
    #expect(renamed.status == 2)
    #expect(renamed.errors.contains("no column 'height'") && renamed.errors.contains("'heigth'"))
    try place.write("strange.csv", "height,width,kind\n1,2,tulip\n")
    let strange = try place.labbook("predict", run, "--input", "strange.csv")
    #expect(strange.status == 2 && strange.errors.contains("strange.csv:2:5: the run knows no"))
    #expect(try place.labbook("predict", run, "--input", "none.csv").status == 2)
    #expect(try place.labbook("predict", "--input", "flowers.csv").status == 2)
    let sweep = try place.labbook("predict", "--sweep", "mian", "--input", "flowers.csv")
    #expect(sweep.status == 2 && sweep.errors.contains("did you mean 'main'?"))
  }

  @Test func aRunWithoutWeightsSaysSo() throws {
    let place = try Workplace()
    try place.write(
      "hot.yaml",
      """
      data: {source: linear}
      model: [{linear: 1}]
      train: {optimizer: sgd, lr: 1e6, steps: 500, batch_size: full}
      """)
    try #require(try place.labbook("run", "hot.yaml").status == 0)
    let run = try #require(try StoreReader(place.store).text("SELECT run FROM run_table"))
    try place.write("x.csv", "x\n1\n")
    let outcome = try place.labbook("predict", run, "--input", "x.csv")
    #expect(outcome.status == 2 && outcome.errors.contains("not finite: it is diverged"))
  }
}

/// An experiment's file stands for the first row of its best table.
struct PredictFileTests {
  @Test func theBestConfigurationsSeedsAreAskedTogether() throws {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    try place.write(
      "flowers.yaml",
      """
      data: {source: csv, path: flowers.csv, target: kind, split: {val: 0.2}, normalize: standard}
      models: {wide: {mlp: {hidden: [8]}}}
      train: {epochs: 6}
      over: {lr: [0.00001, 0.05]}
      seeds: 3

      """)
    let before = try place.labbook("predict", "flowers.yaml", "--input", "flowers.csv")
    #expect(before.status != 0, "\(before.output)")
    try #require(try place.labbook("run", "flowers.yaml").status == 0)
    try place.write("new.csv", "width,height\n100,0.1\n87,6.2\n")
    let asked = try place.labbook(
      "predict", "flowers.yaml", "--input", "new.csv", "--format", "csv")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(asked.errors.contains("asked is lr=0.05 of the sweep 'main'"), "\(asked.errors)")
    #expect(
      asked.errors.contains("the mean of 3 runs, each as of the epoch that its objective chose"))
    // The mean of what the three runs say one by one.
    let store = try StoreReader(place.store)
    let rows = asked.output.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    #expect(rows.count == 3 && rows[1][1] == "rose" && rows[2][1] == "iris", "\(asked.output)")
    let column = try #require(rows[0].firstIndex(of: "p_rose_mean"))
    var sum = 0.0
    for seed in 1...3 {
      let id = try #require(
        try store.text(
          """
          SELECT run FROM run_table JOIN run_params p USING (run)
          WHERE p.key = 'train.lr' AND p.value = '0.05' AND seed = \(seed)
          """))
      let one = try place.labbook(
        "predict", id, "--input", "new.csv", "--best", "--format", "csv")
      let lines = one.output.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
      let own = try #require(lines[0].firstIndex(of: "p_rose"))
      sum += Double(lines[1][own]) ?? .nan
    }
    #expect(abs((Double(rows[1][column]) ?? .nan) - sum / 3) < 1e-9)
  }

  @Test func theTableSaysWhichAndWhen() throws {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    try place.write(
      "flowers.yaml",
      """
      data: {source: csv, path: flowers.csv, target: kind, split: {val: 0.2}, normalize: standard}
      models: {wide: {mlp: {hidden: [8]}}, lines: [{linear: classes}]}
      train: {epochs: 4}
      notebook:
        - sweep: slow
          over: {model: all}
          with: {lr: 0.00001}
        - table: best
          metric: train/loss
          value: last
        - sweep: fast
          with: {lr: 0.05, model: wide}
        - table: best

      """)
    try #require(try place.labbook("run", "flowers.yaml").status == 0)
    let asked = try place.labbook("predict", "flowers.yaml", "--input", "flowers.csv")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(
      asked.errors.contains("of the sweep 'slow', the first row of its best table: train/loss"))
    #expect(asked.errors.contains("the mean of 1 run, each as of its last epoch"))
    #expect(asked.output.contains("accuracy"))
    let wrong = try place.labbook("predict", "flowers.yaml", "--input", "flowers.csv", "--best")
    #expect(wrong.status == 2 && wrong.errors.contains("its best table says which epoch"))
  }
}
