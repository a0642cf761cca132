import Drawing

extension MeanCurve {
  func band(color: Color, opacity: Double) -> Band {
    Band(xs: xs, lower: lower, upper: upper, color: color, opacity: opacity)
  }

  func line(stroke: Stroke) -> Line { Line(xs: xs, ys: ys, stroke: stroke) }

  /// A few points of the line that carry its marker, at other places for every line of a panel.
  ///
  /// - Parameter number: the line's number in its panel.
  func markers(stroke: Stroke, number: Int, of count: Int) -> Layer? {
    let places = ys.indices.filter { ys[$0].isFinite }
    guard let first = places.first, let last = places.last else { return nil }
    let wanted = 5
    var kept: [Int] = []
    for mark in 0..<wanted {
      let share = (Double(mark) + (Double(number % count) + 0.5) / Double(count)) / Double(wanted)
      let x = xs[first] + (xs[last] - xs[first]) * share
      let near = places.min { abs(xs[$0] - x) < abs(xs[$1] - x) }
      if let near, kept.last != near { kept.append(near) }
    }
    return .points(
      Points(xs: kept.map { xs[$0] }, ys: kept.map { ys[$0] }, stroke: stroke, size: 1.2))
  }
}
