import Datasets
import Experiments
import Foundation
import Pages
import Results
import RunStorage
import Runs
import Terminal
import TestSupport
import Testing
import Tracking

/// What seeds say together, of networks whose weights were written by hand.
struct EnsemblePredictionTests {
  private static let file = """
    data: {source: cloud, points: 30}
    models: {p: [relu], q: [tanh], r: [sigmoid]}
    objective: {minimize: val/loss}
    train: {epochs: 0}
    over: {model: all}
    seeds: 3
    """

  private static let rows = "a,b,kind\n1,10,y\n2,15,x\n"

  /// Outputs that are ln of the numbers given, for every row.
  private static func constant(_ numbers: [Double]) -> ToldNetwork.Rows {
    numbers.map { [0, 0, log($0)] }
  }

  /// Of p each seed alone decides for another class than all together; of q the runs are equal; of
  /// r only one is of use.
  private static func tell(_ run: RunConfiguration) -> Told? {
    let network = ToldNetwork()
    let seed = run.train.seed
    switch run.modelName {
    case "p":
      // The means of the shares of x, y, z are 0.35, 0.4, 0.25.
      let shares = [[0.5, 0.38, 0.12], [0.1, 0.42, 0.48], [0.45, 0.4, 0.15]][seed - 1]
      return Told(
        ["val/loss": [1]], best: 1,
        files: network.files(
          constant(shares), best: constant([0.8, 0.1, 0.1])))
    case "q": return Told(["val/loss": [1]], best: 1, files: network.files(constant([1, 1, 2])))
    default:
      return seed == 2
        ? Told(["val/loss": [1]], best: 1, .stopped, files: network.files(ToldNetwork.powers))
        : Told(["val/loss": [.nan]], best: 1, seed == 1 ? .diverged : .interrupted)
    }
  }

  private func prediction(
    by key: String?, best: Bool = false, file: String = file,
    _ tell: @escaping (RunConfiguration) -> Told? = tell
  ) throws -> EnsemblePrediction {
    let told = try ToldExperiment(file, files: ["rows.csv": Self.rows], tell: tell)
    defer { told.remove() }
    let maker = try SweepView(sweep: "main", experiment: nil, in: told.store)
    return try EnsemblePrediction(
      maker, by: try key.map { try maker.key($0) }, best: best, in: told.store
    ) { inputs in try inputs.read(told.folder + "/rows.csv") }
  }

  @Test func theMeanOfTheSeedsDecides() throws {
    let prediction = try prediction(by: "model")
    let report = prediction.report()
    let text = report.text(.table)
    #expect(text == Expected.table)
    #expect(
      prediction.remarks == [
        "'r': 1 diverged, left out", "'r' has one seed only, so there is no deviation",
      ])
    let lines = report.text(.csv).components(separatedBy: "\r\n")
    #expect(
      lines[0] == "model,row,class,p_x_mean,p_x_std,p_x_n,p_y_mean,p_y_std,p_y_n,p_z_mean,p_z_std,"
        + "p_z_n,target")
    let cells = lines[1].components(separatedBy: ",")
    // The deviation of 0.5, 0.1, 0.45: squares 0.0225 + 0.0625 + 0.01 = 0.095, by 2, the root.
    #expect(abs((Double(cells[3]) ?? 0) - 0.35) < 1e-6)
    #expect(abs((Double(cells[4]) ?? 0) - 0.0475.squareRoot()) < 1e-6)
    #expect(cells[2] == "y" && cells[5] == "3" && cells[12] == "y")
    #expect(report.metrics.map(\.name) == ["accuracy (p)", "accuracy (q)", "accuracy (r)"])
    // p says y for both rows, q z, r x for (0, 0), whose classes are as probable, and y for (1, 1).
    #expect(report.metrics.map(\.value) == [0.5, 0, 0])
    #expect(report.confusions.map(\.matrix.counts)[0] == [[0, 1, 0], [0, 1, 0], [0, 0, 0]])
    #expect(report.text(.json).hasPrefix("{\"sweep\": \"main\",\n\"rows\": [\n"))
    #expect(
      report.text(.json).contains(
        "\"confusion\": {\"p\": {\"classes\": [\"x\",\"y\",\"z\"], \"counts\": [[0,1,0], [0,1,0], "
          + "[0,0,0]]}, \"q\": "))
  }

  @Test func theBestWeightsAreAskedWhereTheyAreWanted() throws {
    let report = try prediction(by: nil, best: true, file: Self.file.replacing("all", with: "[p]"))
      .report()
    let cells = report.text(.csv).components(separatedBy: "\r\n")[1].components(separatedBy: ",")
    #expect(cells[1] == "x" && abs((Double(cells[2]) ?? 0) - 0.8) < 1e-6)
    #expect(report.metrics.map(\.name) == ["accuracy"] && report.metrics[0].value == 0.5)
  }

  /// Of the configurations of a group the one that ranks first is asked: by the objective, which is
  /// to be made great here, and never one of which a run diverged.
  @Test func ofEachGroupTheBestConfigurationIsAsked() throws {
    let file = """
      data: {source: cloud, points: 30}
      models: {p: [relu], q: [tanh]}
      objective: {maximize: val/accuracy}
      train: {epochs: 0}
      over: {model: all, data.points: [30, 31, 32]}
      seeds: 2
      """
    let prediction = try prediction(by: "model", file: file) { run in
      let points = run.number("data.points")
      let isDiverged = points == 32 && run.train.seed == 2
      // Best values rank, not last ones.
      let accuracies = points == 31 ? [0.9, 0.1] : points == 30 ? [0.5, 0.8] : [0.99, 0.99]
      return Told(
        ["val/accuracy": accuracies], best: 1, isDiverged ? .diverged : .completed,
        files: ToldNetwork().files(Self.constant([points == 31 ? 8 : 1, 1, 1])))
    }
    #expect(
      prediction.remarks
        == ["p", "q"].map {
          "'\($0)' has 3 configurations; asked is the best by val/accuracy: data.points=31, model=\($0)"
        })
    let lines = prediction.report().text(.csv).components(separatedBy: "\r\n")
    for line in lines.dropFirst().dropLast() {
      #expect(abs((Double(line.components(separatedBy: ",")[3]) ?? 0) - 0.8) < 1e-6)
    }
  }

  /// The squared error is that of the mean over the seeds: predictions 1 and 4 of target 2 have the
  /// mean 2.5 and the error 0.25.
  @Test func numbersAreJudgedByTheirMean() throws {
    var network = ToldNetwork()
    network.layers = ToldNetwork.linear(1)
    network.loss = #"{"name": "mse", "settings": {}}"#
    network.inputs = network.inputs.replacing(
      #""classNames": ["x", "y", "z"]"#, with: #""valueNames": ["b"]"#
    ).replacing(#""targetName": "kind""#, with: #""targetName": "c""#)
    let told = try ToldExperiment(
      Self.file.replacing("all", with: "[p]").replacing("seeds: 3", with: "seeds: 2"),
      files: ["rows.csv": "a,b,c\n1,10,2\n1,10,5\n"]
    ) { run in
      Told(["val/loss": [1]], best: 1, files: network.files([[0, 0, run.train.seed == 1 ? 1 : 4]]))
    }
    defer { told.remove() }
    let maker = try SweepView(sweep: "main", experiment: nil, in: told.store)
    let report = try EnsemblePrediction(maker, by: nil, best: false, in: told.store) {
      try $0.read(told.folder + "/rows.csv")
    }.report()
    #expect(report.metrics.map(\.name) == ["squared error", "rmse", "mae", "r2"])
    // (0.5^2 + 2.5^2) / 2
    #expect(report.metrics[0].value == 3.25)
    // Its root, (0.5 + 2.5) / 2, and 1 - 6.5 / 4.5 for targets 2 and 5 with the mean 3.5.
    #expect(abs(report.metrics[1].value - 3.25.squareRoot()) < 1e-12)
    #expect(report.metrics[2].value == 1.5)
    #expect(abs(report.metrics[3].value - (1 - 6.5 / 4.5)) < 1e-12)
  }

  @Test func networksOfDifferentThingsAreNotAskedTogether() throws {
    #expect(throws: LabbookError.self) {
      try prediction(by: "model") { run in
        var network = ToldNetwork()
        if run.modelName == "q" {
          network.inputs = network.inputs.replacing(#""z""#, with: #""u""#)
        }
        return Told(
          ["val/loss": [1]], best: 1, files: network.files(Self.constant([1, 2, 3])))
      }
    }
    #expect(throws: LabbookError.self) {
      try prediction(by: "model") { _ in Told(["val/loss": [1]], best: 1, .interrupted) }
    }
  }
}

private enum Expected {
  static let table = #"""
    model  row  class            p_x              p_y            p_z  target
    p        1  y      0.4 ± 0.2 (3)  0.40 ± 0.02 (3)  0.2 ± 0.2 (3)  y
    p        2  y      0.4 ± 0.2 (3)  0.40 ± 0.02 (3)  0.2 ± 0.2 (3)  x
    q        1  z       0.25 ± 0 (3)     0.25 ± 0 (3)    0.5 ± 0 (3)  y
    q        2  z       0.25 ± 0 (3)     0.25 ± 0 (3)    0.5 ± 0 (3)  x
    r        1  x             0.3333           0.3333         0.3333  y
    r        2  y             0.3333              0.5         0.1667  x

    metric        value
    accuracy (p)    0.5
    accuracy (q)      0
    accuracy (r)      0

    p
    true \ predicted  x  y  z
    x                 0  1  0
    y                 0  1  0
    z                 0  0  0

    q
    true \ predicted  x  y  z
    x                 0  0  1
    y                 0  0  1
    z                 0  0  0

    r
    true \ predicted  x  y  z
    x                 0  1  0
    y                 1  0  0
    z                 0  0  0

    """#
}
