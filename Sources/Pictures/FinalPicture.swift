package import Experiments
package import Figures
package import Languages
package import Results
import RunStorage
package import Runs
package import Tracking

extension FinalPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.final(self, cell)
  }
}

extension FigureMaker {
  /// A line a group, from the runs' final or best values.
  package func final(_ plot: FinalPlot, _ cell: PlotCell) throws -> Painting {
    let metric = plot.metric
    let x = plot.x
    let groups = plot.by.map { sweep.groups(by: $0) } ?? [sweep.whole]
    let further = furtherAxes(of: [x, plot.by].compactMap { $0 })
    let values: [SweepValue] = groups.flatMap { group in
      group.points.flatMap {
        self.values(of: $0, metric, plot.value, further.replicate, group: group.name, x: x, y: nil)
      }
    }
    guard values.contains(where: { $0.value != nil || $0.hasDiverged }) else {
      throw try noValues([metric])
    }
    var options = SweepOptions(metric, x, plot.log, plot.value, language)
    options.band = cell.look.band ?? .std
    options.known = plot.by.map { known(by: $0) } ?? []
    options.isHigherBetter = isHigherBetter(metric)
    say(plot.value, further, in: &options)
    options.title = title(
      cell, language(.against, language.metric(metric), language.key(x.label)))
    options.heading = plot.by.map { language.key($0.label) } ?? ""
    return { [options] style in
      var options = options
      options.style = style
      return Figure.final(values, options: options)
    }
  }

  /// In what combinations differ that share a place of a figure.
  package func furtherAxes(of keys: [SweepKey]) -> FurtherAxes {
    FurtherAxes(within: sweep.groups(by: SweepKey(all: keys)))
  }

  /// Says which of the runs' values a figure shows, and over what it takes them together.
  package func say(
    _ which: MetricValue, _ further: FurtherAxes, in options: inout SweepOptions
  ) {
    options.notes = [
      sweep.objective.sentence(of: which, language), further.pooledSentence(language),
    ].compactMap { $0 }
    options.seeds = further.replicate.noun
  }

  /// The results of one combination's runs; those without a result are left out.
  package func values(
    of point: SweepView.Point, _ metric: Metric, _ which: MetricValue, _ replicate: Replicate,
    group: String, x: SweepKey, y: SweepKey?
  ) -> [SweepValue] {
    guard let place = point.value(x) else { return [] }
    guard let row = y == nil ? .off : y.flatMap(point.value) else { return [] }
    return point.runs.filter(\.status.isResult).map { run in
      SweepValue(
        x: place, y: row, group: group, seed: replicate.number(of: run, at: point),
        value: run.value(of: metric, which),
        hasDiverged: run.status == .diverged)
    }
  }
}

extension SweepOptions {
  /// The options that figures of final values have in common.
  package init(
    _ metric: Metric, _ x: SweepKey, _ log: LogAxes, _ value: MetricValue, _ language: Language
  ) {
    self.init(metric: metric, xName: language.key(x.label))
    isBest = value == .best
    // `log: y` says nothing of x, which goes by its values.
    logX = log.x == false && log.y == true ? nil : log.x
    logY = log.y
  }
}
