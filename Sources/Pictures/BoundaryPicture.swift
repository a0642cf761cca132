import Datasets
package import Experiments
import Figures
import Foundation
import Languages
import NeuralNet
import Results
import Runs
import TensorKernels
import Tracking

extension BoundaryPlot: SweepPicture {
  /// So many have a panel each.
  package static var mostGroups: Int? { 24 }
  package static var mostNarrowGroups: Int? { 18 }

  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.boundary(self, cell)
  }
}

extension FigureMaker {
  /// Points of a grid along each axis: fewer where many panels share a picture.
  static func gridSize(panels: Int) -> Int {
    max(90, min(240, Int(480 / Double(max(1, panels)).squareRoot())))
  }

  /// Decision regions of the first network of every group.
  func boundary(_ plot: BoundaryPlot, _ cell: PlotCell) throws -> Painting {
    let asked = try networks(
      by: plot.by, best: plot.metric, firstOnly: true, moments: plot.frames)
    guard let first = asked.first, let names = first.data.classNames, first.data.shape.features == 2
    else { throw LabbookError.input("a boundary needs data of two features and classes") }
    var options = BoundaryOptions(classNames: names)
    options.title = title(cell, language(.titleBoundary))
    let groups = plot.by.map { sweep.groups(by: $0).count } ?? sweep.modelGroups.count
    let which = sweep.points.count > groups ? language(.bestFirstSeed) : ""
    options.subtitle =
      plot.frames == [.end]
      ? [which, language(.afterLastUpdate)].filter { !$0.isEmpty }.joined(separator: ", ")
      : which
    options.columns = plot.frames.count > 1 ? plot.frames.count : nil
    let columns = first.data.shape.columnNames
    options.xName = columns.first ?? "x"
    options.yName = columns.last ?? "y"
    let shown = asked.map(\.group)
    let size = Self.gridSize(panels: asked.count)
    let models =
      asked.compactMap { network in
        network.networks.first.map { BoundaryModel.asked($0, network, size) }
      } + (try lostModels(plot, shown: shown))
    var notes = LeftRuns.notes(asked, language) + lostNotes(by: plot.by, shown: shown)
    if asked.count < groups * plot.frames.count, plot.frames != [.end] {
      notes.append(missingFrames)
    }
    let moments = plot.isAnimated ? moments(asked, models, plot.frames, shown) : []
    let words = plot.frames.map { $0.title(language) }.joined(separator: ", ")
    let movement = language(.movesThrough, words)
    return { [options, notes] style in
      var options = options
      options.style = style
      guard !moments.isEmpty else {
        return Figure.boundary(models, options: options).noted(notes)
      }
      options.columns = nil
      return Figure(
        moving: moments.map { Figure.boundary($0, options: options) }, note: movement
      ).noted(notes)
    }
  }
}

extension FigureMaker {
  /// The panels of each moment: a network that kept no weights of one stands as it was before.
  private func moments(
    _ asked: [AskedNetworks], _ models: [BoundaryModel], _ frames: [TrainingMoment],
    _ shown: [String]
  ) -> [[BoundaryModel]] {
    let told = zip(asked, models).map { (group: $0.group, moment: $0.moment, model: $1) }
    return frames.indices.map { place in
      shown.uniqued.compactMap { group in
        frames[...place].reversed().lazy.compactMap { moment in
          told.first { $0.group == group && $0.moment == moment }?.model
        }.first ?? told.first { $0.group == group }?.model
      }
    }
  }

  /// The data alone for each group whose runs all diverged.
  private func lostModels(_ plot: BoundaryPlot, shown: [String]) throws -> [BoundaryModel] {
    guard plot.frames == [.end] else { return [] }
    return try lostGroups(by: plot.by).filter { !shown.contains($0.told(language)) }.compactMap {
      group in
      guard let configuration = try group.points.first?.configuration.network() else { return nil }
      return BoundaryModel.data(try prepare(configuration), title: group.told(language))
    }
  }

  /// Says that runs have not kept all the weights that frames are drawn from.
  private var missingFrames: String {
    language(.framesMissing, "labbook run FILE --fresh --only '\(sweep.name)'")
  }
}

extension BoundaryModel {
  /// What a network says around its training data.
  ///
  /// - Parameter size: points of the grid along each axis.
  static func asked(
    _ network: Predictor, _ asked: AskedNetworks, _ size: Int
  ) -> BoundaryModel {
    var model = data(asked.data, title: asked.title)
    model.grid = grid(
      network, asked, model.grid.xRange, model.grid.yRange, size)
    return model
  }

  /// Training data that no network says anything about.
  static func data(_ data: PreparedData, title: String) -> BoundaryModel {
    let rows = (0..<data.train.rows).map { row in
      data.train.row(row).enumerated().map { data.transform.denormalized($1, column: $0) }
    }
    let xs = rows.map { $0[0] }
    let ys = rows.map { $0[1] }
    let xRange = Axis("").fitted(to: xs, room: 0.08)
    let yRange = Axis("").fitted(to: ys, room: 0.08)
    var classes = [Int](repeating: 0, count: rows.count)
    if case .classes(let labels, _) = data.train.targets {
      classes = labels.elements.map { Int($0) }
    }
    return BoundaryModel(
      title: title,
      grid: DecisionGrid(xRange: xRange, yRange: yRange, width: 0, height: 0, classes: []),
      points: ClassPoints(xs: xs, ys: ys, classes: classes))
  }

  private static func grid(
    _ network: Predictor, _ asked: AskedNetworks, _ xRange: ClosedRange<Double>,
    _ yRange: ClosedRange<Double>, _ size: Int
  ) -> DecisionGrid {
    let loss = asked.configuration.train.loss
    func place(_ range: ClosedRange<Double>, _ index: Int) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(size - 1)
    }
    let transform = asked.data.transform
    let columns = (0..<size).map { transform.normalized(place(xRange, $0), column: 0) }
    var inputs: [Float] = []
    inputs.reserveCapacity(2 * size * size)
    for row in 0..<size {
      let y = transform.normalized(place(yRange, row), column: 1)
      for x in columns {
        inputs.append(x)
        inputs.append(y)
      }
    }
    let reading = OutputReading(
      loss: loss, classes: asked.data.shape.classes, outputs: network.outputCount)
    let decisions = Decisions(network.outputs(inputs), width: network.outputCount, reading)
    return DecisionGrid(
      xRange: xRange, yRange: yRange, width: size, height: size, classes: decisions.classes,
      confidence: decisions.confidence)
  }
}

/// The class that each row of a network's outputs speaks for.
struct Decisions {
  private(set) var classes: [Int] = []
  /// How sure the network is, 0 to 1; empty where its outputs are no probabilities.
  private(set) var confidence: [Double] = []

  /// Reads rows of `width` outputs.
  init(_ outputs: [Float], width: Int, _ reading: OutputReading) {
    for start in stride(from: 0, to: outputs.count, by: width) {
      let row = outputs[start..<start + width]
      classes.append(reading.decision(row) ?? 0)
      if let share = reading.confidence(row) { confidence.append(share) }
    }
  }
}
