import Figures
import Languages

/// Points on their way through the layers of several networks, all of which move at once.
struct MovingPoints {
  private let rows: [[StretchStage]]
  private let titles: [String]
  private let language: Language
  /// Moments from one layer to the next.
  private let steps: Int

  /// As many moments are drawn.
  private static let mostMoments = 13
  /// Points of all moments together, each a shape of its own in the picture.
  private static let mostPoints = 6_000

  /// How many points each of so many networks can have.
  static func most(networks: Int) -> Int { mostPoints / mostMoments / max(1, networks) }

  /// - Parameters:
  ///   - rows: the stages of each network, the input first.
  ///   - titles: what the networks are called.
  init(_ rows: [[StretchStage]], _ titles: [String], _ language: Language) {
    self.rows = rows
    self.titles = titles
    self.language = language
    let ways = max(1, (rows.map(\.count).max() ?? 1) - 1)
    steps = max(1, (Self.mostMoments - 1) / ways)
  }

  /// The picture that moves, all of its moments on the same axes.
  func figure(_ colors: StretchColors, _ lines: [[Int]], title: String, style: Style) -> Figure {
    let last = (rows.map(\.count).max() ?? 1) - 1
    let moments = (0...last * steps).map { moment -> Figure in
      let stages = zip(rows, titles).map { stages, title in
        stage(stages, at: Double(moment) / Double(steps), rows.count == 1 ? "" : title + ": ")
      }
      var figure = Figure.stretch(
        [stages], colors: colors, coloredBy: rows.first?.first, lines: lines, title: title,
        style: style)
      var place = 0
      for row in figure.panels.indices {
        for column in figure.panels[row].indices {
          figure.panels[row][column].x.range = range(of: place, \.xs)
          figure.panels[row][column].y.range = range(of: place, \.ys)
          place += 1
        }
      }
      return figure
    }
    let layers = rows.map { $0.map(\.title).joined(separator: ", ") }
    let told = layers.enumerated().filter { layers.firstIndex(of: $0.element) == $0.offset }
      .map(\.element).joined(separator: "; ")
    return Figure(moving: moments, note: language(.movesThrough, told))
  }

  private func range(
    of place: Int, _ values: KeyPath<StretchStage, [Double]>
  ) -> ClosedRange<Double> {
    Axis("").fitted(to: rows[place].flatMap { $0[keyPath: values] }.filter(\.isFinite))
  }

  /// The points between two layers; a network with fewer of them than others waits at its end.
  private func stage(_ stages: [StretchStage], at time: Double, _ prefix: String) -> StretchStage {
    let from = stages[min(Int(time), stages.count - 1)]
    let to = stages[min(Int(time) + 1, stages.count - 1)]
    let share = time - time.rounded(.down)
    func between(_ a: [Double], _ b: [Double]) -> [Double] {
      zip(a, b).map { $0 + ($1 - $0) * share }
    }
    let title = share == 0 || from == to ? from.title : "\(from.title) → \(to.title)"
    return StretchStage(
      title: prefix + title, xs: between(from.xs, to.xs), ys: between(from.ys, to.ys))
  }
}
