import Foundation

/// Fewer points of a long curve that draw the same picture.
public enum Decimation {
  /// The places of the points to keep of a curve; all where there are few.
  ///
  /// Of each of `buckets` equal stretches of the axis they are the first, the least, the greatest
  /// and the last point, so that no peak is lost. Not-a-number is kept once a stretch, where a line
  /// must break.
  ///
  /// - Parameters:
  ///   - xs: ascending.
  ///   - ys: as many values.
  ///   - buckets: stretches along the axis.
  ///   - isLogarithmic: whether the stretches are equal on a logarithmic axis; points without a
  ///     place on it are in the first.
  public static func indices(
    xs: [Double], ys: [Double], buckets: Int, isLogarithmic: Bool = false
  ) -> [Int] {
    precondition(xs.count == ys.count, "a curve has as many x as y")
    guard ys.count > 4 * max(1, buckets) else { return Array(ys.indices) }
    let places = isLogarithmic ? xs.map { $0 > 0 ? Foundation.log($0) : -.infinity } : xs
    let first = places.first(where: \.isFinite) ?? 0
    let width = (places.last(where: \.isFinite) ?? 0) - first
    guard width > 0, width.isFinite else { return Array(ys.indices) }
    var kept: [Int] = []
    kept.reserveCapacity(4 * buckets)
    var start = 0
    var bucket = 0
    for index in places.indices {
      let share = max(0, (places[index] - first) / width)
      let own = share.isFinite ? min(buckets - 1, Int(share * Double(buckets))) : 0
      if own > bucket {
        kept += corners(ys, start..<index)
        start = index
        bucket = own
      }
    }
    return kept + corners(ys, start..<ys.count)
  }

  private static func corners(_ values: [Double], _ range: Range<Int>) -> [Int] {
    guard let first = range.first, let last = range.last else { return [] }
    var least = -1
    var greatest = -1
    var missing = -1
    for index in range {
      let value = values[index]
      if value.isNaN {
        if missing < 0 { missing = index }
        continue
      }
      if least < 0 || value < values[least] { least = index }
      if greatest < 0 || value > values[greatest] { greatest = index }
    }
    var result: [Int] = []
    for index in [first, least, greatest, missing, last].filter({ $0 >= 0 }).sorted()
    where result.last != index {
      result.append(index)
    }
    return result
  }
}
