import Drawing
import Experiments
import Figures
import Foundation
import NeuralNet
import Pages
import RunStorage
import Runs
import TestSupport
import Testing
import Tracking

/// Decisions of networks whose weights are set by hand, at places where the answer is known.
@Suite struct BoundaryPictureTests {
  /// u has the mean 2 and the deviation 2, v the mean 15 and the deviation 5.
  private static let rows = csv(
    "u,v,c", "0,10,p", "4,10,q", "0,20,r", "4,20,q", "0,10,p", "4,20,r")

  private static func text(_ loss: String, _ cells: String) -> String {
    """
    data: {source: csv, path: FOLDER/d.csv, target: c, normalize: standard}
    model: [{linear: classes}]
    train: {epochs: 4, loss: \(loss), init: zeros}
    notebook:
      - sweep: s
        over: {lr: [0.1, 0.2]}
        seeds: 2
    \(cells)
    """
  }

  /// Scores of the classes: p 0, q 2 u' - 1, r 3 v' + 0.25, of normalised u' and v'.
  private static func weights(_ sign: Float = 1) -> [NamedTensor] {
    [
      NamedTensor(name: "0.weight", shape: [3, 2], values: [0, 0, 2 * sign, 0, 0, 3 * sign]),
      NamedTensor(name: "0.bias", shape: [3], values: [0, -1, 0.25]),
    ]
  }

  private static func scores(_ u: Double, _ v: Double) -> [Double] {
    [0, 2 * (u - 2) / 2 - 1, 3 * (v - 15) / 5 + 0.25]
  }

  private static func stored(_ run: RunConfiguration) -> StoredRun {
    var stored = StoredRun()
    // The second rate is the better one; of its seeds the first is drawn.
    let isShown = run.number("train.lr") == 0.2
    stored.add(.trainLoss, [(1, 1, 9), (8, 4, isShown ? 0.5 : 1)])
    stored.best = (8, 4)
    let isFirst = run.train.seed == 1
    stored.weights = [
      RunFile.weights: weights(isShown && isFirst ? 1 : -1),
      RunFile.weights(ofEpoch: 2): weights(-1), RunFile.bestWeights: weights(-1),
    ]
    return stored
  }

  private func regions(_ panel: Panel) throws -> Regions {
    for case .regions(let regions) in panel.layers { return regions }
    throw LabbookError.failure("no regions")
  }

  /// The grid reaches 8 % of 4 beyond 0 and 4, and 8 % of 10 beyond 10 and 20.
  private func place(_ index: Int) -> (u: Double, v: Double) {
    (-0.32 + 4.64 * Double(index % 240) / 239, 9.2 + 11.6 * Double(index / 240) / 239)
  }

  @Test func everyPointHasTheClassOfTheGreatestScore() throws {
    let stored = try StoredExperiment(
      Self.text("cross-entropy", "  - plot: boundary\n    by: lr"), files: ["d.csv": Self.rows],
      Self.stored)
    defer { stored.remove() }
    let figure = try #require(try stored.figures().first)
    #expect(figure.panels.joined().map(\.title) == ["0.1", "0.2"])
    let panel = figure.panels[0][1]
    #expect(panel.x.name == "u" && panel.y.name == "v")
    let regions = try regions(panel)
    #expect(regions.width == 240 && regions.height == 240)
    var expected: [Int] = []
    var confidence: [Double] = []
    var wrong = 0
    for index in 0..<240 * 240 {
      let (u, v) = place(index)
      let scores = Self.scores(u, v)
      let sorted = scores.sorted(by: >)
      let best = scores.firstIndex(of: sorted[0]) ?? 0
      expected.append(best)
      confidence.append(1 / scores.reduce(0) { $0 + exp($1 - sorted[0]) })
      // Where two scores are nearly equal, 32 bits may decide otherwise.
      if sorted[0] - sorted[1] > 1e-5, regions.classes[index] != best { wrong += 1 }
    }
    #expect(wrong == 0)
    // By hand at some corners: p at (0, 10); q at (4, 10); r at (0, 20).
    #expect([0, 239, 239 * 240].map { regions.classes[$0] } == [0, 1, 2])

    var options = BoundaryOptions(classNames: ["p", "q", "r"])
    options.xName = "u"
    options.yName = "v"
    let byHand = Figure.boundary(
      [
        BoundaryModel(
          title: "0.2",
          grid: DecisionGrid(
            xRange: -0.32...4.32, yRange: 9.2...20.8, width: 240, height: 240, classes: expected,
            confidence: confidence),
          points: ClassPoints(
            xs: [0, 4, 0, 4, 0, 4], ys: [10, 10, 20, 20, 10, 20], classes: [0, 1, 2, 1, 0, 2]))
      ], options: options
    ).panels[0][0]
    let colors = try self.regions(byHand).colors
    // A sureness of 32 bits may round to the next of 256 steps.
    let far = zip(colors, regions.colors).count { a, b in
      abs(Int(a.red) - Int(b.red)) > 1 || abs(Int(a.green) - Int(b.green)) > 1
        || abs(Int(a.blue) - Int(b.blue)) > 1
    }
    #expect(far <= 4, "\(far) points beside ties")
    #expect(panel.layers.dropFirst() == byHand.layers.dropFirst())
    #expect(panel.ranges.x == -0.32...4.32 && panel.ranges.y == 9.2...20.8)
  }

  @Test func theBestConfigurationsFirstSeedIsAsked() throws {
    let stored = try StoredExperiment(
      Self.text("cross-entropy", "  - plot: boundary\n    theme: dark"),
      files: ["d.csv": Self.rows],
      Self.stored)
    defer { stored.remove() }
    let figure = try #require(try stored.figures().first)
    #expect(figure.title == "s: decision regions" && figure.style == .dark)
    #expect(figure.subtitle == "the best configuration's first seed, after the last update")
    let classes = try regions(figure.panels[0][0]).classes
    #expect([0, 239, 239 * 240].map { classes[$0] } == [0, 1, 2])
  }

  @Test func framesAreTheNetworksOfTheirEpochs() throws {
    let stored = try StoredExperiment(
      Self.text(
        "cross-entropy",
        "  - plot: boundary\n    frames: [0, 2, 4]\n  - plot: boundary\n    frames: [4, 3]"),
      files: ["d.csv": Self.rows], Self.stored)
    defer { stored.remove() }
    let figures = try stored.figures()
    #expect(
      figures[0].panels.map { $0.map(\.title) } == [
        ["before training", "after epoch 2", "after epoch 4"]
      ])
    let corners = try figures[0].panels[0].map { panel in
      let classes = try regions(panel).classes
      return [0, 239, 239 * 240].map { classes[$0] }
    }
    // Zeros: the first class everywhere. The signs of epoch 2 are the other way round: at (0, 10)
    // the scores are 0, 1 and 3.25, at (4, 10) r is greatest too, at (0, 20) q.
    #expect(corners == [[0, 0, 0], [2, 2, 1], [0, 1, 2]])
    #expect(figures[0].notes.isEmpty)
    #expect(figures[1].panels.joined().map(\.title) == ["after epoch 4"])
    #expect(figures[1].notes.first?.hasPrefix("Some frames are missing") == true)
  }

  @Test(arguments: [("bce", 0.5), ("bce-with-logits", 0.0)])
  func aSingleOutputSpeaksForTheSecondClass(loss: String, threshold: Double) throws {
    let text = Self.text(loss, "  - plot: boundary").replacing("linear: classes", with: "linear: 1")
    let rows = csv("u,v,c", "0,10,p", "4,10,q", "0,20,p", "4,20,q")
    let stored = try StoredExperiment(text, files: ["d.csv": rows]) { _ in
      var stored = StoredRun()
      stored.add(.trainLoss, [(8, 4, 1)])
      // u' + v' / 2: above the threshold it is q.
      stored.weights[RunFile.weights] = [
        NamedTensor(name: "0.weight", shape: [1, 2], values: [1, 0.5]),
        NamedTensor(name: "0.bias", shape: [1], values: [0]),
      ]
      return stored
    }
    defer { stored.remove() }
    let classes = try regions(try #require(try stored.figures().first).panels[0][0]).classes
    let wrong = (0..<240 * 240).count { index in
      let (u, v) = place(index)
      let output = (u - 2) / 2 + (v - 15) / 10
      return abs(output - threshold) > 1e-5 && classes[index] != (output > threshold ? 1 : 0)
    }
    #expect(wrong == 0)
  }
}
