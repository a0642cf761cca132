import Datasets
import Experiments
import Foundation
import Pages
import Results
import RunStorage
import Terminal
import Testing
import Tracking

/// Predictions of networks whose weights were written by hand, against probabilities that were
/// reckoned by hand.
struct PredictionTests {
  /// Columns in another order than the network's, and one of no use.
  ///
  /// The network gets a - 1 and (b - 10) / 5: (1, 1), (2, 0), (0, 2), (0, 0).
  private static let rows = """
    b,note,kind,a
    15,p,y,2
    10,q,x,3
    20,r,z,1
    10,s,z,1

    """

  private func report(
    _ network: ToldNetwork, _ last: ToldNetwork.Rows, best: ToldNetwork.Rows? = nil,
    asksBest: Bool = false, _ rows: String = rows, target: String? = nil
  ) throws -> PredictionReport {
    let told = try ToldExperiment(
      "data: {source: cloud, points: 30}\nmodel: [relu]\ntrain: {epochs: 0}\n",
      files: ["rows.csv": rows]
    ) { _ in Told([:], files: network.files(last, best: best)) }
    defer { told.remove() }
    let run = try #require(try told.store.runs().first)
    let trained = try TrainedNetwork(run, best: asksBest, in: told.store)
    let read = try trained.inputs.read(told.folder + "/rows.csv", target: target)
    return try Prediction(trained, read).report()
  }

  /// The numbers of a table's columns, row by row.
  private func cells(_ report: PredictionReport) throws -> [[String]] {
    report.table.text(.csv).components(separatedBy: "\r\n").dropLast()
      .map { $0.components(separatedBy: ",") }
  }

  private func ln(_ x: Double) -> String { "\(Foundation.log(x))" }

  /// Compares numbers up to single precision: outputs of order 1 have an error of 1e-7.
  private func expect(
    _ cells: [String], _ wanted: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(cells.count == wanted.count, sourceLocation: sourceLocation)
    for (cell, wanted) in zip(cells, wanted) {
      if let number = Double(wanted), let found = Double(cell) {
        #expect(abs(number - found) < 1e-6, "\(cells)", sourceLocation: sourceLocation)
      } else {
        #expect(cell == wanted, "\(cells)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func probabilitiesLabelsAndLossesAreThoseOfTheWeights() throws {
    let report = try report(ToldNetwork(), ToldNetwork.powers, best: ToldNetwork.tenfold)
    let rows = try cells(report)
    #expect(rows[0] == ["row", "class", "p_x", "p_y", "p_z", "target", "loss"])
    // Powers 2, 3, 1; 4, 1, 1; 1, 9, 1; 1, 1, 1, of which the first counts.
    expect(rows[1], ["1", "y", "\(1 / 3.0)", "0.5", "\(1 / 6.0)", "y", ln(2)])
    expect(rows[2], ["2", "x", "\(2 / 3.0)", "\(1 / 6.0)", "\(1 / 6.0)", "x", ln(1.5)])
    expect(rows[3], ["3", "y", "\(1 / 11.0)", "\(9 / 11.0)", "\(1 / 11.0)", "z", ln(11)])
    expect(rows[4], ["4", "x", "\(1 / 3.0)", "\(1 / 3.0)", "\(1 / 3.0)", "z", ln(3)])
    #expect(report.metrics.map(\.name) == ["loss", "accuracy"])
    #expect(abs(report.metrics[0].value - log(2 * 1.5 * 11 * 3) / 4) < 1e-6)
    #expect(report.metrics[1].value == 0.5)
    // Rows are what they are, columns what they were taken for.
    #expect(report.confusions[0].matrix.counts == [[1, 0, 0], [0, 1, 0], [1, 1, 0]])
  }

  @Test func theBestWeightsAreAskedOnlyWhereTheyAreWanted() throws {
    let report = try report(
      ToldNetwork(), ToldNetwork.powers, best: ToldNetwork.tenfold, asksBest: true)
    let rows = try cells(report)
    expect(rows[1], ["1", "z", "\(2 / 15.0)", "0.2", "\(10 / 15.0)", "y", ln(5)])
    expect(rows[3], ["3", "z", "0.05", "0.45", "0.5", "z", ln(2)])
    #expect(throws: LabbookError.self) {
      try self.report(ToldNetwork(), ToldNetwork.powers, asksBest: true)
    }
    #expect(throws: LabbookError.self) {
      try self.report(ToldNetwork(), [[.nan, 0, 0], [0, 0, 0], [0, 0, 0]])
    }
  }

  @Test func numbersArePredictedWithTheirSquares() throws {
    var network = ToldNetwork()
    network.layers = ToldNetwork.linear(1)
    network.loss = #"{"name": "mse", "settings": {}}"#
    network.inputs = network.inputs.replacing(
      #""classNames": ["x", "y", "z"]"#, with: #""valueNames": ["kind"]"#)
    let text = """
      a,b,kind,other
      2,15,1,5
      3,10,-2,6

      """
    // 2 (a - 1) - (b - 10) / 5 + 0.5: 1.5 and 4.5.
    let report = try report(network, [[2, -1, 0.5]], text)
    let rows = try cells(report)
    #expect(rows[0] == ["row", "predicted", "target", "loss"])
    expect(rows[1], ["1", "1.5", "1", "0.25"])
    expect(rows[2], ["2", "4.5", "-2", "42.25"])
    #expect(
      report.metrics.map(\.name) == ["loss", "rmse", "mae", "r2"] && report.confusions.isEmpty)
    #expect(abs(report.metrics[0].value - 21.25) < 1e-5)
    // The targets have the mean -0.5 and the squared distances 4.5 from it.
    #expect(abs(report.metrics[1].value - 21.25.squareRoot()) < 1e-5)
    #expect(abs(report.metrics[2].value - 3.5) < 1e-5)
    #expect(abs(report.metrics[3].value - (1 - 42.5 / 4.5)) < 1e-5)
    let other = try cells(self.report(network, [[2, -1, 0.5]], text, target: "other"))
    expect(other[1], ["1", "1.5", "5", "12.25"])
    let bare = try cells(self.report(network, [[2, -1, 0.5]], "a,b\n2,15\n"))
    #expect(bare == [["row", "predicted"], ["1", "1.5"]])
  }

  /// Outputs that are no probabilities, single ones, several values, none that means anything.
  @Test func columnsAreCalledWhatTheyAre() throws {
    var scores = ToldNetwork()
    scores.loss = #"{"name": "mse", "settings": {}}"#
    let header = try cells(report(scores, ToldNetwork.powers))[0]
    #expect(header == ["row", "class", "score_x", "score_y", "score_z", "target", "loss"])
    var single = ToldNetwork()
    single.layers = ToldNetwork.linear(1)
    single.loss = #"{"name": "bce-with-logits", "settings": {}}"#
    single.inputs = single.inputs.replacing(#"["x", "y", "z"]"#, with: #"["x", "y"]"#)
    // The logit (a - 1) ln 3 makes 3 / 4 of the second class at a = 2, 1 / 2 at a = 1.
    let rows = try cells(report(single, [[log(3), 0, 0]], "a,b,kind\n2,10,x\n1,10,y\n"))
    #expect(rows[0] == ["row", "class", "p_x", "p_y", "target", "loss"])
    expect(rows[1], ["1", "y", "0.25", "0.75", "x", ln(4)])
    expect(rows[2], ["2", "x", "0.5", "0.5", "y", ln(2)])
    var several = ToldNetwork()
    several.loss = #"{"name": "mse", "settings": {}}"#
    several.inputs = several.inputs.replacing(
      #""classNames": ["x", "y", "z"], "#, with: ""
    ).replacing(
      #""classNames": ["x", "y", "z"],"#, with: #""valueNames": ["u", "v", "w"],"#)
    #expect(
      try cells(report(several, ToldNetwork.powers, "a,b\n1,10\n"))[0]
        == ["row", "predicted_u", "predicted_v", "predicted_w"])
    var none = ToldNetwork()
    none.loss = "null"
    none.inputs = none.inputs.replacing(#""classNames": ["x", "y", "z"],"#, with: "")
    #expect(
      try cells(report(none, ToldNetwork.powers, "a,b\n1,10\n"))[0]
        == ["row", "output_0", "output_1", "output_2"])
    none.layers = ToldNetwork.linear(1)
    #expect(
      try cells(report(none, [[1, 1, 1]], "a,b\n1,10\n"))[0] == ["row", "output"])
  }

  @Test func reportsAreWhole() throws {
    let report = try report(ToldNetwork(), ToldNetwork.powers)
    let text = report.text(.table)
    #expect(text == Expected.text)
    let id = try #require(report.text(.json).firstMatch(of: /"run": "([0-9a-f]{32})"/))
    let json = report.text(.json).replacing(id.output.1, with: "RUN")
      .replacing(/[0-9]\.[0-9]{5,}/) { String(format: "%.4f", Double($0.0) ?? .nan) }
    #expect(json == Expected.json)
    #expect(report.text(.csv) == report.table.text(.csv))
  }

  @Test func peopleGetTheFirstTwentyRows() throws {
    let lines = (0..<1_025).map { "\($0),10" }
    for (count, wanted) in [(20, ""), (21, "1 more"), (1_024, "1,004 more")] {
      let text = (["a,b"] + lines.prefix(count)).joined(separator: "\n") + "\n"
      let shown = try report(ToldNetwork(), ToldNetwork.powers, text).text(.table)
        .split(separator: "\n")
      #expect(shown[20].hasPrefix(" 20") || shown[20].hasPrefix("20"))
      if wanted.isEmpty {
        #expect(shown.count == 21)
      } else {
        #expect(shown.count == 22)
        #expect(shown[21] == "... and \(wanted) rows: --format csv prints all")
      }
    }
  }
}

private enum Expected {
  static let text = #"""
    row  class      p_x     p_y      p_z  target    loss
      1  y       0.3333     0.5   0.1667  y       0.6931
      2  x       0.6667  0.1667   0.1667  x       0.4055
      3  y      0.09091  0.8182  0.09091  z        2.398
      4  x       0.3333  0.3333   0.3333  z        1.099

    metric    value
    loss      1.149
    accuracy    0.5

    true \ predicted  x  y  z
    x                 1  0  0
    y                 0  1  0
    z                 1  1  0

    """#
  static let json = #"""
    {"run": "RUN",
    "rows": [
      {"row": 1, "class": "y", "p_x": 0.3333, "p_y": 0.5000, "p_z": 0.1667, "target": "y", "loss": 0.6931},
      {"row": 2, "class": "x", "p_x": 0.6667, "p_y": 0.1667, "p_z": 0.1667, "target": "x", "loss": 0.4055},
      {"row": 3, "class": "y", "p_x": 0.0909, "p_y": 0.8182, "p_z": 0.0909, "target": "z", "loss": 2.3979},
      {"row": 4, "class": "x", "p_x": 0.3333, "p_y": 0.3333, "p_z": 0.3333, "target": "z", "loss": 1.0986}
    ],
    "metrics": {"loss": 1.1488, "accuracy": 0.5},
    "confusion": {"classes": ["x","y","z"], "counts": [[1,0,0], [0,1,0], [1,1,0]]}}

    """#
}
