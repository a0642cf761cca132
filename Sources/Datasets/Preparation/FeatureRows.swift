import TensorKernels

// R rows, C columns that a network gets, G groups of C/G neighbouring columns.

/// The features of a source's rows as numbers, whatever they are kept as.
enum FeatureRows: Sendable {
  /// The first `columns` of `stride` numbers a row.
  case numbers(SharedArray<Double>, columns: Int, stride: Int)
  /// Bytes that stand for byte / 255.
  case bytes(SharedArray<UInt8>, columns: Int)
  case table(LearnedTable)

  /// Rows of a source that needs no learning.
  init(_ raw: RawData) {
    switch raw.features {
    case .numbers(let numbers, let stride):
      self = .numbers(numbers, columns: raw.columns, stride: stride)
    case .bytes(let bytes): self = .bytes(bytes, columns: raw.columns)
    case .table(let table):
      self = .table(LearnedTable(table, rows: Array(0..<Int32(raw.rows))))
    }
  }

  var columns: Int {
    switch self {
    case .numbers(_, let columns, _), .bytes(_, let columns): columns
    case .table(let table): table.columns
    }
  }

  /// The rows as a network gets them.
  func prepared(_ rows: [Int32], _ transform: FeatureTransform) -> SharedArray<Float> {
    let (columns, width) = (columns, transform.columnsPerGroup)
    return SharedArray(count: rows.count * columns) { result in
      switch self {
      case .numbers(let numbers, _, let stride):
        let all = numbers.elements
        for (place, row) in rows.enumerated() {
          for column in 0..<columns {
            result[place * columns + column] = transform.apply(
              all[Int(row) * stride + column], column: column)
          }
        }
      case .bytes(let bytes, _):
        let all = bytes.elements
        for group in transform.scale.indices {
          let table = (0..<256).map { transform.apply(Double($0) / 255, column: group * width) }
          for (place, row) in rows.enumerated() {
            let (from, to) = (Int(row) * columns + group * width, place * columns + group * width)
            for pixel in 0..<width { result[to + pixel] = table[Int(all[from + pixel])] }
          }
        }
      case .table(let table):
        table.forEachRow(rows) { place, row in
          for column in row.indices {
            result[place * columns + column] = transform.apply(row[column], column: column)
          }
        }
      }
    }
  }

  /// Whether two transforms make other numbers of some group in any of the rows.
  func differ(
    _ rows: [Int32], _ a: FeatureTransform, _ b: FeatureTransform, groups: [Int]
  ) -> Bool {
    let width = a.columnsPerGroup
    func differs(_ value: Double, _ column: Int) -> Bool {
      a.apply(value, column: column) != b.apply(value, column: column)
    }
    let places = groups.flatMap { $0 * width..<($0 + 1) * width }
    switch self {
    case .numbers(let numbers, _, let stride):
      return rows.contains { row in
        places.contains { differs(numbers.elements[Int(row) * stride + $0], $0) }
      }
    case .bytes(let bytes, let columns):
      return rows.contains { row in
        places.contains { differs(Double(bytes.elements[Int(row) * columns + $0]) / 255, $0) }
      }
    case .table: return false
    }
  }

  /// One entry a group of columns over `rows`, of the source's numbers times `scale` plus `shift`.
  func statistics(
    rows: [Int32], columnsPerGroup width: Int, scale: [Double], shift: [Double]
  ) -> [ColumnStatistics] {
    switch self {
    case .numbers(let numbers, _, let stride):
      let all = numbers.elements
      return scale.indices.map { group in
        ColumnStatistics(count: rows.count * width) { visit in
          for row in rows {
            let start = Int(row) * stride + group * width
            for place in start..<start + width {
              visit(all[place] * scale[group] + shift[group], 1)
            }
          }
        }
      }
    case .bytes(let bytes, let columns):
      let all = bytes.elements
      return scale.indices.map { group in
        var counts = [Int](repeating: 0, count: 256)
        for row in rows {
          let start = Int(row) * columns + group * width
          for place in start..<start + width { counts[Int(all[place])] += 1 }
        }
        return ColumnStatistics(count: rows.count * width) { visit in
          for (byte, count) in counts.enumerated() where count > 0 {
            visit(Double(byte) / 255 * scale[group] + shift[group], Double(count))
          }
        }
      }
    case .table(let table): return table.statistics(rows: rows, scale: scale, shift: shift)
    }
  }
}

extension ColumnStatistics {
  /// Two passes over weighted values: the mean first, then the deviations from it.
  fileprivate init(
    count: Int, _ each: ((_ value: Double, _ weight: Double) -> Void) -> Void
  ) {
    var (minimum, maximum, sum) = (Double.infinity, -Double.infinity, 0.0)
    each { value, weight in
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      sum += value * weight
    }
    let mean = sum / Double(count)
    var squares = 0.0
    each { value, weight in squares += (value - mean) * (value - mean) * weight }
    self.init(
      minimum: minimum, maximum: maximum, mean: mean,
      deviation: (squares / Double(count)).squareRoot())
  }
}
