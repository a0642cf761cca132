package import Datasets
package import Experiments
import Figures
import Languages
import NeuralNet
import TensorKernels
import Tracking

extension FitPlot: SweepPicture {
  /// So many have a panel each.
  package static var mostGroups: Int? { 24 }
  package static var mostNarrowGroups: Int? { 12 }

  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.fit(self, cell)
  }
}

extension FigureMaker {
  /// Every network of the ensembles of every group over an interval.
  package func fit(_ plot: FitPlot, _ cell: PlotCell) throws -> Painting {
    let asked = try networks(
      by: plot.by, best: plot.metric, firstOnly: false, moments: plot.moments)
    guard let first = asked.first, first.data.shape.features == 1, first.data.shape.values != nil
    else { throw LabbookError.input("a fit needs data of one feature and a number to predict") }
    let points = first.data.train.plotted(first.data)
    let range = plot.range ?? Axis("").fitted(to: points.xs, room: 0.02)
    let count = 400
    let step = (range.upperBound - range.lowerBound) / Double(count - 1)
    let xs = (0..<count).map { range.lowerBound + step * Double($0) }
    let names = known(by: plot.by)
    let models = asked.enumerated().map { index, network in
      let inputs = xs.map { network.data.transform.normalized($0, column: 0) }
      let predictions = network.networks.map { predictor in
        let width = predictor.outputCount
        let outputs = predictor.outputs(inputs)
        return xs.indices.map {
          network.data.targetTransform.undone(Double(outputs[$0 * width]), column: 0)
        }
      }
      var model = FitModel(title: network.title, xs: xs, predictions: predictions)
      model.colorIndex =
        names.firstIndex(of: plainName(network.group)) ?? index / plot.moments.count
      return model
    }
    var options = FitOptions()
    options.title = title(cell, language(.titleFit))
    options.factor = plot.factor
    options.xName = first.data.shape.columnNames.first ?? "x"
    if case .values(let names) = first.data.shape.target { options.yName = names.first ?? "y" }
    let notes = LeftRuns.notes(asked, language) + lostNotes(by: plot.by, shown: asked.map(\.group))
    return { [options] style in
      var options = options
      options.style = style
      var figure = Figure.fit(models, data: points, options: options)
      figure.notes += notes
      return figure
    }
  }
}

extension Dataset {
  /// The rows of one feature with their target, in the data's own units.
  package func plotted(_ data: PreparedData) -> (xs: [Double], ys: [Double]) {
    guard case .values(let values, let width) = targets else { return ([], []) }
    return (
      (0..<rows).map { data.transform.denormalized(row($0)[0], column: 0) },
      (0..<rows).map {
        data.targetTransform.undone(Double(values.elements[$0 * width]), column: 0)
      }
    )
  }
}
