import Foundation

/// The directions along which rows of numbers spread most, by power iteration (Hotelling 1933).
package struct PrincipalAxes {
  /// What is taken away of each row before it is measured.
  package let origin: [Double]
  /// Directions of length 1, the widest first; each with its largest number positive.
  package let axes: [[Double]]
  /// The share of the rows' spread around the origin that each direction has.
  package let shares: [Double]

  private static let mostIterations = 500

  /// Finds `count` directions of rows around an origin; the rows' mean where none is given.
  ///
  /// Directions without any spread are unit vectors, so that there are always `count` of them where
  /// rows have as many numbers.
  package init(_ rows: [[Double]], count: Int, origin given: [Double]? = nil) {
    let width = rows.first?.count ?? 0
    let origin = given ?? Self.mean(rows, width)
    self.origin = origin
    let centred = rows.map { row in zip(row, origin).map { $0 - $1 } }
    let total = centred.reduce(0) { $0 + Self.dot($1, $1) }
    var axes: [[Double]] = []
    var shares: [Double] = []
    for _ in 0..<min(count, width) {
      let axis = Self.widest(centred, axes, width)
      let spread = centred.reduce(0) { sum, row in
        let length = Self.dot(row, axis)
        return sum + length * length
      }
      axes.append(axis)
      shares.append(total > 0 ? spread / total : 0)
    }
    self.axes = axes
    self.shares = shares
  }

  /// Where a row lies along each direction.
  package func places(of row: [Double]) -> [Double] {
    let centred = zip(row, origin).map { $0 - $1 }
    return axes.map { Self.dot(centred, $0) }
  }

  private static func mean(_ rows: [[Double]], _ width: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for row in rows { for index in row.indices { sums[index] += row[index] } }
    return sums.map { $0 / Double(max(1, rows.count)) }
  }

  private static func widest(_ rows: [[Double]], _ known: [[Double]], _ width: Int) -> [Double] {
    // The longest of what is left of the rows lies in the right half of the space.
    let left = rows.map { orthogonal($0, to: known) }
    guard let start = left.max(by: { dot($0, $0) < dot($1, $1) }),
      dot(start, start) > 1e-24 * max(1e-300, rows.map { dot($0, $0) }.max() ?? 0)
    else { return unit(orthogonalTo: known, width) }
    var axis = normal(start)
    for _ in 0..<mostIterations {
      var next = [Double](repeating: 0, count: width)
      for row in left {
        let length = dot(row, axis)
        for index in row.indices { next[index] += length * row[index] }
      }
      let better = normal(orthogonal(next, to: known))
      let change = zip(better, axis).reduce(0) { $0 + abs($1.0 - $1.1) }
      axis = better
      if change < 1e-12 * Double(width) { break }
    }
    let largest = axis.max { abs($0) < abs($1) } ?? 1
    return largest < 0 ? axis.map { -$0 } : axis
  }

  private static func unit(orthogonalTo known: [[Double]], _ width: Int) -> [Double] {
    for place in 0..<width {
      var candidate = [Double](repeating: 0, count: width)
      candidate[place] = 1
      let rest = orthogonal(candidate, to: known)
      if dot(rest, rest) > 0.1 / Double(width) { return normal(rest) }
    }
    return [Double](repeating: 0, count: width)
  }

  private static func orthogonal(_ row: [Double], to known: [[Double]]) -> [Double] {
    known.reduce(row) { rest, axis in
      let length = dot(rest, axis)
      return zip(rest, axis).map { $0 - length * $1 }
    }
  }

  private static func normal(_ row: [Double]) -> [Double] {
    let length = dot(row, row).squareRoot()
    return length > 0 ? row.map { $0 / length } : row
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
