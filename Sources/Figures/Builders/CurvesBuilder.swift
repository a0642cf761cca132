import Drawing
import Languages
import Tracking

/// Puts a figure of curves together.
struct CurvesBuilder {
  private let options: CurvesOptions
  private let groups: SeriesGroups
  private let details: LineDetails
  private let means: [MeanCurve]
  /// The means of what was measured, where the means are smoothed.
  private let raw: [MeanCurve]
  private let facets: CurveFacets
  private let metrics: [Metric]
  private let diverged: DivergedRuns
  private let scales: CurveScales

  init(_ curves: [CurveSeries], _ options: CurvesOptions) {
    self.options = options
    var diverged = DivergedRuns()
    for curve in curves {
      diverged.add(RunName(curve), of: curve.group, hasDiverged: curve.hasDiverged)
    }
    self.diverged = diverged
    groups = SeriesGroups(
      curves.map(\.group), style: options.style, known: options.known, lost: diverged.lost)
    details = LineDetails(
      curves.map(\.detail), keys: options.details, groups, style: options.style)
    facets = CurveFacets(curves)
    let isSmooth = options.smoothing > 0
    let shown = isSmooth ? curves.map { $0.smoothed(options.smoothing) } : curves
    raw = isSmooth ? MeanCurve.all(curves, logX: options.logX, MeanCurve.Spread()) : []
    var seen: Set<Metric> = []
    metrics = curves.map(\.metric).filter { seen.insert($0).inserted }
    let scales = CurveScales(
      MeanCurve.all(shown, logX: options.logX, MeanCurve.Spread()), asked: options.logY)
    self.scales = scales
    let spread = MeanCurve.Spread(band: options.band, isLogarithmic: scales.isLogarithmic)
    means = MeanCurve.all(shown, logX: options.logX, spread)
  }

  var figure: Figure {
    let panels =
      facets.isSingle
      ? Figure.rows(of: panelMetrics.map { panel($0, row: "", column: "") }) : facetPanels
    return Figure(
      title: options.title, subtitle: subtitle, panels: panels, legend: legend,
      notes: notes, style: options.style)
  }

  /// A row of panels for each row; with columns the metrics of a row stand below each other, and more
  /// columns than there is room for go on in a further row.
  private var facetPanels: [[Panel]] {
    facets.rows.flatMap { row -> [[Panel]] in
      guard facets.columns != [""] else {
        return [panelMetrics.map { panel($0, row: row, column: "") }]
      }
      return panelMetrics.flatMap { metrics in
        Figure.rows(
          of: facets.columns.map { panel(metrics, row: row, column: $0) },
          columns: facets.columns.count <= 5 ? facets.columns.count : 4)
      }
    }
  }

  /// The metrics of each panel: those of one quantity together, unless dashes tell lines apart.
  private var panelMetrics: [[Metric]] {
    if groups.needsDashes(options.style) || details.areDrawn { return metrics.map { [$0] } }
    var panels: [[Metric]] = []
    for metric in metrics {
      if let place = panels.firstIndex(where: { $0.first?.quantity == metric.quantity }) {
        panels[place].append(metric)
      } else {
        panels.append([metric])
      }
    }
    return panels.isEmpty ? [[]] : panels
  }

  /// The parts (`train`, `val`) that dashes tell apart, in the order of the metrics.
  private var dashedParts: [String] {
    var seen: Set<String> = []
    return panelMetrics.filter { $0.count > 1 }.joined().map(\.part)
      .filter { seen.insert($0).inserted }
  }

  private func stroke(_ mean: MeanCurve, of lines: Int) -> Stroke {
    var stroke = details.applied(to: groups.stroke(mean.group), mean.detail)
    if let place = dashedParts.firstIndex(of: mean.metric.part) {
      stroke.dash = Dash.allCases[place % Dash.allCases.count]
    }
    if lines > 12 { stroke.width = min(stroke.width, 1.3) }
    return stroke
  }

  // MARK: A panel

  private func panel(_ metrics: [Metric], row: String, column: String) -> Panel {
    var shown = means.filter {
      metrics.contains($0.metric) && $0.row == row && $0.column == column
    }
    let (y, limit) = yAxis(metrics)
    if let limit {
      for index in shown.indices where shown[index].isLost { shown[index].cut(at: limit) }
    }
    let opacity = max(0.06, min(0.2, 1.6 / Double(max(1, shown.count))))
    var crowd = CrowdedLines()
    var layers: [Layer] = faint(metrics, row, column)
    for mean in shown where mean.hasBand && groups.isAlone(mean.group) {
      let color = stroke(mean, of: shown.count).color
      layers.append(.band(mean.band(color: color, opacity: opacity)))
    }
    var stacked: [Double: Int] = [:]
    var lines: [Layer] = []
    for mean in shown {
      let stroke = stroke(mean, of: shown.count)
      let crosses = mean.isLost ? cross(mean, stroke, y, limit, &stacked) : []
      if groups.isAlone(mean.group) {
        lines += [.line(mean.line(stroke: stroke))] + crosses
      } else {
        crowd.add(mean.line(stroke: stroke))
        crowd.add(crosses)
      }
    }
    layers += crowd.layers + lines + markers(shown)
    var x = Axis(options.axisName, unit: options.axisUnit, scale: options.logX ? .log : .linear)
    x.isWhole = options.isWhole
    return Panel(
      title: [row, column].filter { !$0.isEmpty }.joined(separator: ", "), x: x, y: y,
      layers: layers)
  }

  /// Markers on the lines whose colours are not theirs alone.
  private func markers(_ shown: [MeanCurve]) -> [Layer] {
    guard hasMarkers else { return [] }
    let marked = shown.filter { groups.isAlone($0.group) }
    return marked.enumerated().compactMap { number, mean in
      var stroke = stroke(mean, of: shown.count)
      stroke.dash = .solid
      return mean.markers(stroke: stroke, number: number, of: marked.count)
    }
  }

  private var hasMarkers: Bool { groups.needsMarkers(options.style) }

  /// The axis of some metrics, and where lines of diverged runs leave the panel: curves on their way to
  /// infinity would press all others flat.
  private func yAxis(_ metrics: [Metric]) -> (Axis, limit: Double?) {
    // Panels of one quantity have one range, so that they can be compared.
    let all = (means + raw).filter { metrics.contains($0.metric) }
    let healthy = all.filter { !$0.isLost }
    let range = ValueSpread(healthy.isEmpty ? all : healthy)
    let isLog = metrics.first.map(scales.isLogarithmic) ?? false
    let label =
      metrics.count == 1
      ? language.metric(metrics[0]) : language.quantity(metrics.first?.quantity ?? "")
    var y = Axis(
      label, unit: metrics.first.flatMap { language.unit(of: $0) }, scale: isLog ? .log : .linear)
    if !facets.isSingle {
      y.range = y.fitted(to: (healthy.isEmpty ? all : healthy).flatMap(\.edges))
    }
    guard !healthy.isEmpty, healthy.count < all.count else { return (y, nil) }
    y.range = nil
    let fitted = y.fitted(to: range.values, room: 0.08)
    y.range = fitted
    return (y, fitted.upperBound)
  }

  /// The cross at the end of a line of diverged runs: at the upper edge where all of it is above, those
  /// of several lines at one place below each other.
  private func cross(
    _ mean: MeanCurve, _ line: Stroke, _ y: Axis, _ limit: Double?, _ stacked: inout [Double: Int]
  ) -> [Layer] {
    var stroke = line
    stroke.marker = .cross
    stroke.dash = .solid
    if let end = mean.end {
      return [.points(Points(xs: [end.x], ys: [end.y], stroke: stroke, size: 1.8))]
    }
    guard limit != nil, let range = y.range, let x = mean.exit else { return [] }
    let place = stacked[x, default: 0]
    stacked[x] = place + 1
    let share = max(0, 1 - 0.04 * Double(place))
    return [
      .points(Points(xs: [x], ys: [y.value(at: share, in: range)], stroke: stroke, size: 1.8))
    ]
  }

  /// What was measured, behind the smoothed lines.
  private func faint(_ metrics: [Metric], _ row: String, _ column: String) -> [Layer] {
    var crowd = CrowdedLines()
    var layers: [Layer] = []
    for mean in raw
    where metrics.contains(mean.metric) && mean.row == row && mean.column == column {
      var stroke = groups.stroke(mean.group)
      stroke.color = stroke.color.mixed(with: options.style.background, share: 0.6)
      stroke.width = 0.8
      let line = mean.line(stroke: stroke)
      if groups.isAlone(mean.group) { layers.append(.line(line)) } else { crowd.add(line) }
    }
    return crowd.layers + layers
  }

  // MARK: Words

  private var language: Language { options.style.language }

  private var legend: [LegendEntry] {
    let hasBands = means.contains { $0.hasBand && groups.isAlone($0.group) }
    var entries = groups.legend(heading: options.heading) {
      hasMarkers ? .lineAndMarker($0) : hasBands ? .lineAndBand($0) : .line($0)
    }
    entries += details.legend
    if options.smoothing > 0 {
      let faint = options.style.muted.mixed(with: options.style.background, share: 0.6)
      entries.append(LegendEntry(language(.asMeasured), .line(Stroke(color: faint, width: 0.8))))
    }
    for (index, part) in dashedParts.enumerated() {
      let stroke = Stroke(
        color: options.style.muted, dash: Dash.allCases[index % Dash.allCases.count])
      entries.append(LegendEntry(language.part(part), .line(stroke)))
    }
    return entries
  }

  private var subtitle: String {
    let seeds = Words.seeds(means.map(\.seeds), options.seeds, language)
    let hasBands = means.contains { $0.hasBand && groups.isAlone($0.group) }
    let mean = Words.means(
      hasBands ? options.band : .none, isLogarithmic: isAllLogarithmic, over: seeds, language)
    guard details.isNeeded else { return mean }
    return [language(.lineIsConfiguration), mean].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Whether every band is one of logarithms.
  private var isAllLogarithmic: Bool { metrics.allSatisfy(scales.isLogarithmic) }

  /// Says which bands are of logarithms, where not all are.
  private var bandNote: String? {
    let logarithmic = metrics.filter(scales.isLogarithmic).map { language.metric($0) }
    guard !logarithmic.isEmpty, !isAllLogarithmic, means.contains(where: \.hasBand),
      [.std, .sem, .ci].contains(options.band)
    else { return nil }
    return language(.bandOfLogarithmOf, logarithmic.joined(separator: ", "))
  }

  /// The lines whose runs all diverged, each once; a group whose runs all did by its name alone.
  private var lostLines: [String] {
    var seen: Set<String> = []
    return means.filter(\.isLost).map { mean in
      let group = [options.heading, mean.group].filter { !$0.isEmpty }.joined(separator: " ")
      let isWhole = diverged.lost.contains(mean.group)
      return [mean.group.isEmpty ? "" : group, isWhole ? "" : details.told(mean.detail)]
        .filter { !$0.isEmpty }.joined(separator: ", ")
    }.filter { seen.insert($0).inserted }
  }

  private var notes: [String] {
    var notes = [groups.note(heading: options.heading), bandNote].compactMap { $0 }
    if diverged.count > 0 {
      notes.append(diverged.leftOut(options.heading, lost: lostLines, language))
    }
    if let note = details.note {
      notes.append(note + " " + language(.panelsPartLines))
    }
    let empty = Set(means.filter { $0.end == nil }.map(\.group)).sorted()
    if empty.count > 8 {
      notes.append(language(.noCommonValueIn, empty.count, groups.names.count))
    } else if !empty.isEmpty {
      notes.append(language(.noCommonValue, empty.joined(separator: "; ")))
    }
    if options.smoothing > 0 {
      let b = Axis.text(options.smoothing)
      let rest = Axis.text(((1 - options.smoothing) * 1e12).rounded() / 1e12)
      notes.append(language(.smoothedNote, b, rest))
    }
    let isLogY = metrics.contains(where: scales.isLogarithmic)
    let hidden = means.contains { mean in
      (options.logX && mean.xs.contains { $0 <= 0 }) || (isLogY && mean.ys.contains { $0 <= 0 })
    }
    if hidden { notes.append(language(.noPlaceOnLogarithm)) }
    return notes
  }
}
