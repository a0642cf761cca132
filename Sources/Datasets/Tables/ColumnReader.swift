import Foundation
import Machine
import TensorKernels

// R rows, N columns of numbers.

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
    try table.text.withBytes { bytes throws(DataError) in
      let parts = TableParts(bytes, from: table.start)
      try MemoryLimit.check(
        rows: parts.mostRows, columns: columns.count, bytes: 20, setting: table.setting,
        place: table.path)
      let words = asWords.union(firstWords(bytes, parts))
      let numeric = columns.filter { !words.contains($0) }
      var walk = TableWalk(
        table, bytes, parts, numbers: numeric, words: columns.filter(words.contains))
      let numbers = try walk.run()
      var result = TableCells(
        rows: walk.rows, numbers: numbers, numbersPerRow: numeric.count, columns: walk.columns())
      if walk.rows == 0 {
        throw DataError(
          setting: table.setting, place: table.path,
          table.form.hasHeader
            ? "the file has names but no rows below them" : "the file has no rows")
      }
      let turned = columns.filter(walk.turned.contains)
      if !turned.isEmpty {
        var again = TableWalk(table, bytes, parts, numbers: [], words: turned)
        _ = try again.run()
        result.columns.merge(again.columns()) { $1 }
      }
      return result
    }
  }

  /// Columns that have words in the first rows, so that they are not tried as numbers.
  private func firstWords(_ bytes: UnsafeRawBufferPointer, _ parts: TableParts) -> Set<Int> {
    let numeric = columns.filter { !asWords.contains($0) }
    let rows = 100
    return withUnsafeTemporaryAllocation(
      of: Double.self, capacity: max(1, rows * numeric.count)
    ) { target in
      let walk = PartWalk(
        table, bytes, numbers: numeric, words: [], from: table.start, to: parts.end, most: rows)
      walk.run(into: target.baseAddress, nil)
      return walk.turned
    }
  }
}

/// Where a table's text may be cut: behind the ends of lines, which are ends of rows unless they stand
/// within quotes.
struct TableParts {
  private(set) var starts: [Int] = []
  /// How many rows each part can have.
  private(set) var most: [Int] = []
  let end: Int

  /// Bytes of a part, at least.
  private static let least = 1 << 20

  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    end = bytes.count
    let size = max(Self.least, (bytes.count - start) / (8 * Parallel.cores) + 1)
    var place = start
    repeat {
      starts.append(place)
      place = Self.lineStart(bytes, behind: place + size)
    } while place < bytes.count
    nonisolated(unsafe) let all = bytes
    let (starts, end) = (starts, end)
    let counts = LineCounts(starts.count)
    Parallel.forEach(starts.count) { part in
      let last = part + 1 < starts.count ? starts[part + 1] : end
      counts.set(part, Self.lines(all, starts[part]..<last))
    }
    most = counts.all
    // The last line may have no end.
    most[most.count - 1] += 1
  }

  var count: Int { starts.count }
  var mostRows: Int { most.reduce(0, +) }

  /// Where a part ends and the next one begins.
  func end(of part: Int) -> Int { part + 1 < starts.count ? starts[part + 1] : end }

  private static func lineStart(_ bytes: UnsafeRawBufferPointer, behind place: Int) -> Int {
    var place = place
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == TableScanner.lineFeed { return place }
      if byte == TableScanner.carriageReturn {
        let isPair = place < bytes.count && bytes[place] == TableScanner.lineFeed
        return isPair ? place + 1 : place
      }
    }
    return bytes.count
  }

  /// How many lines end in a range; a return before a feed ends the same line.
  private static func lines(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    let part = UnsafeRawBufferPointer(rebasing: bytes[range])
    return count(TableScanner.lineFeed, in: part)
      + count(TableScanner.carriageReturn, in: part, unlessBefore: TableScanner.lineFeed)
  }

  private static func count(
    _ byte: UInt8, in bytes: UnsafeRawBufferPointer, unlessBefore next: UInt8? = nil
  ) -> Int {
    guard var place = bytes.baseAddress else { return 0 }
    let end = place + bytes.count
    var count = 0
    while place < end, let found = memchr(place, Int32(byte), end - place) {
      place = UnsafeRawPointer(found) + 1
      if let next, place < end, place.load(as: UInt8.self) == next { continue }
      count += 1
    }
    return count
  }
}
