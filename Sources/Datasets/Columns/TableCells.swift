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
  /// What was left out of numbers, for people.
  var remarks: [String] = []
  /// 3 where version 0.1.0 took the cells for something else, else 1.
  var version = 1

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
  package let codes: WordPlaces  // (R)
  /// Sorted by their scalars.
  package let names: [String]
  /// Whether a cell that is not empty stands for a missing value.
  let hasMissingWords: Bool
}

/// A number for every row of a column of words; the columns of a table lie in one block.
package struct WordPlaces: RandomAccessCollection, @unchecked Sendable {
  private let block: SharedArray<Int32>
  private let base: UnsafePointer<Int32>?
  package let count: Int

  init(_ block: SharedArray<Int32>, start: Int, count: Int) {
    precondition(start >= 0 && count >= 0 && start + count <= block.count, "rows beyond a block")
    self.block = block
    base = block.elements.baseAddress.map { $0 + start }
    self.count = count
  }

  init(_ places: [Int32]) { self.init(SharedArray(places), start: 0, count: places.count) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  /// Calls `body` with the numbers where they lie.
  package func withContiguousStorageIfAvailable<Value>(
    _ body: (UnsafeBufferPointer<Int32>) throws -> Value
  ) rethrows -> Value? {
    try body(UnsafeBufferPointer(start: base, count: count))
  }

  package subscript(_ row: Int) -> Int32 {
    precondition(row >= 0 && row < count, "row \(row) of \(count)")
    return base?[row] ?? -1
  }
}
