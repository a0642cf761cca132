import Foundation
import TestSupport
import Testing

struct ExportTests {
  private func trained(_ file: String) throws -> Workplace {
    let place = try Workplace()
    try place.write("flowers.csv", flowers)
    try place.write("e.yaml", file)
    let outcome = try place.labbook("run", "e.yaml")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return place
  }

  private static let flowersFile = """
    data: {source: csv, path: flowers.csv, target: kind, split: {val: 0.2}, normalize: standard}
    models: {wide: {mlp: {hidden: [8]}}, lines: [{linear: classes}]}
    train: {epochs: 3, lr: 0.05}
    over: {model: all}
    seeds: 2
    """

  @Test func runsAndMetricsAreRecords() throws {
    let place = try trained(Self.flowersFile)
    let csv = try place.labbook("export", "runs")
    #expect(csv.status == 0, "\(csv.errors)")
    let lines = csv.output.split(whereSeparator: \.isNewline)
    #expect(
      lines.count == 5 && lines[0].hasPrefix("run,key,configuration,experiment,sweep,status,"))
    #expect(lines[0].contains(",train.lr,") && lines[0].contains(",val/loss,best val/loss"))
    let json = try place.labbook("export", "runs", "--format", "json")
    let objects = try json.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.count == 4 && objects.allSatisfy { $0["status"] as? String == "completed" })

    let points = try place.labbook("export", "metrics", "--format", "json")
    let count = try StoreReader(place.store).number("SELECT count(*) FROM metric_points")
    #expect(Double(points.output.split(separator: "\n").count) == count)
    let one = try place.labbook("export", "metrics", "--metric", "val/loss", "--sweep", "main")
    #expect(one.output.split(whereSeparator: \.isNewline).count == 1 + 4 * 4)
    let wrong = try place.labbook("export", "metrics", "--metric", "val/los")
    #expect(wrong.status == 2 && wrong.errors.contains("Did you mean 'val/loss'?"))
  }

  private func run(_ place: Workplace) throws -> String {
    try #require(try StoreReader(place.store).text("SELECT min(run) FROM run_table"))
  }

  @Test func aModelIsWrittenWholeOrNotAtAll() throws {
    let place = try trained(Self.flowersFile)
    let run = try run(place)
    let outcome = try place.labbook("export", "model", run, "--out", "net.onnx")
    #expect(outcome.status == 0 && outcome.output == "net.onnx\n")
    #expect(try place.labbook("export", "model", run, "--out", "no/net.onnx").status == 1)
    #expect(try place.labbook("export", "model", "ffff0000", "--out", "x.onnx").status == 2)
    #expect(!place.exists("x.onnx"))
  }

  @Test(.enabled(if: WitnessPython.has("onnxruntime"), "\(WitnessPython.need)"))
  func onnxruntimePredictsTheSame() throws {
    let place = try trained(Self.flowersFile)
    let run = try run(place)
    try #require(try place.labbook("export", "model", run, "--out", "net.onnx").status == 0)
    let ours = try place.labbook("predict", run, "--input", "flowers.csv", "--format", "csv")
    try place.write("ours.csv", ours.output)
    try place.write(
      "compare.py",
      """
      import csv, sys, numpy, onnxruntime
      rows = list(csv.DictReader(open("flowers.csv")))
      x = numpy.array([[r["height"], r["width"]] for r in rows], "float32")
      session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
      theirs = session.run(["probabilities"], {"input": x})[0]
      ours = numpy.array([[r["p_iris"], r["p_lily"], r["p_rose"]]
                          for r in csv.DictReader(open("ours.csv"))], "float64")
      error = numpy.max(numpy.abs(theirs - ours))
      print("largest error", error)
      sys.exit(0 if error < 1e-5 and len(ours) == 90 else 1)
      """)
    let result = try WitnessPython.call(["compare.py"], folder: place.path)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }
}
