import TensorKernels

// R rows, C columns that a network gets.

/// A table whose recipes are learned: its rows are numbers.
struct LearnedTable: Sendable {
  let recipes: [ColumnRecipe]
  private let cells: TableCells
  private let encoders: [CellEncoder]
  /// Numbers of a row.
  let columns: Int

  /// Learns from `rows` alone.
  init(_ table: RawTable, rows: [Int32]) {
    self.init(
      table.cells,
      table.plans.compactMap { place, plan in
        table.cells.columns[place].map { (plan.learned($0, table.cells, rows: rows), $0) }
      })
  }

  /// Cells with recipes that were learned before.
  init(_ cells: TableCells, _ columns: [(ColumnRecipe, TableCells.Column)]) {
    self.cells = cells
    recipes = columns.map(\.0)
    encoders = columns.map { CellEncoder($0, $1) }
    self.columns = recipes.reduce(0) { $0 + $1.outputs.count }
  }

  /// Calls `body` with every row of `rows` as numbers.
  func forEachRow(_ rows: [Int32], _ body: (_ place: Int, UnsafeBufferPointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, columns)) { row in
      guard let base = row.baseAddress else { return }
      for (place, index) in rows.enumerated() {
        var target = base
        for encoder in encoders {
          encoder.write(Int(index), cells, to: target)
          target += encoder.recipe.width + (encoder.recipe.hasIndicator ? 1 : 0)
        }
        body(place, UnsafeBufferPointer(start: base, count: columns))
      }
    }
  }

  /// One entry a column over `rows`, of the numbers times `scale` plus `shift`: two walks, the mean
  /// first, then the deviations from it.
  func statistics(rows: [Int32], scale: [Double], shift: [Double]) -> [ColumnStatistics] {
    var minima = [Double](repeating: .infinity, count: columns)
    var maxima = [Double](repeating: -.infinity, count: columns)
    var sums = [Double](repeating: 0, count: columns)
    forEachRow(rows) { _, row in
      for column in row.indices {
        let value = row[column] * scale[column] + shift[column]
        minima[column] = min(minima[column], value)
        maxima[column] = max(maxima[column], value)
        sums[column] += value
      }
    }
    let count = Double(rows.count)
    var squares = [Double](repeating: 0, count: columns)
    forEachRow(rows) { _, row in
      for column in row.indices {
        let distance = row[column] * scale[column] + shift[column] - sums[column] / count
        squares[column] += distance * distance
      }
    }
    return (0..<columns).map { column in
      ColumnStatistics(
        minimum: minima[column], maximum: maxima[column], mean: sums[column] / count,
        deviation: (squares[column] / count).squareRoot())
    }
  }
}
