import GRDB
import Tracking

/// Puts the runs of a query into the rows of a table: by run or by configuration, under headings or not.
struct RunArranger {
  private let db: Database
  private let query: RunQuery
  private let filter: RunFilter?
  private let field: RunFilter.Field?

  /// - Parameter field: whose values are the headings; `nil` for none.
  init(_ db: Database, _ query: RunQuery, where filter: RunFilter?, under field: RunFilter.Field?) {
    (self.db, self.query, self.filter, self.field) = (db, query, filter, field)
  }

  func byRun() throws -> RunArrangement {
    if field == nil { return RunArrangement(try RunScan(db, query, where: filter).rows()) }
    var rows: [Int64] = []
    var headings = Headings()
    var places: [Int32] = []
    try scan(query) { row, heading, _ in
      rows.append(row)
      places.append(headings.place(of: heading))
    }
    return arranged(rows.count, { rows[$0...$0] }, places, headings, RunArrangement.Span.run)
  }

  func byConfiguration() throws -> RunArrangement {
    var scanned = query
    var value: (MetricReduction, Metric, Bool)?
    switch query.order {
    case .metric(let metric, let which, let descending):
      value = (which == .last ? .last : .best, metric, descending)
    case .reduced(let metric, let reduction, let descending):
      value = (reduction, metric, descending)
    case .created, .column, .parameter, .named: break
    }
    if value != nil { scanned.order = .created }
    var known: [String: Int] = [:]
    var groups: [Group] = []
    var headings = Headings()
    try scan(scanned, value.map { ($0.0, $0.1) }) { row, heading, rest in
      let name = rest.0.text(rest.1)
      let place = known[name] ?? groups.count
      if place == groups.count {
        known[name] = place
        groups.append(Group(heading: headings.place(of: heading)))
      }
      groups[place].rows.append(row)
      if rest.0.integer(rest.1 + 1) != 0 { groups[place].isBad = true }
      if value != nil, let number = rest.0.optionalNumber(rest.1 + 2) {
        groups[place].sum += number
        groups[place].count += 1
      }
    }
    if let value { groups = Self.ranked(groups, value.2 ? .maximize : .minimize) }
    return arranged(
      groups.count, { groups[$0].rows[...] }, groups.map(\.heading), headings,
      RunArrangement.Span.configuration)
  }

  private struct Group {
    var rows: [Int64] = []
    var heading: Int32
    var isBad = false
    var sum = 0.0
    var count = 0

    var rank: GroupRank {
      GroupRank(hasBadRun: isBad, mean: count > 0 ? sum / Double(count) : .nan)
    }
  }

  /// Sorting keeps the order of equals.
  private static func ranked(_ groups: [Group], _ direction: Direction) -> [Group] {
    groups.map { ($0.rank, $0) }.sorted { $0.0.isBefore($1.0, direction) }.map(\.1)
  }

  /// Goes through the runs, each with the value of the field of the headings.
  private func scan(
    _ query: RunQuery, _ value: (MetricReduction, Metric)? = nil,
    _ body: (Int64, ParameterValue, (RowReader, Int32)) throws -> Void
  ) throws {
    let heading = field?.selection
    let columns =
      ", \(heading?.sql ?? "NULL"), runs.configuration, \(RunSelection.isBad)"
      + (value.map { ", " + $0.0.rankedTerm } ?? "")
    let arguments = [heading?.argument, value?.1.name].compactMap { $0 }
    var stored = StoredValues(db)
    try RunScan(db, query, where: filter).each(columns, arguments, measuredOnly: false) { row, at in
      let shared = try field.map { field in
        try FilteredRow([field], from: at).values(row, &stored).first ?? .off
      }
      try body(row.integer(0), shared ?? .off, (row, at + 1))
      return true
    }
  }

  /// The groups one after the other, under the headings where there are some.
  ///
  /// - Parameter group: the rows of a group; of 100,000 groups of one row each an array would take 5 MB.
  private func arranged(
    _ groups: Int, _ group: (Int) -> ArraySlice<Int64>, _ places: [Int32], _ headings: Headings,
    _ kind: Int32
  ) -> RunArrangement {
    typealias Span = RunArrangement.Span
    var rows: [Int64] = []
    rows.reserveCapacity((0..<groups).reduce(0) { $0 + group($1).count })
    var spans: [Span] = []
    spans.reserveCapacity(groups + headings.values.count)
    func append(_ index: Int) {
      let members = group(index)
      spans.append(Span(start: Int32(rows.count), count: Int32(members.count), kind: kind))
      rows += members
    }
    guard field != nil else {
      for index in 0..<groups { append(index) }
      return RunArrangement(rows, spans: spans)
    }
    var under: [[Int32]] = headings.values.map { _ in [] }
    for (index, place) in places.enumerated() { under[Int(place)].append(Int32(index)) }
    for place in headings.sorted {
      let head = spans.count
      let start = rows.count
      spans.append(Span(start: 0, count: 0, kind: Int32(place)))
      for index in under[place] { append(Int(index)) }
      spans[head] = Span(
        start: Int32(start), count: Int32(rows.count - start), kind: Int32(place))
    }
    return RunArrangement(rows, spans: spans, headings: headings.values)
  }
}

/// The values of a field as they come, each once.
private struct Headings {
  private(set) var values: [ParameterValue] = []
  private var places: [ParameterValue: Int32] = [:]

  mutating func place(of value: ParameterValue) -> Int32 {
    if let place = places[value] { return place }
    places[value] = Int32(values.count)
    values.append(value)
    return Int32(values.count - 1)
  }

  /// Numbers by size, then texts, then what has no value.
  var sorted: [Int] {
    values.indices.sorted { a, b in
      switch (values[a], values[b]) {
      case (.off, _): return false
      case (_, .off): return true
      default: break
      }
      switch (values[a].asNumber, values[b].asNumber) {
      case (let a?, let b?): return a < b
      case (.some, nil): return true
      case (nil, .some): return false
      case (nil, nil): return values[a].display < values[b].display
      }
    }
  }
}
