import Foundation
import Results
import RunStorage
import Runs
import Terminal
import Tracking
import Web

/// The rows of a table for programs, made a piece at a time as they are taken.
struct RunExportStream: Sendable {
  private let snapshot: TableSnapshot
  private let request: TableRequest
  private let format: TableFormat
  private let store: RunStore
  private let fields: RunListing.Fields
  private let columns: ExportColumns

  /// So many runs are read at once.
  private static let piece = 500

  /// - Throws: `TableProblem` for columns that no run has.
  init(
    _ snapshot: TableSnapshot, _ request: TableRequest, _ format: TableFormat, in store: RunStore
  ) throws {
    (self.snapshot, self.request, self.format) = (snapshot, request, format)
    self.store = store
    fields = RunListing.Fields(
      paths: snapshot.tally.parameters, metrics: snapshot.tally.metrics,
      hasFolds: snapshot.tally[.parameter(RunConfiguration.foldPath)] != nil,
      hasNames: snapshot.tally.hasNames)
    columns = try ExportColumns(snapshot, request)
  }

  /// The pieces of the file.
  var stream: AsyncStream<Data> {
    let place = Place()
    return AsyncStream { try? await Blocking.run { try next(place) } }
  }

  /// How far a reader is; the pieces are asked for one after the other.
  private final class Place: @unchecked Sendable {
    var next = 0
    var isOpen = false
    var isDone = false
  }

  private func next(_ place: Place) throws -> Data? {
    if place.isDone { return nil }
    let total = snapshot.arrangement.count
    var places: [Int] = []
    var runs = 0
    while place.next < total, runs < Self.piece {
      let entry = snapshot.arrangement.entry(place.next)
      if case .heading = entry.kind {
      } else {
        places.append(place.next)
        runs += entry.runs
      }
      place.next += 1
    }
    let table = try table(places)
    defer { place.isOpen = true }
    place.isDone = place.next >= total
    return Data(text(table, isFirst: !place.isOpen, isLast: place.isDone).utf8)
  }

  private func table(_ places: [Int]) throws -> Table {
    guard request.isByConfiguration else {
      let runs = try store.records(snapshot.arrangement, at: places).compactMap { $0 }
      return try columns.table(RunListing(runs, fields, for: format).table, of: runs, in: store)
    }
    let found = try places.map { ($0, try store.runs(snapshot.arrangement, at: $0)) }
      .filter { !$0.1.isEmpty }
    let groups = found.map(\.1)
    let listing = RunListing(groups.flatMap { $0 }, fields, for: format)
      .tableByConfiguration(groups.map { $0[0].configuration })
    return try columns.table(
      listing, of: groups, at: found.map(\.0), snapshot.arrangement, in: store)
  }

  /// A piece without the head or the brackets that stand once.
  private func text(_ table: Table, isFirst: Bool, isLast: Bool) -> String {
    let text = table.text(format)
    guard format == .json else {
      guard !isFirst else { return text }
      let head = Table(table.columns).text(.csv)
      return String(text.dropFirst(head.count))
    }
    if isFirst, isLast { return text }
    let rows = table.rows.isEmpty ? "" : String(text.dropFirst(2).dropLast(3))
    let before = isFirst ? "[\n" : rows.isEmpty ? "" : ",\n"
    return before + rows + (isLast ? "\n]\n" : "")
  }
}
