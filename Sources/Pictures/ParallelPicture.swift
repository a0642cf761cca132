package import Experiments
import Figures
import Languages
import Results
import RunStorage
import Runs
import Tracking

extension ParallelPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.parallel(self, cell)
  }
}

extension FigureMaker {
  /// A line a configuration, from the mean over its runs.
  package func parallel(_ plot: ParallelPlot, _ cell: PlotCell) throws -> Painting {
    let axes = plot.axes.isEmpty ? subject.axes : plot.axes
    var seen: Set<[String]> = []
    let lines = sweep.points.compactMap { point -> ParallelLine? in
      let runs = point.runs.filter(\.status.isResult)
      let values = axes.map(point.value)
      let name = [point.configuration.key] + values.map { $0?.display ?? "" }
      guard !runs.isEmpty, seen.insert(name).inserted else { return nil }
      let known = RunGroup(runs: runs).values(of: plot.metric, plot.value).filter(\.isFinite)
      return ParallelLine(
        values: values, metric: SeedStatistics(known)?.mean,
        hasDiverged: runs.contains { $0.status == .diverged })
    }
    guard lines.contains(where: { $0.metric != nil || $0.hasDiverged }) else {
      throw try noValues([plot.metric])
    }
    var options = SweepOptions(metric: plot.metric, xName: "")
    options.isBest = plot.value == .best
    options.notes = [sweep.objective.sentence(of: plot.value, language)]
    options.logX = plot.log.x == false && plot.log.y == true ? nil : plot.log.x
    options.logY = plot.log.y
    options.isHigherBetter = isHigherBetter(plot.metric)
    options.title = title(
      cell, language(.ofEveryConfiguration, language.metric(plot.metric)))
    let most = sweep.points.map(\.runs.count).max() ?? 0
    let runs = language.counted(most, sweep.hasFolds ? .nounRun : .nounSeed)
    options.subtitle = most > 1 ? language(.lineIsMean, runs) : ""
    let keys = axes.map { language.key($0.label) }
    return { [options] style in
      var options = options
      options.style = style
      return Figure.parallel(lines, keys: keys, options: options)
    }
  }
}
