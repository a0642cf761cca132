import Languages
import Tracking

/// How much one hyperparameter explains.
public struct ImportanceBar: Hashable, Sendable {
  /// The hyperparameter.
  public var name: String
  /// Its share of all that is explained, 0 to 1.
  public var share: Double

  /// Makes a bar.
  public init(name: String, share: Double) {
    self.name = name
    self.share = share
  }
}

/// What a figure of importance says beside its bars.
public struct ImportanceOptions: Hashable, Sendable {
  /// The figure's title.
  public var title = ""
  /// By which method, from what.
  public var notes: [String] = []
  /// How the figure looks.
  public var style = Style.light

  /// Makes the usual options.
  public init() {}
}

extension Figure {
  /// A level bar a hyperparameter, the most important one on top.
  public static func importance(_ bars: [ImportanceBar], options: ImportanceOptions) -> Figure {
    let sorted = bars.enumerated().sorted { a, b in
      (a.element.share, -Double(a.offset)) < (b.element.share, -Double(b.offset))
    }.map(\.element)
    let stroke = Stroke(color: options.style.palette[0], width: sorted.count > 10 ? 9 : 16)
    var layers: [Layer] = []
    for (place, bar) in sorted.enumerated() {
      let y = Double(place)
      layers.append(.line(Line(xs: [0, max(0.001, bar.share)], ys: [y, y], stroke: stroke)))
      layers.append(
        .note(
          Note(
            percentText(bar.share, options.style.language), x: bar.share + 0.015, y: y,
            color: options.style.text,
            anchor: .left
          )
        ))
    }
    let panel = Panel(
      x: Axis(
        options.style.language(.shareExplained), range: 0...1.1,
        tickValues: [0, 0.25, 0.5, 0.75, 1]),
      y: Axis("", scale: .categories(sorted.map(\.name))), layers: layers)
    return Figure(
      title: options.title, panels: [[panel]], notes: options.notes, style: options.style)
  }

  private static func percentText(_ share: Double, _ language: Language) -> String {
    let percent = (share * 1000).rounded() / 10
    return language(
      .percent,
      percent >= 10 ? "\(Int(saturating: (share * 100).rounded()))" : Axis.text(percent))
  }
}
