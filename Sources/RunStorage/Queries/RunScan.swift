import GRDB
import Tracking

/// Goes through the runs of a query in its order, reading of each no more than is asked for.
struct RunScan {
  private let db: Database
  private let query: RunQuery
  private let filter: RunFilter?

  init(_ db: Database, _ query: RunQuery, where filter: RunFilter?) {
    self.db = db
    self.query = query
    self.filter = filter
  }

  /// The numbers of the runs, cut to the query's limit and offset.
  func rows() throws -> [Int64] {
    if case .metric = query.order, let limit = query.limit {
      let measured = try rows(measuredOnly: true)
      if measured.count == limit { return measured }
    }
    return try rows(measuredOnly: false)
  }

  private func rows(measuredOnly: Bool) throws -> [Int64] {
    if query.limit == 0 { return [] }
    var found: [Int64] = []
    var left = query.offset
    try each("", measuredOnly: measuredOnly) { row, _ in
      if left > 0 {
        left -= 1
        return true
      }
      found.append(row.integer(0))
      return found.count != query.limit
    }
    return found
  }

  /// The configurations of the runs: by the mean over their seeds where the order is a metric, those
  /// with a diverged or failed run after the others; else in the order of first appearance.
  func configurations() throws -> [String] {
    guard case .metric(_, let which, let descending) = query.order else {
      var seen: Set<String> = []
      var found: [String] = []
      try each(", runs.configuration", measuredOnly: false) { row, column in
        let name = row.text(column)
        if seen.insert(name).inserted { found.append(name) }
        return true
      }
      return found
    }
    return try ranked(which, descending ? .maximize : .minimize)
  }

  private struct Mean {
    let name: String
    var sum = 0.0
    var count = 0
    var isBad = false

    var value: Double { count > 0 ? sum / Double(count) : .nan }
  }

  private func ranked(_ which: MetricValue, _ direction: Direction) throws -> [String] {
    var places: [String: Int] = [:]
    var means: [Mean] = []
    // The values of runs that diverged or failed are not among them: see `RunSelection`.
    let columns = ", runs.configuration, \(RunSelection.isBad), series.\(which)"
    try each(columns, measuredOnly: false) { row, column in
      let name = row.text(column)
      let place = places[name] ?? means.count
      if place == means.count {
        places[name] = place
        means.append(Mean(name: name))
      }
      if row.integer(column + 1) != 0 { means[place].isBad = true }
      if let value = row.optionalNumber(column + 2) {
        means[place].sum += value
        means[place].count += 1
      }
      return true
    }
    // Sorting keeps the order of equals, so that lists of equal values stay as they are.
    return means.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.isBad != b.isBad { return !a.isBad }
      if direction.isBetter(a.value, than: b.value) { return true }
      if direction.isBetter(b.value, than: a.value) { return false }
      return left.offset < right.offset
    }.map(\.element.name)
  }

  /// Calls `body` with each run that the filter lets through, and where the columns asked for begin,
  /// until it says false.
  ///
  /// - Parameter arguments: those of the columns.
  func each(
    _ columns: String, _ arguments: [String] = [], measuredOnly: Bool,
    _ body: (RowReader, Int32) throws -> Bool
  ) throws {
    var whole = query
    whole.limit = filter == nil ? query.limit.map { $0.addedSaturating(query.offset) } : nil
    whole.offset = 0
    if !columns.isEmpty { whole.limit = nil }
    let fields = filter?.fields ?? []
    let selections = fields.map(\.selection)
    let head = (["runs.id"] + selections.map(\.sql)).joined(separator: ", ") + columns
    let selection = RunSelection(
      whole, columns: head, selections.compactMap(\.argument) + arguments,
      measuredOnly: measuredOnly)
    let row = try RowReader(db, selection.sql, selection.arguments)
    defer { row.end() }
    var stored = StoredValues(db)
    let values = FilteredRow(fields, from: 1)
    while try row.next() {
      if let filter, try !filter.holds(values.values(row, &stored)) { continue }
      if try !body(row, Int32(1 + fields.count)) { return }
    }
  }
}
