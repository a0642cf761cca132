import Foundation
public import Languages

/// The loss over the rising rate of a range test, a panel a network.
public struct RateRangeFigure {
  /// One network's test.
  public struct Test: Hashable, Sendable {
    /// The network's name.
    public var name: String
    /// The rate of each update.
    public var rates: [Double]
    /// The loss of each update.
    public var losses: [Double]
    /// The smoothed loss of each update.
    public var smoothed: [Double]
    /// The rates to be marked: the one suggested, where the loss falls fastest, where it is least.
    public var marks: (suggested: Double, steepest: Double, minimum: Double)?

    /// Makes a test of its curves.
    public init(
      name: String, rates: [Double], losses: [Double], smoothed: [Double],
      marks: (suggested: Double, steepest: Double, minimum: Double)?
    ) {
      self.name = name
      self.rates = rates
      self.losses = losses
      self.smoothed = smoothed
      self.marks = marks
    }

    /// Whether two tests are alike in everything.
    public static func == (a: Test, b: Test) -> Bool {
      a.name == b.name && a.rates == b.rates && a.losses == b.losses && a.smoothed == b.smoothed
        && a.marks.map { [$0.suggested, $0.steepest, $0.minimum] }
          == b.marks.map { [$0.suggested, $0.steepest, $0.minimum] }
    }

    /// Hashes the name and the curve.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(smoothed)
    }
  }

  /// The figure of some tests.
  ///
  /// - Parameters:
  ///   - title: what stands above it.
  ///   - seeds: over how many seeds the curves are means.
  public static func figure(
    _ tests: [Test], title: String, seeds: Int, language: Language = .english
  ) -> Figure {
    var style = Style.light
    style.language = language
    let columns = tests.count > 3 ? 3 : max(1, tests.count)
    let panels = tests.map { [style] in panel($0, style, isAlone: tests.count == 1) }
    let rows = stride(from: 0, to: panels.count, by: columns).map {
      Array(panels[$0..<min($0 + columns, panels.count)])
    }
    let smooth = style.series(0, of: 3)
    return Figure(
      title: title,
      subtitle: seeds > 1 ? language(.rateRisesMeans, seeds) : language(.rateRises),
      panels: rows,
      legend: [
        LegendEntry(language(.smoothed), .line(smooth)),
        LegendEntry(language(.eachBatch), .line(faint(style))),
        LegendEntry(language(.suggested), .line(suggested(style))),
        LegendEntry(language(.fallsFastest), .line(steepest(style))),
        LegendEntry(language(.least), .line(minimum(style))),
      ], style: style)
  }

  private static func panel(_ test: Test, _ style: Style, isAlone: Bool) -> Panel {
    var layers: [Layer] = [
      .line(Line(xs: test.rates, ys: test.losses, stroke: faint(style))),
      .line(Line(xs: test.rates, ys: test.smoothed, stroke: style.series(0, of: 3))),
    ]
    if let marks = test.marks {
      layers.append(.rule(Rule(.x(marks.minimum), stroke: minimum(style))))
      layers.append(.rule(Rule(.x(marks.steepest), stroke: steepest(style))))
      layers.append(.rule(Rule(.x(marks.suggested), stroke: suggested(style))))
    }
    return Panel(
      title: isAlone ? "" : test.name, x: Axis(style.language(.learningRate), scale: .log),
      y: Axis(style.language(.trainingLoss), range: range(test)), layers: layers)
  }

  /// From the least loss to a little above what the curve begins with: where it explodes says nothing.
  private static func range(_ test: Test) -> ClosedRange<Double>? {
    let finite = test.smoothed.filter(\.isFinite)
    guard let least = finite.min(), let first = finite.first else { return nil }
    let top = max(first, least + 1e-9) * 1.3 - least * 0.3
    let margin = (top - least) * 0.06
    return (least - margin)...top
  }

  private static func faint(_ style: Style) -> Stroke {
    Stroke(color: style.series(0, of: 3).color, width: 0.8, opacity: 0.3)
  }

  private static func suggested(_ style: Style) -> Stroke { style.series(2, of: 3) }

  private static func steepest(_ style: Style) -> Stroke {
    Stroke(color: style.series(1, of: 3).color, width: 1.4, dash: .dashed)
  }

  private static func minimum(_ style: Style) -> Stroke {
    Stroke(color: style.muted, width: 1.2, dash: .dotted)
  }
}
