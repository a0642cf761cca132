import Foundation
import TensorKernels

// R rows, N columns of numbers.

extension TextTable {
  /// The cells of some columns, read in one walk over the bytes; a column that turns out to have words
  /// is walked over once more.
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

/// Reads columns of a table in one walk over its bytes.
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
      let most = lines(bytes)
      try MemoryLimit.check(
        rows: most, columns: columns.count, bytes: 20, setting: table.setting, place: table.path)
      let numeric = columns.filter { !asWords.contains($0) }
      var walk = ColumnWalk(
        table, bytes, numbers: numeric, words: columns.filter(asWords.contains), most: most)
      let numbers = try walk.run()
      var result = TableCells(
        rows: walk.rows, numbers: numbers, numbersPerRow: numeric.count, columns: walk.columns())
      if walk.rows == 0 {
        throw DataError(
          setting: table.setting, place: table.path,
          table.form.hasHeader
            ? "the file has names but no rows below them" : "the file has no rows")
      }
      let turned = walk.turned
      if !turned.isEmpty {
        var again = ColumnWalk(table, bytes, numbers: [], words: turned, most: walk.rows)
        _ = try again.run()
        result.columns.merge(again.columns()) { $1 }
      }
      return result
    }
  }

  /// A bound of the rows: how many lines end below the names, and one that does not.
  private func lines(_ bytes: UnsafeRawBufferPointer) -> Int {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[table.start...])
    // A return before a feed ends the same line.
    return Self.count(TableScanner.lineFeed, in: rest)
      + Self.count(TableScanner.carriageReturn, in: rest, unlessBefore: TableScanner.lineFeed) + 1
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

/// One walk over the rows of a table.
private struct ColumnWalk {
  /// What becomes of a field: a number in a slot from 0, nothing, or a word; the first column of words
  /// is `firstWord`, the second one less.
  private typealias Sink = Int
  private static let skip = -1
  private static let firstWord = -2

  private let table: TextTable
  private let bytes: UnsafeRawBufferPointer
  private let numbers: [Int]
  private let words: [Int]
  private let most: Int
  private var sinks: [Sink]
  private var dictionaries: [WordCodes]
  private let codes: CodeBlock
  private var missing: [Int]
  private(set) var rows = 0
  /// Columns that were read as numbers until a word stood in them.
  private(set) var turned: [Int] = []

  init(
    _ table: TextTable, _ bytes: UnsafeRawBufferPointer, numbers: [Int], words: [Int], most: Int
  ) {
    self.table = table
    self.bytes = bytes
    self.numbers = numbers
    self.words = words
    self.most = most
    sinks = [Sink](repeating: Self.skip, count: table.columnNames.count)
    for (slot, column) in numbers.enumerated() { sinks[column] = slot }
    for (place, column) in words.enumerated() { sinks[column] = Self.firstWord - place }
    dictionaries = words.map { _ in WordCodes(bytes) }
    codes = CodeBlock(columns: words.count, rows: most)
    missing = [Int](repeating: 0, count: numbers.count)
  }

  mutating func run() throws(DataError) -> SharedArray<Double> {
    var failure: DataError?
    let block = SharedArray<Double>(count: most * numbers.count) { target in
      do throws(DataError) { try walk(into: target) } catch { failure = error }
    }
    if let failure { throw failure }
    return block
  }

  private mutating func walk(
    into target: UnsafeMutableBufferPointer<Double>
  ) throws(DataError) {
    let (width, stride, decimal) = (sinks.count, numbers.count, table.form.decimal)
    var scanner = TableScanner(bytes, at: table.start, table.form.classes)
    var row = 0
    while scanner.skipEmptyLines() {
      let start = scanner.position
      var column = 0
      var endsRow = false
      while !endsRow {
        guard column < width, row < most else { throw unequal(start) }
        let sink = sinks[column]
        if sink >= 0 {
          scanner.skipBlanks()
          let place = scanner.position
          if let value = DecimalNumber.quick(bytes, &scanner.position, decimal: decimal),
            scanner.position >= bytes.count || !scanner.classes.continues(bytes[scanner.position])
          {
            target[row * stride + sink] = value
            endsRow = scanner.endField()
          } else {
            scanner.position = place
            let field = try field(&scanner)
            endsRow = field.endsRow
            target[row * stride + sink] = number(field, column: column, slot: sink)
          }
        } else if sink == Self.skip {
          endsRow = try field(&scanner).endsRow
        } else {
          let field = try field(&scanner)
          endsRow = field.endsRow
          let place = Self.firstWord - sink
          codes.elements[place * most + row] = dictionaries[place].code(field)
        }
        column += 1
      }
      if column != width { throw unequal(start) }
      row += 1
      rows = row
    }
  }

  @inline(__always)
  private func field(_ scanner: inout TableScanner) throws(DataError) -> TableScanner.Field {
    do throws(TableScanner.Problem) { return try scanner.field() } catch {
      throw table.problem(error)
    }
  }

  /// The number of a field that takes a closer look; a word, or a number that is not finite, turns
  /// its column.
  private mutating func number(_ field: TableScanner.Field, column: Int, slot: Int) -> Double {
    let cell = bytes[field.start..<field.end]
    if table.missing.contains(cell) {
      missing[slot] += 1
      return .nan
    }
    if case .finite(let value) = DecimalNumber(cell, table.form) { return value }
    sinks[column] = Self.skip
    turned.append(column)
    return .nan
  }

  /// What was read, by the place of the column.
  func columns() -> [Int: TableCells.Column] {
    var result: [Int: TableCells.Column] = [:]
    for (slot, column) in numbers.enumerated() where !turned.contains(column) {
      result[column] = .numbers(slot: slot, missing: missing[slot])
    }
    for (place, column) in words.enumerated() {
      result[column] = .words(
        WordColumn(
          codes.elements[place * most..<place * most + rows], dictionaries[place].texts,
          table.missing))
    }
    return result
  }

  /// The error of a row that has more or fewer fields than the first line.
  private func unequal(_ start: Int) -> DataError {
    var scanner = TableScanner(bytes, at: start, table.form.classes)
    var count = 0
    while let field = try? scanner.field() {
      count += 1
      if field.endsRow { break }
    }
    return table.unequalRow(at: start, fields: count, isFirst: rows == 0)
  }
}

/// Numbers of words while they are being read, column after column.
private final class CodeBlock {
  let elements: UnsafeMutableBufferPointer<Int32>

  init(columns: Int, rows: Int) { elements = .allocate(capacity: max(1, columns * rows)) }

  deinit { elements.deallocate() }
}

extension WordColumn {
  /// Sorts words and takes those that stand for a missing value out.
  fileprivate init(
    _ codes: Slice<UnsafeMutableBufferPointer<Int32>>, _ texts: [String], _ missing: MissingWords
  ) {
    // A quote may be written in two ways, so that two words are one text.
    names = Set(texts.filter { !missing.contains($0) }).sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    let order = texts.map { places[$0] ?? -1 }
    self.codes = codes.map { order[Int($0)] }
  }
}

extension TextTable {
  func unequalRow(at start: Int, fields count: Int, isFirst: Bool) -> DataError {
    let fields = count == 1 ? "1 field" : "\(count) fields"
    let first = form.hasHeader ? "the first line names" : "the first row has"
    let columns = "\(columnNames.count) column\(columnNames.count == 1 ? "" : "s")"
    let hint: String
    if isFirst, form.hasHeader, count == columnNames.count + 1 {
      hint =
        "Where rows begin with a name of their own, as R writes them, write skip: 1 and names: "
        + "[row, \(columnNames.prefix(3).joined(separator: ", "))\(columnNames.count > 3 ? ", ..." : "")]."
    } else if let lines = linesBeforeTable(width: columnNames.count) {
      hint = "Where the table begins further down, leave the lines above it out: skip: \(lines)."
    } else {
      let line = text.data.withUnsafeBytes { TextPlace(of: start, in: $0).line }
      hint =
        "Where the line is no row (a sum, a note), take it out: sed -i \(line)d FILE; where such "
        + "lines begin with a sign of their own, write comment: \"#\"."
    }
    return DataError(
      setting: setting, place: place(ofByte: start), "this row has \(fields), \(first) \(columns)",
      hint: hint)
  }

  /// Lines above the first one that has as many fields as most; `nil` where the first has.
  private func linesBeforeTable(width: Int) -> Int? {
    text.data.withUnsafeBytes { bytes in
      var scanner = TableScanner(bytes, at: form.start, form.classes)
      var seen: [(start: Int, count: Int)] = []
      while seen.count < 200, scanner.skipEmptyLines() {
        let start = scanner.position
        var count = 0
        while let field = try? scanner.field() {
          count += 1
          if field.endsRow { break }
        }
        if count == 0 { break }
        seen.append((start, count))
      }
      let counts = Dictionary(grouping: seen.map(\.count)) { $0 }.mapValues(\.count)
      guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key,
        most > 1, most != width, let first = seen.first(where: { $0.count == most })
      else { return nil }
      return TextPlace(of: first.start, in: bytes).line - 1
    }
  }
}
