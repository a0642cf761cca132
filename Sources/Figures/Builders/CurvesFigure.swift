public import Tracking

/// One metric of one run along its training.
public struct CurveSeries: Hashable, Sendable {
  /// Equal for the seeds of one configuration.
  public var configuration: String
  /// What has a colour and a line in the legend.
  public var group: String
  /// The run's seed.
  public var seed: Int
  /// Whether the run's loss stopped being finite.
  public var hasDiverged: Bool
  /// The row of panels it stands in, such as `model = wide`; empty for the only one.
  public var row = ""
  /// The column of panels it stands in; empty for the only one.
  public var column = ""
  /// What was measured.
  public var metric: Metric
  /// Updates done at each point, by which the seeds of a configuration are matched.
  public var steps: [Int]
  /// The place of each point along the axis.
  public var xs: [Double]
  /// The value of each point.
  public var ys: [Double]

  /// Makes a curve of lists of one length.
  public init(
    configuration: String, group: String, seed: Int, hasDiverged: Bool = false, metric: Metric,
    steps: [Int], xs: [Double], ys: [Double]
  ) {
    precondition(steps.count == xs.count && xs.count == ys.count, "lists of one length")
    self.configuration = configuration
    self.group = group
    self.seed = seed
    self.hasDiverged = hasDiverged
    self.metric = metric
    self.steps = steps
    self.xs = xs
    self.ys = ys
  }
}

/// What a figure of curves says beside the curves.
public struct CurvesOptions: Hashable, Sendable {
  /// The figure's title.
  public var title = ""
  /// What the curves run along.
  public var axisName = "epoch"
  /// Its unit.
  public var axisUnit: String?
  /// Whether the curves run along whole numbers.
  public var isWhole = true
  /// What the groups are, such as `model`.
  public var heading = ""
  /// Whether the horizontal axis is logarithmic.
  public var logX = false
  /// Whether the vertical axes are logarithmic; `nil` decides by the values.
  public var logY: Bool?
  /// How much of the smoothed value before each point keeps, below 1; 0 for none.
  public var smoothing = 0.0
  /// How the figure looks.
  public var style = Style.light

  /// Makes the usual options.
  public init() {}
}

extension Figure {
  /// Curves of metrics: a line for the mean over the seeds of each configuration, a band of one
  /// sample deviation, a colour for each group.
  ///
  /// Metrics of one quantity (`train/loss`, `val/loss`) share a panel with a dash each. A mean is
  /// drawn where all seeds of the configuration have a value. Long curves are thinned out, keeping
  /// minima and maxima. With `smoothing` b each run's curve is smoothed before the mean is taken:
  /// s(t) = b s(t - 1) + (1 - b) y(t), divided by 1 - b^t; the mean of what was measured is faint
  /// behind it.
  public static func curves(_ curves: [CurveSeries], options: CurvesOptions = CurvesOptions())
    -> Figure
  {
    CurvesBuilder(curves, options).figure
  }
}

/// Puts a figure of curves together.
private struct CurvesBuilder {
  private let options: CurvesOptions
  private let groups: SeriesGroups
  private let means: [MeanCurve]
  /// The means of what was measured, where the means are smoothed.
  private let raw: [MeanCurve]
  private let facets: CurveFacets
  private let metrics: [Metric]
  private let curves: [CurveSeries]

  init(_ curves: [CurveSeries], _ options: CurvesOptions) {
    self.curves = curves
    self.options = options
    groups = SeriesGroups(curves.map(\.group), style: options.style)
    facets = CurveFacets(curves)
    let isSmooth = options.smoothing > 0
    means = MeanCurve.all(
      isSmooth ? curves.map { $0.smoothed(options.smoothing) } : curves, logX: options.logX)
    raw = isSmooth ? MeanCurve.all(curves, logX: options.logX) : []
    var seen: Set<Metric> = []
    metrics = curves.map(\.metric).filter { seen.insert($0).inserted }
  }

  var figure: Figure {
    let panels =
      facets.isSingle
      ? Figure.rows(of: panelMetrics.map { panel($0, row: "", column: "") }) : facetPanels
    return Figure(
      title: options.title, subtitle: subtitle, panels: panels, legend: legend,
      notes: notes, style: options.style)
  }

  /// A row of panels for each row; with columns the metrics of a row stand below each other.
  private var facetPanels: [[Panel]] {
    facets.rows.flatMap { row -> [[Panel]] in
      guard facets.columns != [""] else {
        return [panelMetrics.map { panel($0, row: row, column: "") }]
      }
      return panelMetrics.map { metrics in
        facets.columns.map { panel(metrics, row: row, column: $0) }
      }
    }
  }

  /// The metrics of each panel: those of one quantity together, unless dashes tell groups apart.
  private var panelMetrics: [[Metric]] {
    let needsDashes = !groups.isOrdered && groups.names.count > options.style.palette.count
    if needsDashes { return metrics.map { [$0] } }
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

  private func dash(_ metric: Metric) -> Dash? {
    guard let place = dashedParts.firstIndex(of: metric.part) else { return nil }
    return Dash.allCases[place % Dash.allCases.count]
  }

  private func panel(_ metrics: [Metric], row: String, column: String) -> Panel {
    let all = (means + raw).filter { metrics.contains($0.metric) }
    var shown = means.filter {
      metrics.contains($0.metric) && $0.row == row && $0.column == column
    }
    // Panels of one quantity have one range, so that they can be compared.
    let healthy = all.filter { $0.diverged == 0 }
    let range = ValueSpread(healthy.isEmpty ? all : healthy)
    let isAccuracy = metrics.first?.isHigherBetter == true
    let isLog = options.logY ?? (!isAccuracy && range.isWide)
    let label = metrics.count == 1 ? metrics[0].name : metrics.first?.quantity ?? ""
    var y = Axis(label, unit: metrics.first?.unit, scale: isLog ? .log : .linear)
    // Curves on their way to infinity would press all others flat: they leave the panel instead.
    let isCut = !healthy.isEmpty && healthy.count < all.count
    if !facets.isSingle {
      y.range = y.fitted(to: (healthy.isEmpty ? all : healthy).flatMap(\.edges))
    }
    if isCut {
      y.range = nil
      let fitted = y.fitted(to: range.values, room: 0.08)
      y.range = fitted
      for index in shown.indices where shown[index].diverged > 0 {
        shown[index].cut(at: fitted.upperBound)
      }
    }
    let opacity = max(0.06, min(0.2, 1.6 / Double(max(1, shown.count))))
    var layers: [Layer] = faint(metrics, row, column)
    for mean in shown where mean.hasBand {
      let color = groups.stroke(mean.group).color
      layers.append(.band(mean.band(color: color, opacity: opacity)))
    }
    for mean in shown {
      var stroke = groups.stroke(mean.group)
      if let dash = dash(mean.metric) { stroke.dash = dash }
      if shown.count > 12 { stroke.width = 1.3 }
      layers.append(.line(mean.line(stroke: stroke)))
      if mean.diverged > 0, let end = mean.end {
        stroke.marker = .cross
        layers.append(.points(Points(xs: [end.x], ys: [end.y], stroke: stroke, size: 1.8)))
      }
    }
    var x = Axis(options.axisName, unit: options.axisUnit, scale: options.logX ? .log : .linear)
    x.isWhole = options.isWhole
    return Panel(
      title: [row, column].filter { !$0.isEmpty }.joined(separator: ", "), x: x, y: y,
      layers: layers)
  }

  /// What was measured, behind the smoothed lines.
  private func faint(_ metrics: [Metric], _ row: String, _ column: String) -> [Layer] {
    raw.filter { metrics.contains($0.metric) && $0.row == row && $0.column == column }.map {
      var stroke = groups.stroke($0.group)
      stroke.color = stroke.color.mixed(with: options.style.background, share: 0.6)
      stroke.width = 0.8
      return .line($0.line(stroke: stroke))
    }
  }

  private var legend: [LegendEntry] {
    let hasBands = means.contains(where: \.hasBand)
    var entries = groups.legend(heading: options.heading) {
      hasBands ? .lineAndBand($0) : .line($0)
    }
    for (index, part) in dashedParts.enumerated() {
      let stroke = Stroke(
        color: options.style.muted, dash: Dash.allCases[index % Dash.allCases.count])
      entries.append(LegendEntry(part, .line(stroke)))
    }
    return entries
  }

  private var subtitle: String {
    let seeds = Words.seeds(means.map(\.seeds))
    return seeds.isEmpty ? "" : "mean ± one deviation over \(seeds)"
  }

  private var notes: [String] {
    var notes: [String] = []
    let runs = Set(curves.map { RunName($0) })
    let diverged = Set(curves.filter(\.hasDiverged).map { RunName($0) })
    if !diverged.isEmpty {
      notes.append(
        "\(diverged.count) of \(Words.count(runs.count, "run")) diverged; the line of such a"
          + " configuration ends at a cross.")
    }
    let empty = Set(means.filter { $0.end == nil }.map(\.group)).sorted()
    if !empty.isEmpty {
      notes.append("No value that all seeds have: \(empty.joined(separator: "; ")).")
    }
    if options.smoothing > 0 {
      let b = Axis.text(options.smoothing)
      let rest = Axis.text(((1 - options.smoothing) * 1e12).rounded() / 1e12)
      notes.append(
        "Smoothed: s(t) = \(b) s(t - 1) + \(rest) y(t), divided by 1 - \(b)^t; the mean of what was"
          + " measured is faint behind.")
    }
    let isLogY = options.logY == true
    let hidden = means.contains { mean in
      (options.logX && mean.xs.contains { $0 <= 0 }) || (isLogY && mean.ys.contains { $0 <= 0 })
    }
    if hidden { notes.append("Values of zero or less have no place on a logarithmic axis.") }
    return notes
  }
}
