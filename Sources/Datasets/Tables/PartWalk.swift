import CTables
import Foundation

/// A walk over the rows that begin in one part of a table's text, a window of bytes at a time.
final class PartWalk {
  /// What becomes of the columns.
  struct Plan: Sendable {
    var numbers: [Int]
    var words: [Int]
    /// Those of the columns of numbers that carry a sign.
    var signed: [Int: SignedNumbers] = [:]
  }

  /// What keeps a row from being read.
  enum Failure {
    case field(TableScanner.Problem)
    /// The row that begins at a byte has more or fewer fields than the first line.
    case unequal(Int)
    /// The file's bytes are no longer those that it was opened with.
    case changed
    case noMemory
  }

  private static let skip = Int64(-1)
  private static let ask = Int(LB_WALK_ASK)
  private static let firstWord = Int64(-2)

  private let table: TextTable
  private let end: Int
  private let most: Int
  private let stride: Int
  private let signed: [Int: SignedNumbers]
  /// One a column of the table.
  private let sinks: UnsafeMutableBufferPointer<Int64>
  private let missingCounts: UnsafeMutableBufferPointer<Int64>
  /// One a column of words.
  private let lists: UnsafeMutableBufferPointer<OpaquePointer?>
  /// Where the part begins.
  let start: Int
  /// Where the row behind the last one begins.
  private(set) var position: Int
  private(set) var rows = 0
  private(set) var failure: Failure?
  /// Columns that were read as numbers until a word stood in them.
  private(set) var turned: Set<Int> = []
  /// Columns in which numbers stand for missing values.
  private(set) var missingNumbers: Set<Int> = []

  /// - Parameters:
  ///   - start: a row begins there.
  ///   - end: rows that begin there or later are another part's.
  ///   - most: how many rows are read at most.
  init(
    _ table: TextTable, _ plan: Plan, from start: Int, to end: Int, most: Int
  ) {
    self.table = table
    let (numbers, words) = (plan.numbers, plan.words)
    signed = plan.signed
    self.start = start
    self.end = end
    self.most = most
    stride = numbers.count
    position = start
    sinks = .allocate(capacity: table.columnNames.count)
    sinks.initialize(repeating: Self.skip)
    for (slot, column) in numbers.enumerated() {
      let asks = table.missing.hasNumbers || signed[column] != nil
      sinks[column] = Int64(slot + (asks ? Self.ask : 0))
    }
    for (place, column) in words.enumerated() { sinks[column] = Self.firstWord - Int64(place) }
    lists = .allocate(capacity: words.count)
    for place in words.indices { lists.initializeElement(at: place, to: lb_words_make()) }
    missingCounts = .allocate(capacity: numbers.count)
    missingCounts.initialize(repeating: 0)
  }

  deinit {
    for list in lists { lb_words_free(list) }
    lists.deallocate()
    sinks.deallocate()
    missingCounts.deallocate()
  }

  /// How many numbers of a slot are missing.
  func missing(_ slot: Int) -> Int { Int(missingCounts[slot]) }

  /// The words of one column of words, in the order of their numbers.
  func words(_ place: Int) -> PartWords { PartWords(list: lists[place]) }

  /// Reads the rows: numbers into `target`, row after row, and words' numbers into `codes`, a column
  /// `codesStride` behind the other.
  func run(
    into target: UnsafeMutablePointer<Double>?, _ codes: UnsafeMutablePointer<Int32>?,
    codesStride: Int
  ) {
    guard !lists.contains(where: { $0 == nil }) else { return failure = .noMemory }
    let form = table.form
    var walk = lb_walk()
    walk.separates_by_blanks = form.separator == .blanks ? 1 : 0
    if case .byte(let byte) = form.separator {
      walk.separator = byte
    } else {
      walk.separator = 0x20
    }
    walk.has_comments = form.comment == nil ? 0 : 1
    walk.comment = form.comment ?? 0
    walk.decimal = form.decimal
    walk.empty_is_missing = table.missing.contains("") ? 1 : 0
    walk.width = Int64(sinks.count)
    walk.sinks = sinks.baseAddress
    walk.numbers = target
    walk.stride = Int64(stride)
    walk.missing = missingCounts.baseAddress
    walk.codes = codes
    walk.codes_stride = Int64(codesStride)
    walk.words = lists.baseAddress
    walk.most = Int64(most)
    readWindows(&walk)
    rows = Int(walk.row)
  }

  private func readWindows(_ walk: inout lb_walk) {
    var size = table.pieces.window
    var base = start
    while let next = withWindow(of: size, { readWindows(in: $0, from: &base, &walk) }) {
      // A row is longer than the window.
      size = next
    }
  }

  /// Memory for a window of so many bytes.
  private func withWindow<Result>(
    of size: Int, _ body: (UnsafeMutableRawBufferPointer) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(
      byteCount: Self.before + min(size, table.text.count) + Self.behind, alignment: 64, body)
  }

  /// Reads windows from `base` on.
  ///
  /// - Returns: the size of a window that a row needs, `nil` at the end.
  private func readWindows(
    in buffer: UnsafeMutableRawBufferPointer, from base: inout Int, _ walk: inout lb_walk
  ) -> Int? {
    let size = buffer.count - Self.before - Self.behind
    guard let memory = buffer.baseAddress else { return nil }
    memset(memory, 0, Self.before)
    while true {
      let count = min(size, table.text.count - base)
      let window = UnsafeMutableRawBufferPointer(start: memory + Self.before, count: count)
      guard table.text.read(from: base, into: window) else {
        failure = .changed
        return nil
      }
      memset(memory + Self.before + count, 0, Self.behind)
      buffer[Self.before + count] = TableScanner.lineFeed
      walk.bytes = UnsafePointer(
        (memory + Self.before).assumingMemoryBound(to: UInt8.self))
      walk.count = Int64(count)
      walk.end = Int64(end - base)
      walk.is_last = base + count == table.text.count ? 1 : 0
      walk.position = 0
      let status = Int(read(UnsafeRawBufferPointer(window), &walk))
      guard status == LB_WALK_CUT else {
        close(status, base, walk)
        return nil
      }
      if walk.position == 0 { return 2 * size }
      base += Int(walk.position)
    }
  }

  /// Takes what a walk ended with.
  private func close(_ status: Int, _ base: Int, _ walk: lb_walk) {
    switch status {
    case LB_WALK_DONE: position = base + Int(walk.position)
    case LB_WALK_UNCLOSED_QUOTE: failure = .field(.unclosedQuote(base + Int(walk.problem)))
    case LB_WALK_TEXT_AFTER_QUOTE: failure = .field(.textAfterQuote(base + Int(walk.problem)))
    case LB_WALK_UNEQUAL: failure = .unequal(base + Int(walk.row_start))
    case LB_WALK_NO_MEMORY: failure = .noMemory
    default: failure = .changed
    }
  }

  /// Bytes beside a window, which the kernels read too.
  private static let (before, behind) = (64, 128)

  /// Reads the rows of one window.
  private func read(_ window: UnsafeRawBufferPointer, _ walk: inout lb_walk) -> Int32 {
    let body = table.pieces.body ?? lb_tables_body()
    while true {
      let status = lb_walk_rows(&walk, body)
      guard Int(status) == LB_WALK_CELL else { return status }
      let slot = Int(sinks[Int(walk.column)]) & (Self.ask - 1)
      let cell = window[Int(walk.field_start)..<Int(walk.field_end)]
      walk.numbers[Int(walk.row) * stride + slot] = number(cell, column: Int(walk.column), slot)
    }
  }

  /// The number of a field that takes a closer look; a word, or a number that is not finite, turns
  /// its column.
  private func number(
    _ cell: UnsafeRawBufferPointer.SubSequence, column: Int, _ slot: Int
  ) -> Double {
    if table.missing.contains(cell) {
      missingCounts[slot] += 1
      if table.missing.hasNumbers, case .finite = DecimalNumber(cell) {
        missingNumbers.insert(column)
      }
      return .nan
    }
    if let signed = signed[column] {
      if let value = signed.value(cell) { return value }
    } else if case .finite(let value) = DecimalNumber(cell, table.form) {
      return value
    }
    sinks[column] = Self.skip
    turned.insert(column)
    return .nan
  }
}

extension PartWalk.Failure {
  /// The error of a row, with its place.
  ///
  /// - Parameter isFirst: whether it is the first row of the table.
  func error(_ table: TextTable, isFirst: Bool) -> DataError {
    switch self {
    case .field(let problem): return table.problem(problem)
    case .changed: return table.changed
    case .noMemory:
      return DataError(
        setting: table.setting, place: table.path, "there is not enough memory for its words")
    case .unequal(let start):
      let count = table.text.data.withUnsafeBytes { bytes in
        var scanner = TableScanner(bytes, at: start, table.form.classes)
        var count = 0
        while let field = try? scanner.field() {
          count += 1
          if field.endsRow { break }
        }
        return count
      }
      return table.unequalRow(at: start, fields: count, isFirst: isFirst)
    }
  }
}
