public import Tracking

/// Metrics in the lines of a file that grows: the output of a program or `LABBOOK_METRICS`.
///
/// A file that its program writes anew is read anew: with steps its points stand for the same again.
public struct LineSource: MetricSource {
  private var file: FollowedFile
  private var lines = LineReader()
  private var kind: any LineMetrics

  /// Makes a source of a file that need not be there yet.
  public init(path: String, _ kind: any LineMetrics = ObjectLines()) {
    file = FollowedFile(path)
    self.kind = kind
  }

  /// How many bytes were read.
  public var bytesRead: Int64 { file.offset }

  /// Takes what was written since the last call into a book.
  public mutating func read(
    into book: inout MetricBook, now: Int64, limit: Int
  ) throws(LabbookError) -> Bool {
    var lines = lines
    var kind = kind
    self.lines.reset()
    defer {
      self.lines = lines
      self.kind = kind
    }
    return try file.read(limit: limit, anew: { lines.reset() }) { bytes in
      lines.take(bytes) { line in
        if let reading = kind.read(line, &book.notes) { book.take(reading, now: now) }
      }
    }.hasMore
  }

  /// Takes the rest of the file and the line that lacks its end.
  public mutating func finish(into book: inout MetricBook, now: Int64) throws(LabbookError) {
    try readAll(into: &book, now: now)
    lines.finish { line in
      if let reading = kind.read(line, &book.notes) { book.take(reading, now: now) }
    }
  }
}
