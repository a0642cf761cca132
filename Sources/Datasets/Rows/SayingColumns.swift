import TensorKernels

extension Dataset {
  /// The columns of a table that say the target of every row by themselves, as the file calls them: numbers
  /// on one line with it (a correlation above 0.9999), numbers whose ranges are apart for all classes,
  /// words of which each goes with one class.
  public var columnsThatSayTheTarget: [String] {
    switch targets {
    case .classes(let labels, let names):
      return SayingColumns.ofClasses(self, labels.elements.map { Int($0) }, names.count)
    case .values(let values, let width):
      guard width == 1 else { return [] }
      let target = values.elements.map(Double.init)
      return columnNames.indices.filter { SayingColumns.isOnOneLine($0, of: self, target) }
        .map { columnNames[$0] }
    case .none: return []
    }
  }

  /// Whether a column rises from row to row by whole steps, about one for each of so many rows.
  public func countsRows(column: Int, of all: Int) -> Bool {
    guard rows > 1, !columnNames[column].contains("=") else { return false }
    var least = Float.infinity
    var last = features[column]
    for row in 1..<rows {
      let value = features[row * columns + column]
      guard value > last else { return false }
      least = min(least, value - last)
      last = value
    }
    let steps = Double(last - features[column]) / Double(least)
    return steps <= 1.05 * Double(all) && steps >= 0.95 * Double(rows - 1)
  }
}

private enum SayingColumns {
  private static let sameLine = 0.9999

  static func isOnOneLine(_ column: Int, of rows: Dataset, _ target: [Double]) -> Bool {
    abs(correlation(column, of: rows, target)) > sameLine
  }

  private static func correlation(_ column: Int, of rows: Dataset, _ target: [Double]) -> Double {
    let count = Double(rows.rows)
    let x = (0..<rows.rows).map { Double(rows.features[$0 * rows.columns + column]) }
    let (meanX, meanY) = (x.reduce(0, +) / count, target.reduce(0, +) / count)
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, target) {
      xy += (a - meanX) * (b - meanY)
      xx += (a - meanX) * (a - meanX)
      yy += (b - meanY) * (b - meanY)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : 0
  }

  /// Numbers whose ranges are apart for all classes, and words of which each goes with one class.
  static func ofClasses(
    _ rows: Dataset, _ labels: [Int], _ classes: Int
  ) -> [String] {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    guard counts.count(where: { $0 > 0 }) > 1, counts.allSatisfy({ $0 == 0 || $0 >= 3 }) else {
      return []
    }
    var found: [String] = []
    var first = 0
    while first < rows.columns {
      let name = rows.columnNames[first]
      let word = wordColumn(name).map(String.init)
      var end = first + 1
      if let word {
        while end < rows.columns, wordColumn(rows.columnNames[end]).map(String.init) == word {
          end += 1
        }
      }
      if end - first > 1 {
        if wordsSay(rows, first..<end, labels) { found.append(word ?? name) }
      } else if rangesAreApart(rows, first, labels, classes) {
        found.append(word ?? name)
      }
      first = end
    }
    return found
  }

  /// The column that a category is one of; `nil` for a number.
  private static func wordColumn(_ name: String) -> Substring? {
    name.firstIndex(of: "=").map { name[..<$0] }
  }

  private static func rangesAreApart(
    _ rows: Dataset, _ column: Int, _ labels: [Int], _ classes: Int
  ) -> Bool {
    var ranges = [(low: Float, high: Float)](
      repeating: (.infinity, -.infinity), count: classes)
    for (row, label) in labels.enumerated() {
      let value = rows.features[row * rows.columns + column]
      ranges[label].low = min(ranges[label].low, value)
      ranges[label].high = max(ranges[label].high, value)
    }
    let sorted = ranges.filter { $0.low <= $0.high }.sorted { $0.low < $1.low }
    return zip(sorted, sorted.dropFirst()).allSatisfy { $0.high < $1.low }
  }

  private static func wordsSay(
    _ rows: Dataset, _ columns: Range<Int>, _ labels: [Int]
  ) -> Bool {
    // A word that hardly any row has says its rows' class whatever it is.
    guard columns.count * 4 <= rows.rows else { return false }
    var said = [Int?](repeating: nil, count: columns.count + 1)
    for (row, label) in labels.enumerated() {
      let place = row * rows.columns
      let word = columns.firstIndex { rows.features[place + $0] != 0 }
      let slot = word.map { $0 - columns.lowerBound } ?? columns.count
      if let known = said[slot], known != label { return false }
      said[slot] = label
    }
    return true
  }
}
