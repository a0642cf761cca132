import Machine
import TensorKernels

// R rows, N columns of numbers, W columns of words.

/// One walk over the rows of a table, its parts side by side.
///
/// Each part begins where a line ends, as if no quote were open there. Where the part before it ends
/// elsewhere, a quote was, and the part is walked over again from there: what comes out is what one
/// walk from the first row to the last would give.
struct TableWalk {
  private let table: TextTable
  private let parts: TableParts
  private let plan: PartWalk.Plan
  private var numbers: [Int] { plan.numbers }
  private var words: [Int] { plan.words }
  private var walks: [PartWalk] = []
  private(set) var rows = 0
  /// Columns that were read as numbers until a word stood in them.
  private(set) var turned: Set<Int> = []

  init(_ table: TextTable, _ parts: TableParts, _ plan: PartWalk.Plan) {
    self.table = table
    self.parts = parts
    self.plan = plan
    walks = (0..<parts.count).map { walk($0, from: parts.starts[$0]) }
  }

  private func walk(_ part: Int, from start: Int) -> PartWalk {
    PartWalk(
      table, plan, from: start, to: parts.end(of: part),
      most: parts.most[part])
  }

  /// Reads all rows.
  mutating func run() throws(DataError) -> TableCells {
    var failure: PartWalk.Failure?
    var block: SharedArray<Double>?
    var merges: [WordMerge] = []
    let codes = SharedArray<Int32>(count: parts.mostRows * words.count) { codes in
      block = SharedArray<Double>(count: parts.mostRows * numbers.count) { target in
        walkParts(target.baseAddress, codes.baseAddress)
        failure = mend(target.baseAddress, codes.baseAddress)
        if failure == nil { close(target.baseAddress) }
      }
      if failure == nil { merges = sortWords(codes.baseAddress) }
    }
    if failure == nil, table.text.hasChanged { failure = .changed }
    if let failure { throw failure.error(table, isFirst: rows == 0) }
    turned = walks.reduce(into: []) { $0.formUnion($1.turned) }
    var columns: [Int: TableCells.Column] = [:]
    for (slot, column) in numbers.enumerated() where !turned.contains(column) {
      let missing = walks.reduce(0) { $0 + $1.missing(slot) }
      columns[column] = .numbers(slot: slot, missing: missing)
    }
    for (place, (column, merge)) in zip(words, merges).enumerated() {
      columns[column] = .words(
        WordColumn(
          codes: WordPlaces(codes, start: place * parts.mostRows, count: rows), names: merge.names,
          hasMissingWords: merge.hasMissingWords))
    }
    let remarks = plan.signed.filter { !turned.contains($0.key) }.sorted { $0.key < $1.key }
      .map { $1.remark(table.columnNames[$0]) }
    let isOfOld = remarks.isEmpty && walks.allSatisfy { $0.missingNumbers.isSubset(of: turned) }
    return TableCells(
      rows: rows, numbers: block ?? SharedArray([]), numbersPerRow: numbers.count, columns: columns,
      remarks: remarks, version: isOfOld ? 1 : 3)
  }

  /// Where the rows of each part begin among all that there could be.
  private var firstRows: [Int] {
    var first = 0
    return parts.most.map { most in
      defer { first += most }
      return first
    }
  }

  private func walkParts(
    _ target: UnsafeMutablePointer<Double>?, _ codes: UnsafeMutablePointer<Int32>?
  ) {
    // Every part has rows of its own.
    nonisolated(unsafe) let (walks, target, codes) = (walks, target, codes)
    let (first, stride, rows, digest) = (
      firstRows, numbers.count, parts.mostRows, table.fingerprint
    )
    Parallel.forEach(walks.count + 1) { number in
      guard number > 0 else { return digest.make() }
      let part = number - 1
      walks[part].run(
        into: target.map { $0 + first[part] * stride }, codes.map { $0 + first[part] },
        codesStride: rows)
    }
  }

  /// Walks again over parts that did not begin where the one before them ended.
  ///
  /// - Returns: what is wrong with the first row that cannot be read.
  private mutating func mend(
    _ target: UnsafeMutablePointer<Double>?, _ codes: UnsafeMutablePointer<Int32>?
  ) -> PartWalk.Failure? {
    let first = firstRows
    var position = parts.starts[0]
    for part in walks.indices {
      if walks[part].start != position {
        walks[part] = walk(part, from: position)
        walks[part].run(
          into: target.map { $0 + first[part] * numbers.count }, codes.map { $0 + first[part] },
          codesStride: parts.mostRows)
      }
      rows += walks[part].rows
      if let failure = walks[part].failure { return failure }
      position = walks[part].position
      // There are no more rows than lines, unless there are other lines now.
      if position < parts.end(of: part) { return .changed }
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

  /// Sorts the words of every column and numbers them anew.
  private func sortWords(_ codes: UnsafeMutablePointer<Int32>?) -> [WordMerge] {
    guard let codes else { return [] }
    let made = Gathered<WordMerge>(words.count)
    nonisolated(unsafe) let (walks, all) = (walks, codes)
    let (first, rows, missing) = (firstRows, parts.mostRows, table.missing)
    Parallel.forEach(words.count) { place in
      let merge = WordMerge(walks.map { $0.words(place) }, missing)
      let column = all + place * rows
      var end = 0
      for (part, walk) in walks.enumerated() {
        let places = merge.places[part]
        places.withUnsafeBufferPointer { places in
          for row in 0..<walk.rows {
            column[end + row] = places[Int(column[first[part] + row])]
          }
        }
        end += walk.rows
      }
      made.set(place, merge)
    }
    return made.all
  }
}
