import Machine
import Synchronization
import TensorKernels

// R rows, N columns of numbers.

/// One walk over the rows of a table, its parts side by side.
///
/// Each part begins where a line ends, as if no quote were open there. Where the part before it ends
/// elsewhere, a quote was, and the part is walked over again from there: what comes out is what one
/// walk from the first row to the last would give.
struct TableWalk {
  private let table: TextTable
  private let bytes: UnsafeRawBufferPointer
  private let parts: TableParts
  private let numbers: [Int]
  private let words: [Int]
  private let codes: CodeBlock
  private var walks: [PartWalk] = []
  private(set) var rows = 0
  /// Columns that were read as numbers until a word stood in them.
  private(set) var turned: Set<Int> = []

  init(
    _ table: TextTable, _ bytes: UnsafeRawBufferPointer, _ parts: TableParts, numbers: [Int],
    words: [Int]
  ) {
    self.table = table
    self.bytes = bytes
    self.parts = parts
    self.numbers = numbers
    self.words = words
    codes = CodeBlock(columns: words.count, rows: parts.mostRows)
    walks = (0..<parts.count).map { part in
      PartWalk(
        table, bytes, numbers: numbers, words: words, from: parts.starts[part],
        to: parts.end(of: part), most: parts.most[part])
    }
  }

  /// Reads all rows; the numbers of all columns that have them.
  mutating func run() throws(DataError) -> SharedArray<Double> {
    var failure: PartWalk.Failure?
    let block = SharedArray<Double>(count: parts.mostRows * numbers.count) { target in
      walkParts(target.baseAddress)
      failure = mend(target.baseAddress)
      if failure == nil { close(target.baseAddress) }
    }
    if let failure { throw failure.error(table, bytes, isFirst: rows == 0) }
    turned = walks.reduce(into: []) { $0.formUnion($1.turned) }
    return block
  }

  /// Where the rows of each part begin among all that there could be.
  private var firstRows: [Int] {
    var first = 0
    return parts.most.map { most in
      defer { first += most }
      return first
    }
  }

  private func walkParts(_ target: UnsafeMutablePointer<Double>?) {
    // Every part has rows of its own.
    nonisolated(unsafe) let (walks, target) = (walks, target)
    let (first, stride, codes, digest) = (firstRows, numbers.count, codes, table.fingerprint)
    Parallel.forEach(walks.count + 1) { number in
      guard number > 0 else { return digest.make() }
      let part = number - 1
      walks[part].run(into: target.map { $0 + first[part] * stride }, codes.column(at: first[part]))
    }
  }

  /// Walks again over parts that did not begin where the one before them ended.
  ///
  /// - Returns: what is wrong with the first row that cannot be read.
  private mutating func mend(_ target: UnsafeMutablePointer<Double>?) -> PartWalk.Failure? {
    let first = firstRows
    var position = parts.starts[0]
    for part in walks.indices {
      if walks[part].start != position {
        walks[part] = PartWalk(
          table, bytes, numbers: numbers, words: words, from: position, to: parts.end(of: part),
          most: parts.most[part])
        walks[part].run(
          into: target.map { $0 + first[part] * numbers.count }, codes.column(at: first[part]))
      }
      if let failure = walks[part].failure {
        rows += walks[part].rows
        return failure
      }
      rows += walks[part].rows
      position = walks[part].position
    }
    return nil
  }

  /// Moves rows over places that a part could have had and does not need.
  private func close(_ target: UnsafeMutablePointer<Double>?) {
    guard let target, !numbers.isEmpty else { return }
    var end = 0
    for (walk, first) in zip(walks, firstRows) {
      if end != first {
        (target + end * numbers.count).update(
          from: target + first * numbers.count, count: walk.rows * numbers.count)
      }
      end += walk.rows
    }
  }

  /// What was read, by the place of the column.
  func columns() -> [Int: TableCells.Column] {
    var result: [Int: TableCells.Column] = [:]
    for (slot, column) in numbers.enumerated() where !turned.contains(column) {
      let missing = walks.reduce(0) { $0 + $1.missing[slot] }
      result[column] = .numbers(slot: slot, missing: missing)
    }
    let made = MadeColumns(words.count)
    nonisolated(unsafe) let walk = self
    Parallel.forEach(words.count) { place in made.set(place, walk.wordColumn(place)) }
    for (column, words) in zip(words, made.all) { result[column] = .words(words) }
    return result
  }

  /// A column of words sorted, those that stand for a missing value taken out.
  private func wordColumn(_ place: Int) -> WordColumn {
    let texts = walks.map { $0.texts(place) }
    // A quote may be written in two ways, so that two words are one text.
    let names = Set(texts.joined().filter { !table.missing.contains($0) }).sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    let first = firstRows
    let all = [Int32](unsafeUninitializedCapacity: rows) { target, count in
      for (part, walk) in walks.enumerated() {
        let order = texts[part].map { places[$0] ?? -1 }
        let column = codes.column(at: first[part]).pointer + place * codes.rows
        for row in 0..<walk.rows {
          target[count] = order[Int(column[row])]
          count += 1
        }
      }
    }
    return WordColumn(codes: all, names: names)
  }
}

/// Numbers of words while they are being read, column after column.
final class CodeBlock: @unchecked Sendable {
  let rows: Int
  private let elements: UnsafeMutableBufferPointer<Int32>

  init(columns: Int, rows: Int) {
    self.rows = rows
    elements = .allocate(capacity: max(1, columns * rows))
  }

  deinit { elements.deallocate() }

  /// A place within the first column; the next column's is `stride` further.
  struct Place {
    let pointer: UnsafeMutablePointer<Int32>
    let stride: Int
  }

  func column(at row: Int) -> Place {
    guard let base = elements.baseAddress else { preconditionFailure("a block has memory") }
    return Place(pointer: base + row, stride: rows)
  }
}

private final class MadeColumns: Sendable {
  private let columns: Mutex<[WordColumn?]>

  init(_ count: Int) { columns = Mutex(Array(repeating: nil, count: count)) }

  func set(_ place: Int, _ column: WordColumn) { columns.withLock { $0[place] = column } }

  var all: [WordColumn] { columns.withLock { $0.compactMap { $0 } } }
}

/// Lines of parts, counted side by side.
final class LineCounts: Sendable {
  private let counts: Mutex<[Int]>

  init(_ count: Int) { counts = Mutex(Array(repeating: 0, count: count)) }

  func set(_ place: Int, _ count: Int) { counts.withLock { $0[place] = count } }

  var all: [Int] { counts.withLock { $0 } }
}
