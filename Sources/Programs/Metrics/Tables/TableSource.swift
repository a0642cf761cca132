public import Tracking

/// A table that a program writes while it works, as Lightning's `metrics.csv`.
///
/// Where the program writes the file anew, as it does when columns are added, it is read anew: rows that
/// were there before give no points again, and from the first that differs on all do.
public struct TableSource: MetricSource {
  private var file: FollowedFile
  private var lines = LineReader()
  private var rows = TableRows()

  /// Makes a source of a file that need not be there yet.
  public init(path: String) { file = FollowedFile(path) }

  /// Takes the rows that were written since the last call into a book.
  public mutating func read(
    into book: inout MetricBook, now: Int64, limit: Int
  ) throws(LabbookError) -> Bool {
    var lines = lines
    var rows = rows
    self.lines.reset()
    self.rows = TableRows()
    defer {
      self.lines = lines
      self.rows = rows
    }
    return try file.read(
      limit: limit,
      anew: {
        lines.reset()
        rows.beginAnew()
      },
      take: { bytes in lines.take(bytes) { rows.take($0, &book, now: now) } }
    ).hasMore
  }

  /// Takes the rest of the file, the last row too where its end is missing.
  public mutating func finish(into book: inout MetricBook, now: Int64) throws(LabbookError) {
    try readAll(into: &book, now: now)
    lines.finish { rows.take($0, &book, now: now) }
    rows.finish(&book.notes)
  }
}

/// The rows of a table, each of which is told once.
private struct TableRows: Sendable {
  private var kind = TableLines()
  /// A number for each row that was told.
  private var told: [UInt32] = []
  /// How many rows of the file as it is were read.
  private var place = 0

  /// For more rows no number is kept; they are told again.
  private static let mostKept = 1 << 20

  mutating func beginAnew() {
    kind = TableLines()
    place = 0
  }

  func finish(_ notes: inout MetricNotes) { kind.finish(&notes) }

  mutating func take(_ line: ByteLine, _ book: inout MetricBook, now: Int64) {
    guard let reading = kind.read(line, &book.notes) else { return }
    defer { place += 1 }
    let number = UInt32(truncatingIfNeeded: reading.hashValue)
    if place < told.count {
      if told[place] == number { return }
      told.removeLast(told.count - place)
    }
    if told.count == place, place < Self.mostKept { told.append(number) }
    book.take(reading, now: now)
  }
}
