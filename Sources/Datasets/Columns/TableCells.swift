package import TensorKernels

// R rows, N columns of numbers.

/// The cells of some columns: numbers where all of a column are, else words.
package struct TableCells: Sendable {
  package let rows: Int
  /// The numbers of all columns that have them, row after row; not-a-number where one is missing.
  ///
  /// There may be room for more rows behind the last.
  package let numbers: SharedArray<Double>  // (R, N)
  package let numbersPerRow: Int
  /// By the place of the column in the file.
  package var columns: [Int: Column]

  package enum Column: Sendable {
    /// Numbers at a place in each row of `numbers`; how many are missing.
    case numbers(slot: Int, missing: Int)
    case words(WordColumn)
  }
}

extension TableCells {
  var byteCount: Int {
    numbers.count * 8
      + columns.values.reduce(0) { sum, column in
        if case .words(let words) = column { sum + words.codes.count * 4 } else { sum }
      }
  }
}

/// A column of words: each distinct one once, sorted, and a number for every row.
package struct WordColumn: Sendable {
  /// Places in `names`; -1 where the value is missing.
  package let codes: [Int32]  // (R)
  /// Sorted by their scalars.
  package let names: [String]
}
