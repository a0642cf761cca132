import Foundation
import TestSupport
import Testing

/// The command `labbook torch`; its programs are tested in ReportsTests/Torch.
struct TorchTests {
  private static let experiment = """
    data: {source: spiral, points_per_class: 40, split: {val: 0.2, test: 12}, normalize: standard}
    models:
      net: {mlp: {hidden: [16]}}
      lines: [{linear: classes}]
    train: {shuffle: false, epochs: 4, weight_decay: 0.01, model: net}
    over: {model: all, lr: [0.01, 0.1]}
    """

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", Self.experiment + "\n")
    return place
  }

  @Test func theFirstRunOfAModelIsPrinted() throws {
    let place = try place()
    let first = try place.labbook("torch", "e.yaml")
    #expect(first.status == 0 && first.errors == "", "\(first.errors)")
    #expect(first.output.hasPrefix("\"\"\"The model \"net\" on the data of \"spiral\".\n"))
    #expect(first.output.hasSuffix("\n    main()\n"))
    #expect(first.output.contains("lr=0.01, weight_decay=0.01"))
    let lines = try place.labbook("torch", "e.yaml", "--model", "lines", "--set", "train.epochs=7")
    #expect(lines.output.hasPrefix("\"\"\"The model \"lines\" on"))
    #expect(lines.output.contains("nn.Linear(2, 3),") && !lines.output.contains("nn.ReLU()"))
    #expect(lines.output.contains("for epoch in range(1, 8):"))
    #expect(place.files() == ["e.yaml"])
  }

  @Test func anUnknownModelIsNamed() throws {
    let place = try place()
    let outcome = try place.labbook("torch", "e.yaml", "--model", "nett")
    #expect(outcome.status == 2 && outcome.errors.contains("Did you mean 'net'?"))
  }

  /// The header of safetensors is JSON after eight bytes with its length.
  private func shapes(_ file: String, in place: Workplace) throws -> [String: [Int]] {
    let data = try Data(contentsOf: URL(filePath: place.path + "/" + file))
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let json = try JSONSerialization.jsonObject(with: data.dropFirst(8).prefix(length))
    let tensors = try #require(json as? [String: [String: Any]])
    return tensors.compactMapValues { $0["shape"] as? [Int] }
  }

  @Test func theStartIsWrittenBesideIt() throws {
    let place = try place()
    let outcome = try place.labbook("torch", "e.yaml", "--start", "new/start")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == (try place.labbook("torch", "e.yaml")).output)
    // 120 rows: 24 of validation, 12 of test.
    #expect(
      try shapes("new/start/data.safetensors", in: place) == [
        "train.x": [84, 2], "train.y": [84], "val.x": [24, 2], "val.y": [24], "test.x": [12, 2],
        "test.y": [12],
      ])
    #expect(
      try shapes("new/start/weights.safetensors", in: place) == [
        "0.weight": [16, 2], "0.bias": [16], "2.weight": [3, 16], "2.bias": [3],
      ])
    try place.write("taken", "")
    let failed = try place.labbook("torch", "e.yaml", "--start", "taken/start")
    #expect(failed.status == 1 && failed.output == "")
  }

  @Test(.enabled(if: WitnessPython.has("torch, safetensors"), "\(WitnessPython.need)"))
  func theProgramRepeatsTheRun() throws {
    let place = try place()
    try place.write("e.py", try place.labbook("torch", "e.yaml", "--start", "start").output)
    let printed = try WitnessPython.call(
      [
        "e.py", "--data", "start/data.safetensors", "--init", "start/weights.safetensors",
      ], folder: place.path)
    let rows = printed.output.split(separator: "\n").map { $0.split(separator: ",") }
    try #require(rows.count == 5, "\(printed.errors)")
    let run = try place.labbook("run", "e.yaml")
    try #require(run.status == 0, "\(run.errors)")
    let loss = try StoreReader(place.store).number(
      """
      SELECT value FROM metric_points
      WHERE run = (SELECT run FROM run_params WHERE key = 'train.lr' AND value = '0.01'
        AND run IN (SELECT run FROM run_params WHERE key = 'train.model' AND value = '"net"'))
      AND metric = 'test/loss' AND epoch = 4
      """)
    let column = try #require(rows[0].firstIndex(of: "test/loss"))
    // Single precision in another order over 8 updates.
    #expect(abs((loss ?? .nan) - (Double(rows[4][column]) ?? .nan)) < 1e-5)
  }

  /// A run of the store, a variant and a sweep: what each was trained with.
  @Test func anyRunIsPrinted() throws {
    let place = try Workplace()
    try place.write(
      "v.yaml",
      """
      data: {source: spiral, points_per_class: 20}
      model: {mlp: {hidden: [4], activation: relu}}
      train: {epochs: 2}
      open: [train.lr]
      notebook:
        - sweep: tricks
          variants: {plain: {}, sigmoid: {activation: sigmoid, lr: 0.05}}
          seeds: [3, 4]
        - sweep: long
          with: {epochs: 5}
          over: {lr: [0.5]}
        - exercise: How long?
          id: far
          of: long
          that: mean(train/loss) < 100

      """)
    let plain = try place.labbook("torch", "v.yaml").output
    #expect(plain.contains("nn.ReLU()") && plain.contains("for epoch in range(1, 3):"))
    let sigmoid = try place.labbook("torch", "v.yaml", "--variant", "sigmoid")
    #expect(sigmoid.output.contains("nn.Sigmoid()") && sigmoid.output.contains("lr=0.05"))
    let long = try place.labbook("torch", "v.yaml", "--sweep", "long").output
    #expect(long.contains("lr=0.5") && long.contains("for epoch in range(1, 6):"))
    #expect(try place.labbook("torch", "v.yaml", "--exercise", "far").output == long)
    for (option, near) in [("--variant", "sigmoit"), ("--sweep", "lonk"), ("--exercise", "fer")] {
      let outcome = try place.labbook("torch", "v.yaml", option, near)
      #expect(outcome.status == 2 && outcome.errors.contains("Did you mean"), "\(outcome.errors)")
    }
    #expect(try place.labbook("run", "v.yaml").status == 0)
    let list = try place.labbook("export", "runs", "--format", "csv").output
      .split(whereSeparator: \.isNewline)
    let columns = list[0].split(separator: ",").map(String.init)
    let run = try #require(columns.firstIndex(of: "run"))
    let seed = try #require(columns.firstIndex(of: "seed"))
    let rows = list.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.count == 5)
    for row in rows {
      let program = try place.labbook("torch", String(row[run].prefix(12)))
      #expect(program.status == 0, "\(program.errors)")
      #expect(program.output.contains("manual_seed(\(row[seed]))"))
    }
    let refused = try place.labbook("torch", String(rows[0][run]), "--variant", "plain")
    #expect(refused.status == 2 && refused.errors.contains("is one run"))
    #expect(try place.labbook("torch", "0000000000").status == 2)
  }
}
