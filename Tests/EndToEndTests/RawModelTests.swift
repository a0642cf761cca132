import Foundation
import TestSupport
import Testing

/// `export model --raw`: onnxruntime on the rows as they lie in the file says what `predict` says.
struct RawModelTests {
  /// Sixty rows with words, an order, dates, truths, holes and a number of three kinds.
  private static let rows: [String] = (0..<60).map { row in
    let color = row % 11 == 3 ? "" : ["red", "green", "blue", "rare"][row % 13 == 0 ? 3 : row % 3]
    let size = row % 17 == 5 ? "NA" : ["small", "medium", "large"][row / 4 % 3]
    let weight = row % 7 == 2 ? "" : "\(Double(row * 37 % 23) / 4)"
    let isNew = row % 9 == 4 ? "?" : row % 2 == 0 ? "True" : "false"
    let day = "20\(10 + row % 8)-0\(1 + row % 9)-1\(row % 10)"
    let kind = ["rose", "lily", "iris"][(row + row / 5) % 3]
    let price = Double(row * 13 % 29) * 3.5 + 20
    return "\(color),\(size),\(weight),\(isNew),\(day),\(row),\(kind),\(price)"
  }

  private static let head = "color,size,weight,new,day,count,kind,price"

  private static func experiment(_ target: String, _ more: String) -> String {
    """
    data:
      {source: csv, path: t.csv, target: \(target), drop: \(target == "kind" ? "price" : "kind"),
      ordinal: {size: [small, medium, large]}, dates: {day: [year, month, weekday]},
      fill: {size: median, weight: mean, new: most-frequent, color: most-frequent}, indicator: true,
      min_count: 3, normalize: standard, \(more)}
    model: [{linear: 6}, tanh, {linear: \(target == "kind" ? "classes" : "1")}]
    train: {epochs: 4, lr: 0.02}

    """
  }

  private func trained(_ target: String, _ more: String) throws -> (place: Workplace, run: String) {
    let place = try Workplace()
    try place.write("t.csv", ([Self.head] + Self.rows).joined(separator: "\n") + "\n")
    // A word that no row to train on has, a column that stands elsewhere.
    try place.write(
      "new.csv",
      "price,kind,day,new,weight,size,color,count\n1,rose,2015-02-28,TRUE,,large,violet,3\n"
        + "2,lily,2012-12-31,null,1.5,n/a,red,\n".replacingOccurrences(of: ",\n", with: ",70\n")
        + "3,iris,2019-01-01,False,2,small,NA,5.5\n")
    try place.write("e.yaml", Self.experiment(target, more))
    let outcome = try place.labbook("run", "e.yaml")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return (place, try #require(try StoreReader(place.store).text("SELECT run FROM run_table")))
  }

  private struct Answer: Decodable {
    let inputs: [String: String]
    let outputs: [String]
    let worst: Double
    let rows: Int
  }

  private static let program =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    + "/Python/run_raw_onnx.py"

  @Test(
    .enabled(if: WitnessPython.has("onnxruntime"), "\(WitnessPython.need)"),
    arguments: [
      ("kind", "target_transform: none"), ("price", "target_transform: standard"),
      ("price", "target_transform: log"), ("price", "target_transform: none"),
    ])
  func onnxruntimeSaysWhatPredictSays(target: String, more: String) throws {
    let (place, run) = try trained(target, more)
    let export = try place.labbook("export", "model", run, "--out", "net.onnx", "--raw")
    try #require(export.status == 0, "\(export.errors)")
    for (file, count) in [("t.csv", 60), ("new.csv", 3)] {
      let told = try place.labbook("predict", run, "--input", file, "--format", "csv")
      try #require(told.status == 0, "\(told.errors)")
      try place.write("told.csv", told.output)
      let outcome = try WitnessPython.call(
        [Self.program, "net.onnx", file, "told.csv"], folder: place.path)
      try #require(outcome.status == 0, "\(outcome.errors)")
      let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
      #expect(answer.rows == count)
      // Single precision through three layers.
      #expect(answer.worst < 2e-5)
      let words = "tensor(string)"
      let numbers = "tensor(double)"
      #expect(
        answer.inputs == [
          "color": words, "size": words, "new": words, "weight": numbers, "count": numbers,
          "day_year": numbers, "day_month": numbers, "day_weekday": numbers,
        ])
      #expect(
        answer.outputs
          == (target == "kind" ? ["class", "probabilities", "outputs"] : ["values", "outputs"]))
    }
  }

  @Test func imagesHaveNoRawColumns() throws {
    let place = try Workplace()
    let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 9, 9, 0]
    try Data(images).write(to: URL(filePath: place.path + "/i"))
    try Data([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]).write(to: URL(filePath: place.path + "/l"))
    try place.write(
      "e.yaml",
      "data: {source: idx, images: i, labels: l}\nmodel: [flatten, {linear: classes}]\n"
        + "train: {epochs: 1}\n")
    try #require(try place.labbook("run", "e.yaml").status == 0)
    let run = try #require(try StoreReader(place.store).text("SELECT run FROM run_table"))
    let outcome = try place.labbook("export", "model", run, "--out", "net.onnx", "--raw")
    #expect(outcome.status == 2 && outcome.errors.contains("was trained on images"))
    #expect(!place.exists("net.onnx"))
  }
}
