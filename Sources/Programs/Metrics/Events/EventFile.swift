import Tracking

/// One event file of TensorBoard, followed while its program writes it.
struct EventFile: Sendable {
  private var file: FollowedFile
  private var records = RecordReader()
  private let prefix: String

  init(path: String, prefix: String) {
    file = FollowedFile(path)
    self.prefix = prefix
  }

  /// Takes the records that were written since the last call; says whether more are there.
  mutating func read(
    into book: inout MetricBook, now: Int64, limit: Int
  ) throws(LabbookError) -> Bool {
    var records = records
    self.records = RecordReader()
    defer { self.records = records }
    let (path, prefix) = (file.path, prefix)
    return try file.read(
      limit: limit, anew: { records = RecordReader() },
      take: { bytes in
        records.take(bytes) { item in
          switch item {
          case .record(let record):
            guard let reading = EventRecord.reading(of: record, prefix: prefix, &book.notes) else {
              return
            }
            book.take(reading, now: now)
          case .damage(let offset, let what):
            book.notes.say(.record, "\(path) \(offset)") {
              "\(path): the record at byte \(offset) is damaged: \(what)"
            }
          }
        }
      }
    ).hasMore
  }

  /// Says where the file ends within a record.
  func finish(_ notes: inout MetricNotes) {
    if records.openLength == 0 { return }
    notes.say(.record, file.path) {
      "\(file.path) ends within the record at byte \(records.openOffset): it was not written to its end"
    }
  }
}
