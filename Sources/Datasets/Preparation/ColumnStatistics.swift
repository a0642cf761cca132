import TensorKernels

/// The spread of one column, or of one channel of images, over some rows.
public struct ColumnStatistics: Hashable, Sendable {
  /// The least value.
  public let minimum: Double
  /// The greatest value.
  public let maximum: Double
  /// The mean.
  public let mean: Double
  /// Population deviation: the divisor under the root is the number of values.
  public let deviation: Double

  package init(minimum: Double, maximum: Double, mean: Double, deviation: Double) {
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.deviation = deviation
  }
}

// R rows, C columns, G groups of C/G neighbouring columns.

extension RawData {
  /// One entry a group of columns over `rows`, of the source's numbers times `scale` plus `shift`.
  package func statistics(
    rows: [Int32], columnsPerGroup width: Int, scale: [Double], shift: [Double]
  ) -> [ColumnStatistics] {
    switch features {
    case .numbers(let numbers):
      let all = numbers.elements
      return scale.indices.map { group in
        Self.statistics(rows.count * width) { visit in
          for row in rows {
            let start = Int(row) * columns + group * width
            for place in start..<start + width {
              visit(all[place] * scale[group] + shift[group], 1)
            }
          }
        }
      }
    case .bytes(let bytes):
      let all = bytes.elements
      return scale.indices.map { group in
        var counts = [Int](repeating: 0, count: 256)
        for row in rows {
          let start = Int(row) * columns + group * width
          for place in start..<start + width { counts[Int(all[place])] += 1 }
        }
        return Self.statistics(rows.count * width) { visit in
          for (byte, count) in counts.enumerated() where count > 0 {
            visit(Double(byte) / 255 * scale[group] + shift[group], Double(count))
          }
        }
      }
    }
  }

  /// Two passes over weighted values: the mean first, then the deviations from it.
  private static func statistics(
    _ count: Int, _ each: ((_ value: Double, _ weight: Double) -> Void) -> Void
  ) -> ColumnStatistics {
    var (minimum, maximum, sum) = (Double.infinity, -Double.infinity, 0.0)
    each { value, weight in
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      sum += value * weight
    }
    let mean = sum / Double(count)
    var squares = 0.0
    each { value, weight in squares += (value - mean) * (value - mean) * weight }
    return ColumnStatistics(
      minimum: minimum, maximum: maximum, mean: mean,
      deviation: (squares / Double(count)).squareRoot())
  }
}
