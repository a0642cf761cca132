import Drawing
import Languages

/// What the networks of one model say over an interval, for one panel.
public struct FitModel: Hashable, Sendable {
  /// What stands above the panel.
  public var title: String
  /// Where the networks were asked.
  public var xs: [Double]
  /// What each network says there, one list a network.
  public var predictions: [[Double]]
  /// Which colour it takes; `nil` for the panel's own.
  public var colorIndex: Int?

  /// Makes a panel of an ensemble's predictions.
  public init(title: String, xs: [Double], predictions: [[Double]]) {
    precondition(predictions.allSatisfy { $0.count == xs.count }, "a value for every x")
    self.title = title
    self.xs = xs
    self.predictions = predictions
  }
}

/// What a figure of fitted curves says beside them.
public struct FitOptions: Hashable, Sendable {
  /// The figure's title.
  public var title = ""
  /// The name of the input.
  public var xName = "x"
  /// The name of the target.
  public var yName = "y"
  /// How many deviations the band reaches from the mean.
  public var factor = 1.0
  /// How the figure looks.
  public var style = Style.light

  /// Makes the usual options.
  public init() {}
}

extension Figure {
  /// A regression of one input: the data, every network of each model as a thin line, their mean and
  /// a band of one sample deviation.
  ///
  /// Where the interval reaches beyond the data, dotted lines stand at the data's ends.
  public static func fit(
    _ models: [FitModel], data: (xs: [Double], ys: [Double]), options: FitOptions = FitOptions()
  ) -> Figure {
    let style = options.style
    let shared = fittedRange(models, data.ys)
    let panels = models.enumerated().map { index, model in
      let stroke = style.series(model.colorIndex ?? index, of: models.count)
      var layers: [Layer] = dataEnds(model, data.xs, style)
      let ensemble = Ensemble(model, factor: options.factor)
      if model.predictions.count > 1 {
        layers.append(
          .band(
            Band(
              xs: model.xs, lower: ensemble.lower, upper: ensemble.upper, color: stroke.color,
              opacity: 0.2)))
      }
      layers.append(
        .points(
          Points(
            xs: data.xs, ys: data.ys,
            stroke: Stroke(color: style.muted, marker: .disc, opacity: 0.75),
            size: data.xs.count > 300 ? 0.5 : 0.8)))
      if model.predictions.count > 1 {
        for values in model.predictions {
          layers.append(
            .line(
              Line(
                xs: model.xs, ys: values,
                stroke: Stroke(color: stroke.color, width: 0.8, opacity: 0.65))))
        }
      }
      layers.append(
        .line(
          Line(
            xs: model.xs, ys: ensemble.means, stroke: Stroke(color: stroke.color, width: 2.4))))
      return Panel(
        title: model.title, x: Axis(options.xName), y: Axis(options.yName, range: shared),
        layers: layers)
    }
    let counts = models.map(\.predictions.count)
    let language = style.language
    let networks = Words.seeds(counts, .nounNetwork, language)
    return Figure(
      title: options.title,
      subtitle: networks.isEmpty
        ? "" : language(.fitMeans, deviations(options.factor, language), networks),
      panels: rows(of: panels), legend: fitLegend(models, panels, options), style: style)
  }

  private static func fitLegend(
    _ models: [FitModel], _ panels: [Panel], _ options: FitOptions
  ) -> [LegendEntry] {
    let style = options.style
    let language = style.language
    var entries = [LegendEntry(language(.dataLegend), .marker(Stroke(color: style.muted)))]
    let hasEnsembles = models.contains { $0.predictions.count > 1 }
    let lines = Stroke(color: style.text, width: 2.4)
    entries.append(
      LegendEntry(language(hasEnsembles ? .meanLegend : .predictionLegend), .line(lines)))
    if hasEnsembles {
      entries.append(
        LegendEntry(
          language(.aNetwork), .line(Stroke(color: style.text, width: 0.8, opacity: 0.65))))
      entries.append(
        LegendEntry(
          "± \(deviations(options.factor, language))",
          .box(style.text.mixed(with: style.background, share: 0.8))))
    }
    let hasEnds = panels.contains {
      $0.layers.contains { if case .rule = $0 { true } else { false } }
    }
    if hasEnds {
      let dotted = Stroke(color: style.muted, width: 1, dash: .dotted)
      entries.append(LegendEntry(language(.endsOfData), .line(dotted)))
    }
    return entries
  }

  private static func deviations(_ factor: Double, _ language: Language) -> String {
    factor == 1 ? language(.oneDeviation) : language(.deviations, Axis.text(factor))
  }

  /// One range for all panels, so that they can be compared; nothing finite gives none.
  private static func fittedRange(_ models: [FitModel], _ ys: [Double]) -> ClosedRange<Double>? {
    let values = ys + models.flatMap { $0.predictions.flatMap { $0 } }
    guard values.contains(where: \.isFinite) else { return nil }
    return Axis("").fitted(to: values)
  }

  private static func dataEnds(_ model: FitModel, _ xs: [Double], _ style: Style) -> [Layer] {
    let finite = xs.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max(), let first = model.xs.first,
      let last = model.xs.last
    else { return [] }
    let room = (most - least) * 0.05
    let stroke = Stroke(color: style.muted, width: 1, dash: .dotted)
    var rules: [Layer] = []
    if first < least - room { rules.append(.rule(Rule(.x(least), stroke: stroke))) }
    if last > most + room { rules.append(.rule(Rule(.x(most), stroke: stroke))) }
    return rules
  }
}

/// Mean and deviation of an ensemble at each x.
private struct Ensemble {
  let means: [Double]
  let lower: [Double]
  let upper: [Double]

  init(_ model: FitModel, factor: Double) {
    let count = Double(model.predictions.count)
    let means = model.xs.indices.map { index in
      model.predictions.reduce(0) { $0 + $1[index] } / max(1, count)
    }
    let deviations = model.xs.indices.map { index -> Double in
      guard count > 1 else { return 0 }
      let squares = model.predictions.reduce(0) { sum, values in
        sum + (values[index] - means[index]) * (values[index] - means[index])
      }
      return factor * (squares / (count - 1)).squareRoot()
    }
    self.means = means
    lower = zip(means, deviations).map { $0 - $1 }
    upper = zip(means, deviations).map { $0 + $1 }
  }
}
