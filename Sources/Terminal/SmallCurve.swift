import Tracking

/// One curve in a few lines of a terminal, with its extreme values beside it.
public struct SmallCurve: Hashable, Sendable {
  private let values: [Double]

  /// A curve of values at equal distances; what is not finite leaves a gap.
  public init(_ values: [Double]) { self.values = values }

  /// The curve as lines: the greatest value stands at the right of the first, the least at the last.
  ///
  /// - Parameter number: how the two extreme values are written.
  public func lines(
    width: Int, height: Int, _ style: TextStyle = TextStyle(isColored: false),
    number: (Double) -> String
  ) -> [String] {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return [] }
    var canvas = DotCanvas(width: width, height: height)
    let columns = 2 * width
    for column in 0..<columns {
      guard let (least, greatest) = extremes(inColumn: column, of: columns) else { continue }
      let (bottom, top) = (place(least, low, high), place(greatest, low, high))
      let rows = max(1, Int(saturating: ((top - bottom) * Double(4 * height)).rounded(.up)))
      for row in 0...rows {
        let y = bottom + (top - bottom) * Double(row) / Double(rows)
        canvas.dot(x: Double(column) / Double(max(1, columns - 1)), y: y, group: 0)
      }
    }
    var lines = canvas.lines(style)
    lines[0] += " " + style.faint(number(high))
    if height > 1, high != low { lines[height - 1] += " " + style.faint(number(low)) }
    return lines
  }

  /// The least and greatest value that fall into one column; with fewer values than columns, the
  /// straight line between neighbours.
  private func extremes(inColumn column: Int, of columns: Int) -> (Double, Double)? {
    let count = values.count
    if count > columns {
      let part = values[column * count / columns..<(column + 1) * count / columns]
      let finite = part.filter(\.isFinite)
      guard let low = finite.min(), let high = finite.max() else { return nil }
      return (low, high)
    }
    let place = Double(column) / Double(max(1, columns - 1)) * Double(count - 1)
    let left = Int(saturating: place)
    let (a, b) = (values[left], values[min(count - 1, left + 1)])
    let value = a + (b - a) * (place - Double(left))
    let nearest = value.isFinite ? value : values[Int(saturating: place.rounded())]
    return nearest.isFinite ? (nearest, nearest) : nil
  }

  private func place(_ value: Double, _ low: Double, _ high: Double) -> Double {
    high > low ? (value - low) / (high - low) : 0.5
  }
}
