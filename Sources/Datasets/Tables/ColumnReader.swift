import Foundation
import TensorKernels

extension TextTable {
  /// The cells of some columns, read in one walk over the bytes by all cores; a column that turns out
  /// to have words is walked over once more.
  ///
  /// - Parameters:
  ///   - columns: places of columns, each once.
  ///   - asWords: those that are read as words even where they hold numbers.
  /// - Throws: an error at the first row of another length and at a quote that never closes.
  package func cells(
    _ columns: [Int], asWords: Set<Int> = []
  ) throws(DataError) -> TableCells {
    try ColumnReader(self, columns: columns, asWords: asWords).cells()
  }
}

/// Reads columns of a table, part by part.
private struct ColumnReader {
  private let table: TextTable
  private let columns: [Int]
  /// Columns whose cells are words, whatever they look like.
  private let asWords: Set<Int>

  init(_ table: TextTable, columns: [Int], asWords: Set<Int>) {
    self.table = table
    self.columns = columns
    self.asWords = asWords
  }

  func cells() throws(DataError) -> TableCells {
    let parts = table.parts
    guard parts.isComplete else { throw table.changed }
    try MemoryLimit.check(
      rows: parts.mostRows, columns: columns.count, bytes: 20, setting: table.setting,
      place: table.path)
    let turnedFirst = firstWords(parts)
    let signed = table.signedColumns(Array(turnedFirst))
    let words = asWords.union(turnedFirst.subtracting(signed.keys))
    let numeric = columns.filter { !words.contains($0) }
    var walk = TableWalk(
      table, parts,
      PartWalk.Plan(numbers: numeric, words: columns.filter(words.contains), signed: signed))
    var result = try walk.run()
    if walk.rows == 0 {
      throw DataError(
        setting: table.setting, place: table.path,
        table.form.hasHeader
          ? "the file has names but no rows below them" : "the file has no rows")
    }
    let turned = columns.filter(walk.turned.contains)
    if !turned.isEmpty {
      var again = TableWalk(table, parts, PartWalk.Plan(numbers: [], words: turned))
      result.columns.merge(try again.run().columns) { $1 }
    }
    return result
  }

  /// Columns that have words in the first rows, so that they are not tried as numbers.
  private func firstWords(_ parts: TableParts) -> Set<Int> {
    let numeric = columns.filter { !asWords.contains($0) }
    let rows = 100
    return withUnsafeTemporaryAllocation(
      of: Double.self, capacity: max(1, rows * numeric.count)
    ) { target in
      let walk = PartWalk(
        table, PartWalk.Plan(numbers: numeric, words: []), from: table.start, to: parts.end,
        most: rows)
      walk.run(into: target.baseAddress, nil, codesStride: 0)
      return walk.turned
    }
  }
}
