public import Drawing
public import Languages
public import Tracking

/// The norms of one network's gradients along its training, for one panel.
public struct GradientCurves: Hashable, Sendable {
  /// What stands above the panel.
  public var title: String
  /// A curve for each parameter of each seed; a curve's group is the parameter.
  public var curves: [CurveSeries]

  /// Makes a panel of curves.
  public init(title: String, curves: [CurveSeries]) {
    self.title = title
    self.curves = curves
  }
}

extension Figure {
  /// Norms of gradients along training, a panel a network, a line a parameter: dark near the input,
  /// light near the output, the mean over seeds with a band around it.
  public static func gradients(
    _ networks: [GradientCurves], axis: Phrase = .axisEpoch, title: String,
    band: SeedBand = .std, style: Style = .light
  ) -> Figure {
    var names: [String] = []
    for curve in networks.flatMap(\.curves) where !names.contains(curve.group) {
      names.append(curve.group)
    }
    func stroke(_ name: String, _ own: [String]) -> Stroke {
      let all = names.count > own.count ? own : names
      return style.series(all.firstIndex(of: name) ?? 0, of: all.count, ordered: true)
    }
    let spread = MeanCurve.Spread(band: band, isLogarithmic: { _ in true })
    let means = networks.map { MeanCurve.all($0.curves, logX: false, spread) }
    let positive = means.joined().flatMap(\.ys).filter { $0.isFinite && $0 > 0 }
    let language = style.language
    let y = Axis(language(.gradientNorm), scale: .log)
    let shared = positive.isEmpty ? nil : y.fitted(to: positive)
    let panels = zip(networks, means).map { network, means -> Panel in
      let own = means.map(\.group)
      var layers: [Layer] = []
      for mean in means where mean.hasBand {
        layers.append(.band(mean.band(color: stroke(mean.group, own).color, opacity: 0.12)))
      }
      for mean in means {
        var line = stroke(mean.group, own)
        if means.count > 12 { line.width = 1.3 }
        layers.append(.line(mean.line(stroke: line)))
        if mean.isLost, let end = mean.end {
          line.marker = .cross
          layers.append(.points(Points(xs: [end.x], ys: [end.y], stroke: line, size: 1.8)))
        }
      }
      var x = Axis(language(axis))
      x.isWhole = axis != .axisTime
      var norms = y
      norms.range = shared
      return Panel(title: network.title, x: x, y: norms, layers: layers)
    }
    return Figure(
      title: title,
      subtitle: Words.means(
        band, isLogarithmic: true,
        over: Words.seeds(means.joined().map(\.seeds), .nounSeed, language), language),
      panels: rows(of: panels),
      legend: gradientLegend(names, networks, style), notes: gradientNotes(networks, language),
      style: style)
  }

  /// The parameters by name where all networks have the same; else what light and dark mean.
  private static func gradientLegend(
    _ names: [String], _ networks: [GradientCurves], _ style: Style
  ) -> [LegendEntry] {
    let areAlike = networks.allSatisfy { network in
      Set(network.curves.map(\.group)).count == names.count
    }
    let heading = LegendEntry(style.language(.weight), .none)
    if areAlike {
      return [heading]
        + names.enumerated().map { index, name in
          LegendEntry(name, .line(style.series(index, of: names.count, ordered: true)))
        }
    }
    return [
      heading, LegendEntry(style.language(.first), .line(style.series(0, of: 3, ordered: true))),
      LegendEntry(style.language(.middle), .line(style.series(1, of: 3, ordered: true))),
      LegendEntry(style.language(.last), .line(style.series(2, of: 3, ordered: true))),
    ]
  }

  private static func gradientNotes(_ networks: [GradientCurves], _ language: Language)
    -> [String]
  {
    var notes: [String] = []
    let all = networks.flatMap(\.curves)
    var diverged = DivergedRuns()
    for network in networks {
      for curve in network.curves {
        diverged.add(RunName(curve), of: network.title, hasDiverged: curve.hasDiverged)
      }
    }
    if diverged.count > 0 {
      let hasCross = networks.contains { network in
        diverged.lost.contains(network.title) && network.curves.contains { !$0.ys.isEmpty }
      }
      notes.append(diverged.leftOut("", lost: hasCross ? [""] : [], language))
    }
    if all.contains(where: { $0.ys.contains(0) }) {
      notes.append(language(.zeroNorm))
    }
    return notes
  }
}
