/// Fewer points of a long curve that draw the same picture.
public enum Decimation {
  /// The places of the points to keep of `values` in order; all where there are few.
  ///
  /// Of each of `buckets` equal stretches they are the first, the least, the greatest and the last
  /// point, so that no peak is lost.
  /// Not-a-number is kept once a stretch, where a line must break.
  public static func indices(_ values: [Double], buckets: Int) -> [Int] {
    guard values.count > 4 * max(1, buckets) else { return Array(values.indices) }
    var kept: [Int] = []
    kept.reserveCapacity(4 * buckets)
    for bucket in 0..<buckets {
      let start = values.count * bucket / buckets
      let end = values.count * (bucket + 1) / buckets
      kept.append(contentsOf: corners(values, start..<end))
    }
    return kept
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
