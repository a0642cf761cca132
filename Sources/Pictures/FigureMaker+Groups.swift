package import Experiments
import Languages
import Results
import RunStorage
package import Runs
package import Tracking

extension FigureMaker {
  /// The names of a key's groups in all sweeps of the notebook, in the order of the file; of the models
  /// without one.
  package func known(by key: SweepKey?, facets: [SweepKey] = []) -> [String] {
    let heading = sweep.legend(by: key, facets: facets).heading
    return peers.flatMap { peer -> [String] in
      let legend = peer.legend(by: key, facets: facets)
      return legend.heading == heading ? legend.groups.map(\.name) : []
    }.uniqued
  }

  /// A group's name without what was added to it.
  package func plainName(_ told: String) -> String {
    told.replacing(language(.allDiverged, ""), with: "")
  }

  /// Whether a greater value of a metric is better.
  package func isHigherBetter(_ metric: Metric) -> Bool {
    (try? sweep.direction(of: metric)).map { $0 == .maximize } ?? metric.isHigherBetter
  }

  /// A maker of the best groups alone, and what is to be said of the others.
  ///
  /// - Parameter most: how many groups a figure of the kind has where the cell says nothing.
  package func limited(
    _ cell: PlotCell, most: Int?
  ) throws -> (maker: FigureMaker, notes: [String]) {
    guard let top = cell.look.top ?? most, !(cell.plot is ImportancePlot) else { return (self, []) }
    let (what, groups) = groups(of: cell)
    guard groups.count > top else { return (self, []) }
    let kept = try best(groups, top, by: metric(of: cell), isAsked: cell.look.top != nil)
    let note =
      cell.look.top != nil
      ? language(.bestDrawn, top, groups.count, what, language.metric(metric(of: cell)))
      : language(.firstDrawnTop, top, groups.count, what)
    let points = groups.indices.filter(kept.contains).flatMap { groups[$0] }
    let view = sweep.only(points)
    return (FigureMaker(view, in: store, library: library, peers: peers), [note])
  }

  /// What a cell ranks its groups by.
  private func metric(of cell: PlotCell) -> Metric {
    switch cell.plot {
    case let plot as FinalPlot: plot.metric
    case let plot as ParallelPlot: plot.metric
    default: sweep.objective.metric
    }
  }

  /// The groups of a cell with what they are, in the plural.
  private func groups(of cell: PlotCell) -> (what: String, groups: [[SweepView.Point]]) {
    if let key = cell.plot.by {
      return (language(.valuesOf, language.key(key.label)), sweep.groups(by: key).map(\.points))
    }
    if type(of: cell.plot).looksIntoNetworks {
      return (language(.models), sweep.modelGroups.map(\.points))
    }
    return (language(.configurations), sweep.points.map { [$0] })
  }

  /// The places of the best groups by their best configuration; of the first ones where nobody asked for
  /// the best.
  private func best(
    _ groups: [[SweepView.Point]], _ count: Int, by metric: Metric, isAsked: Bool
  ) throws -> Set<Int> {
    guard isAsked, sweep.hasResult else { return Set(0..<count) }
    var places: [String: Int] = [:]
    for (place, points) in groups.enumerated() {
      for point in points {
        places[point.configuration.key, default: place] = min(
          place, places[point.configuration.key] ?? place)
      }
    }
    var found: [Int] = []
    for point in try sweep.ranked(groups.flatMap { $0 }, by: metric, .best) {
      if let place = places[point.configuration.key], !found.contains(place) { found.append(place) }
    }
    return Set(found.prefix(count))
  }
}
