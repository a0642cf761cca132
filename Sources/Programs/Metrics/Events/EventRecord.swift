/// An event of TensorBoard: a step, a time and the summaries of that step.
enum EventRecord {
  /// What an event reports; `nil` where it holds no summary, and where it is none.
  ///
  /// - Parameter prefix: what stands before the name of every metric.
  static func reading(
    of bytes: UnsafeRawBufferPointer, prefix: String, _ notes: inout MetricNotes
  ) -> MetricReading? {
    var reading = MetricReading(step: 0)
    var hasSummary = false
    var fields = ProtobufFields(bytes)
    while let (number, value) = fields.field() {
      switch (number, value) {
      case (1, .fixed64(let bits)):
        let seconds = Double(bitPattern: bits)
        if seconds > 0, seconds < 1e11 {
          reading.timeMilliseconds = Int64((seconds * 1000).rounded())
        }
      case (2, .varint(let step)): reading.step = Int(Int64(bitPattern: step))
      case (5, .bytes(let summary)):
        hasSummary = true
        take(summary, prefix, &reading, &notes)
      default: break
      }
    }
    return hasSummary && !fields.isBroken ? reading : nil
  }

  private static func take(
    _ summary: UnsafeRawBufferPointer, _ prefix: String, _ reading: inout MetricReading,
    _ notes: inout MetricNotes
  ) {
    var fields = ProtobufFields(summary)
    while let (number, value) = fields.field() {
      guard number == 1, case .bytes(let bytes) = value else { continue }
      let value = SummaryValue(bytes)
      let name = prefix + value.tag
      if let number = value.number {
        reading.values.append(NamedNumber(name, number))
      } else if let found = value.found {
        notes.sayNotNumber(name) { found }
      }
    }
  }
}

/// A value of a summary: its name, and its number where it is one.
private struct SummaryValue {
  var tag = ""
  var number: Double?
  /// What it holds in place of a number; `nil` where it holds nothing, as a description does.
  var found: String?

  init(_ bytes: UnsafeRawBufferPointer) {
    var fields = ProtobufFields(bytes)
    while let (field, value) = fields.field() {
      switch (field, value) {
      case (1, .bytes(let text)): tag = String(decoding: text, as: UTF8.self)
      case (2, .fixed32(let bits)): number = Double(Float(bitPattern: bits))
      case (4, .bytes): found = "an image"
      case (5, .bytes): found = "a histogram"
      case (6, .bytes): found = "a sound"
      case (8, .bytes(let tensor)):
        number = TensorScalar.value(of: tensor)
        if number == nil { found = "a tensor of several values or of text" }
      default: break
      }
    }
  }
}
