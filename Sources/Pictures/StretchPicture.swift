import Datasets
package import Experiments
import Figures
import Foundation
import Languages
import NeuralNet
import Results
import RunStorage
import Runs
import TensorKernels
import Tracking

extension StretchPlot: SweepPicture {
  /// So many have a panel each.
  package static var mostGroups: Int? { 6 }
  package static var mostNarrowGroups: Int? { 3 }

  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.stretch(self, cell)
  }
}

extension FigureMaker {
  /// Points of the plane through the layers of the first network of every group.
  func stretch(_ plot: StretchPlot, _ cell: PlotCell) throws -> Painting {
    let choices = try chosen(
      by: plot.by, best: plot.metric, firstOnly: true, needsRuns: false)
    guard let first = choices.first else {
      throw LabbookError.failure("the sweep '\(sweep.name)' has no configurations")
    }
    let data = try prepare(first.configuration)
    guard data.shape.features == 2 else {
      throw LabbookError.failure("stretching is drawn of data of two features")
    }
    let hasTarget = data.shape.target != .none
    let panels = try choices.reduce(0) { sum, choice in
      let layers = try choice.configuration.graph(data.shape).nodes.count
      return sum + 1 + layers * (plot.showsParts ? 3 : 1)
    }
    let points = FollowedPoints(
      data, isGrid: !(plot.followsData ?? !hasTarget),
      most: plot.isAnimated
        ? MovingPoints.most(networks: choices.count) : Self.mostPoints / max(1, panels))
    let isAtStart = plot.isAtStart ?? !first.configuration.isTrained
    let rows = try choices.map { choice -> [StretchStage] in
      let graph = try choice.configuration.graph(data.shape)
      let prefix = choices.count == 1 || plot.isAnimated ? "" : choice.title + ": "
      return try StretchedPoints(
        points.points, names: data.shape.columnNames, graph: graph,
        weights: try stretchWeights(choice, graph, isAtStart: isAtStart), parts: plot.showsParts,
        prefix: prefix, language
      ).stages
    }
    let notes =
      isAtStart
      ? [language(.weightsBefore)]
      : LeftRuns.notes(choices.map { LeftRuns(bad: $0.bad) }, language)
    let title = title(cell, language(.titleStretch))
    if plot.isAnimated {
      let moving = MovingPoints(rows, choices.map(\.title), language)
      return { style in
        moving.figure(points.colors, points.lines, title: title, style: style).noted(notes)
      }
    }
    return { style in
      Figure.stretch(
        rows, colors: points.colors, lines: points.lines, title: title, notes: notes,
        style: style)
    }
  }

  /// Points of all panels together: a picture has each as a shape of its own.
  private static let mostPoints = 3400

  private func stretchWeights(_ choice: Choice, _ graph: Graph, isAtStart: Bool) throws
    -> [NamedTensor]
  {
    if isAtStart { return try choice.configuration.initialWeights(graph) }
    guard let run = choice.runs.first,
      try store.artifacts(of: run.id).contains(where: { $0.name == RunFile.weights })
    else {
      throw LabbookError.failure(
        "no run of the sweep '\(sweep.name)' has ended with weights to draw from",
        hint: "`labbook run FILE` trains them; at: start draws the weights they begin with")
    }
    return try Safetensors.decode(try store.artifact(RunFile.weights, of: run.id))
  }
}

/// The points that are followed, with their colours.
private struct FollowedPoints {
  private(set) var points: [Float] = []
  private(set) var lines: [[Int]] = []
  private(set) var colors = StretchColors.directions

  /// Points around the training rows as networks get them, or the rows themselves.
  ///
  /// - Parameter most: how many points a panel can have.
  init(_ data: PreparedData, isGrid: Bool, most: Int) {
    let all = (0..<data.train.rows).map { data.train.row($0) }
    if isGrid {
      let xs = all.map { Double($0[0]) }
      let ys = all.map { Double($0[1]) }
      let grid = PointGrid(
        Axis("").fitted(to: xs, room: 0), Axis("").fitted(to: ys, room: 0),
        size: max(9, min(25, Int(Double(most).squareRoot()))))
      points = grid.points
      lines = grid.lines
      return
    }
    let count = min(max(80, min(1000, most)), all.count)
    let kept = (0..<count).map { $0 * all.count / max(1, count) }
    points = kept.flatMap { all[$0] }
    if case .classes(let labels, let names) = data.train.targets {
      colors = .classes(kept.map { Int(labels[$0]) }, names: names)
    }
  }
}

/// Points followed through the layers of one network.
struct StretchedPoints {
  /// The first stage is the input.
  private(set) var stages: [StretchStage] = []
  private let language: Language

  /// Follows points of the plane.
  ///
  /// - Parameters:
  ///   - points: two numbers a row, as the network gets them.
  ///   - names: what the two inputs are.
  ///   - parts: whether a linear layer from the plane to the plane is taken apart into rotation,
  ///     scaling, rotation and shift.
  init(
    _ points: [Float], names: [String], graph: Graph, weights: [NamedTensor], parts: Bool,
    prefix: String, _ language: Language
  ) throws(LabbookError) {
    self.language = language
    let rows = points.count / 2
    let reader = try LayerReader(graph, weights: weights)
    let before = (0..<rows).map { [Double(points[2 * $0]), Double(points[2 * $0 + 1])] }
    stages = [
      StretchStage(
        title: prefix + language(.input), xs: before.map { $0[0] }, ys: before.map { $0[1] },
        xName: names.first ?? "", yName: names.last ?? "")
    ]
    for values in reader.values(SharedArray(points), rows: rows)
    where Layers.role(values.kind) != .still {
      let title = "\(values.layer) \(values.kind)"
      guard values.kind == Linear.choice.name,
        let matrix = weights.first(where: { $0.name == values.layer + ".weight" }),
        matrix.shape == [2, 2]
      else {
        stages.append(stage(values, rows, title))
        continue
      }
      let decomposition = PlaneDecomposition(matrix.values.map(Double.init))
      if parts { addParts(decomposition, title) }
      let scaling = [decomposition.scaling[0], decomposition.scaling[3]]
      let named = scaling.map { String(format: "%.3g", $0) }.joined(separator: ", ")
      stages.append(stage(values, rows, "\(title), σ = \(named)"))
    }
  }

  private func stage(_ values: LayerReader.Values, _ rows: Int, _ title: String)
    -> StretchStage
  {
    let width = values.width
    let all = (0..<rows).map { row in
      values.numbers[row * width..<(row + 1) * width].map(Double.init)
    }
    switch width {
    case 1:
      return StretchStage(
        title: title, xs: all.map { $0[0] }, ys: all.map { _ in 0 },
        xName: language(.output, 1))
    case 2:
      return StretchStage(
        title: title, xs: all.map { $0[0] }, ys: all.map { $0[1] },
        xName: language(.output, 1), yName: language(.output, 2))
    default:
      let axes = PrincipalAxes(all.filter { $0.allSatisfy(\.isFinite) }, count: 2)
      let places = all.map { $0.allSatisfy(\.isFinite) ? axes.places(of: $0) : [.nan, .nan] }
      func name(_ index: Int) -> String {
        language(
          .axisOf, index + 1, width, Int(saturating: (100 * axes.shares[index]).rounded()))
      }
      return StretchStage(
        title: title, xs: places.map { $0[0] }, ys: places.map { $0[1] }, xName: name(0),
        yName: name(1))
    }
  }

  /// W = U S Vᵀ: the points after Vᵀ, after S and after U; the shift follows with the layer itself.
  private mutating func addParts(_ parts: PlaneDecomposition, _ title: String) {
    for (name, step) in [
      (Phrase.rotatedByV, parts.right), (.scaledByS, parts.scaling),
      (.rotatedByU, parts.left),
    ] {
      guard let last = stages.last else { return }
      stages.append(
        StretchStage(
          title: "\(title): \(language(name))",
          xs: zip(last.xs, last.ys).map { step[0] * $0 + step[1] * $1 },
          ys: zip(last.xs, last.ys).map { step[2] * $0 + step[3] * $1 }))
    }
  }
}

/// The singular value decomposition W = U S Vᵀ of a two by two matrix; each part row by row.
package struct PlaneDecomposition {
  package let left: [Double]
  package let scaling: [Double]
  package let right: [Double]

  /// U and V from the angles of Blinn (1996): W is a sum of a rotation and a reflection.
  package init(_ w: [Double]) {
    let (e, f) = ((w[0] + w[3]) / 2, (w[0] - w[3]) / 2)
    let (g, h) = ((w[2] + w[1]) / 2, (w[2] - w[1]) / 2)
    let (q, r) = ((e * e + h * h).squareRoot(), (f * f + g * g).squareRoot())
    let (a, b) = (atan2(g, f), atan2(h, e))
    let (beta, gamma) = ((b - a) / 2, (b + a) / 2)
    // A negative determinant makes U a reflection.
    let sign = q - r < 0 ? -1.0 : 1.0
    left = [cos(gamma), -sin(gamma) * sign, sin(gamma), cos(gamma) * sign]
    scaling = [q + r, 0, 0, abs(q - r)]
    right = [cos(beta), -sin(beta), sin(beta), cos(beta)]
  }
}

/// Points of a grid over the plane with its lines.
struct PointGrid {
  /// Two numbers a row.
  private(set) var points: [Float] = []
  /// The points of each line, in order.
  private(set) var lines: [[Int]] = []

  /// Makes `size` by `size` points between the corners.
  init(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, size: Int) {
    func place(_ range: ClosedRange<Double>, _ index: Int) -> Float {
      Float(
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(size - 1))
    }
    for row in 0..<size {
      for column in 0..<size { points += [place(x, column), place(y, row)] }
    }
    lines =
      (0..<size).map { row in (0..<size).map { row * size + $0 } }
      + (0..<size).map { column in (0..<size).map { $0 * size + column } }
  }
}
