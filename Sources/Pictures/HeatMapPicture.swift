package import Experiments
import Figures
import Languages
import Results
import RunStorage
import Runs
import Tracking

extension HeatMapPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.heatMap(self, cell)
  }
}

extension FigureMaker {
  /// The mean of a metric over two keys.
  package func heatMap(_ plot: HeatMapPlot, _ cell: PlotCell) throws -> Painting {
    let metric = plot.metric
    let further = furtherAxes(of: [plot.x, plot.y])
    let values = sweep.points.flatMap {
      self.values(of: $0, metric, plot.value, further.replicate, group: "", x: plot.x, y: plot.y)
    }
    guard values.contains(where: { $0.value != nil || $0.hasDiverged }) else {
      throw try noValues([metric])
    }
    var options = SweepOptions(metric, plot.x, plot.log, plot.value, language)
    say(plot.value, further, in: &options)
    options.yName = language.key(plot.y.label)
    options.isHigherBetter = isHigherBetter(metric)
    options.title = title(
      cell,
      language(
        .overBoth, language.metric(metric), language.key(plot.x.label),
        language.key(plot.y.label)))
    return { [options] style in
      var options = options
      options.style = style
      return Figure.heatMap(values, options: options)
    }
  }
}
