public import Tracking

/// Where a program's metrics are read from while it works: a file of lines, a table, a folder of event
/// files.
///
/// What is not there yet is waited for. A source is read by one thread at a time.
public protocol MetricSource: Sendable {
  /// Takes what was written since the last call into a book.
  ///
  /// - Parameters:
  ///   - now: Unix time in milliseconds, for readings that tell none.
  ///   - limit: about as many bytes are read at most.
  /// - Returns: whether more is there already.
  /// - Throws: why the file cannot be read.
  mutating func read(
    into book: inout MetricBook, now: Int64, limit: Int
  ) throws(LabbookError) -> Bool

  /// Takes all that is left once the program has ended, the last line too where its end is missing.
  ///
  /// - Throws: why the file cannot be read.
  mutating func finish(into book: inout MetricBook, now: Int64) throws(LabbookError)
}

extension MetricSource {
  /// Reads until no more is there.
  mutating func readAll(into book: inout MetricBook, now: Int64) throws(LabbookError) {
    while try read(into: &book, now: now, limit: 1 << 24) {}
  }
}
