/// A walk over the rows that begin in one part of a table's text.
final class PartWalk {
  /// What becomes of a field: a number in a slot from 0, nothing, or a word; the first column of words
  /// is `firstWord`, the second one less.
  private typealias Sink = Int
  private static let skip = -1
  private static let firstWord = -2

  /// What keeps a row from being read.
  enum Failure {
    case field(TableScanner.Problem)
    /// The row that begins at a byte has more or fewer fields than the first line.
    case unequal(Int)
  }

  private let table: TextTable
  private let bytes: UnsafeRawBufferPointer
  private let stride: Int
  private let end: Int
  private let most: Int
  /// One a column of the table.
  private let sinks: UnsafeMutableBufferPointer<Sink>
  /// One a column of words.
  private let dictionaries: UnsafeMutableBufferPointer<WordCodes>
  /// Where the part begins.
  let start: Int
  /// Where the row behind the last one begins.
  private(set) var position: Int
  private(set) var missing: [Int]
  private(set) var rows = 0
  private(set) var failure: Failure?
  /// Columns that were read as numbers until a word stood in them.
  private(set) var turned: Set<Int> = []

  /// - Parameters:
  ///   - start: a row begins there.
  ///   - end: rows that begin there or later are another part's.
  ///   - most: how many rows are read at most.
  init(
    _ table: TextTable, _ bytes: UnsafeRawBufferPointer, numbers: [Int], words: [Int],
    from start: Int, to end: Int, most: Int
  ) {
    self.table = table
    self.bytes = bytes
    self.start = start
    self.end = end
    self.most = most
    stride = numbers.count
    position = start
    sinks = .allocate(capacity: table.columnNames.count)
    sinks.initialize(repeating: Self.skip)
    for (slot, column) in numbers.enumerated() { sinks[column] = slot }
    for (place, column) in words.enumerated() { sinks[column] = Self.firstWord - place }
    dictionaries = .allocate(capacity: words.count)
    for place in words.indices { dictionaries.initializeElement(at: place, to: WordCodes(bytes)) }
    missing = [Int](repeating: 0, count: numbers.count)
  }

  deinit {
    for dictionary in dictionaries { dictionary.free() }
    dictionaries.deallocate()
    sinks.deallocate()
  }

  /// The words of one column of words, in the order of their numbers.
  func texts(_ place: Int) -> [String] { dictionaries[place].texts }

  /// Reads the rows: numbers into `target`, row after row, and words' numbers into `codes`.
  func run(into target: UnsafeMutablePointer<Double>?, _ codes: CodeBlock.Place?) {
    do throws(TableScanner.Problem) { try walk(into: target, codes) } catch {
      failure = .field(error)
    }
  }

  private func walk(
    into target: UnsafeMutablePointer<Double>?, _ codes: CodeBlock.Place?
  ) throws(TableScanner.Problem) {
    let (width, decimal, bytes, stride) = (sinks.count, table.form.decimal, bytes, stride)
    let (sinks, dictionaries, end, most) = (sinks, dictionaries, end, most)
    var row = 0
    defer { rows = row }
    var scanner = TableScanner(bytes, at: start, table.form.classes)
    while row < most, scanner.position < end {
      let first = scanner.skipEmptyLines() ? scanner.position : end
      // Lines that are no rows may lead into the next part, which begins with some of them.
      guard first < end else {
        position = end
        return
      }
      var column = 0
      var endsRow = false
      while !endsRow {
        guard column < width else {
          failure = .unequal(first)
          return
        }
        let sink = sinks[column]
        if sink >= 0, let target {
          scanner.skipBlanks()
          let place = scanner.position
          if let value = DecimalNumber.quick(bytes, &scanner.position, decimal: decimal),
            scanner.position >= bytes.count || !scanner.classes.continues(bytes[scanner.position])
          {
            target[row * stride + sink] = value
            endsRow = scanner.endField()
          } else {
            scanner.position = place
            let field = try scanner.field()
            endsRow = field.endsRow
            target[row * stride + sink] = number(field, column: column, slot: sink)
          }
        } else if sink <= Self.firstWord, let codes {
          let field = try scanner.field()
          endsRow = field.endsRow
          let place = Self.firstWord - sink
          codes.pointer[place * codes.stride + row] = dictionaries[place].code(field)
        } else {
          endsRow = try scanner.field().endsRow
        }
        column += 1
      }
      if column != width {
        failure = .unequal(first)
        return
      }
      row += 1
    }
    position = scanner.position
  }

  /// The number of a field that takes a closer look; a word, or a number that is not finite, turns
  /// its column.
  private func number(_ field: TableScanner.Field, column: Int, slot: Int) -> Double {
    let cell = bytes[field.start..<field.end]
    if table.missing.contains(cell) {
      missing[slot] += 1
      return .nan
    }
    if case .finite(let value) = DecimalNumber(cell, table.form) { return value }
    sinks[column] = Self.skip
    turned.insert(column)
    return .nan
  }
}

extension PartWalk.Failure {
  /// The error of a row, with its place.
  ///
  /// - Parameter isFirst: whether it is the first row of the table.
  func error(_ table: TextTable, _ bytes: UnsafeRawBufferPointer, isFirst: Bool) -> DataError {
    switch self {
    case .field(let problem): return table.problem(problem)
    case .unequal(let start):
      var scanner = TableScanner(bytes, at: start, table.form.classes)
      var count = 0
      while let field = try? scanner.field() {
        count += 1
        if field.endsRow { break }
      }
      return table.unequalRow(at: start, fields: count, isFirst: isFirst)
    }
  }
}
