import Languages

/// A function of one number with its derivative, at places along the axis.
public struct FunctionCurve: Hashable, Sendable {
  /// What the legend calls it.
  public var name: String
  /// Where it was asked.
  public var xs: [Double]
  /// f(x).
  public var values: [Double]
  /// df/dx.
  public var slopes: [Double]

  /// Makes a curve of lists of one length.
  public init(name: String, xs: [Double], values: [Double], slopes: [Double]) {
    precondition(xs.count == values.count && xs.count == slopes.count, "lists of one length")
    self.name = name
    self.xs = xs
    self.values = values
    self.slopes = slopes
  }
}

extension Figure {
  /// Functions of one number and, in a second panel, their derivatives; a derivative's jump is drawn
  /// as a gap.
  public static func functions(_ curves: [FunctionCurve], title: String, style: Style = .light)
    -> Figure
  {
    func panel(_ heading: String, _ name: String, _ values: (FunctionCurve) -> [Double]) -> Panel {
      let zero = Stroke(color: style.muted, width: 0.7, dash: .dotted)
      let lines = curves.enumerated().map { index, curve -> Layer in
        var stroke = style.series(index, of: curves.count)
        if curves.count > 12 { stroke.width = 1.3 }
        return .line(Line(xs: curve.xs, ys: values(curve), stroke: stroke))
      }
      return Panel(
        title: heading, x: Axis("x"), y: Axis(name),
        layers: [.rule(Rule(.x(0), stroke: zero)), .rule(Rule(.y(0), stroke: zero))] + lines)
    }
    return Figure(
      title: title,
      panels: [
        [
          panel(style.language(.function), "f(x)") { $0.values },
          panel(style.language(.derivative), "df/dx") { $0.gapped },
        ]
      ],
      legend: curves.enumerated().map { index, curve in
        LegendEntry(curve.name, .line(style.series(index, of: curves.count)))
      }, style: style)
  }
}

extension FunctionCurve {
  /// The derivative with a gap where it jumps, as ReLU's does at 0.
  var gapped: [Double] {
    guard let least = slopes.filter(\.isFinite).min(), let most = slopes.filter(\.isFinite).max()
    else { return slopes }
    var result = slopes
    for index in slopes.indices.dropFirst() {
      if abs(slopes[index] - slopes[index - 1]) > 0.2 * (most - least) { result[index] = .nan }
    }
    return result
  }
}
