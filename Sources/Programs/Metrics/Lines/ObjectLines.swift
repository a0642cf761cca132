/// Lines that are one JSON object or one Python dict as printed.
///
/// `NaN`, `Infinity`, `nan` and `inf` are values, and so are numbers as libraries print them, such as
/// `np.float64(0.5)` and `tensor(0.5)`, or in Python's quotes, as `'0.25'` by Hugging Face's trainer; a text
/// of JSON is none. Keys of objects within are joined with `/`. `step`, `epoch` and
/// `time` of the object itself are reserved. What is no number is ignored, and said once a name; `null`
/// and `None` are no value. Blanks and a terminal's codes around the object do not count; nor does a bar
/// of tqdm in front of it, which is where a line lands that is printed while the bar is drawn.
public struct ObjectLines: LineMetrics {
  // Kept from line to line for its room.
  private var scanner = ObjectScanner()

  /// Makes a reader.
  public init() {}

  /// What a line reports; `nil` where it is no object.
  public mutating func read(_ line: ByteLine, _ notes: inout MetricNotes) -> MetricReading? {
    guard let start = Self.start(of: line.bytes) else { return nil }
    if line.isCut {
      notes.say(.longLine, "object") {
        "a line of \(line.length) bytes is too long to be read for metrics; up to "
          + "\(line.bytes.count) are"
      }
      return nil
    }
    guard scanner.scan(line.bytes, from: start) else { return nil }
    var reading = MetricReading()
    reading.values.reserveCapacity(scanner.numbers.count)
    for number in scanner.numbers {
      if number.isNested {
        reading.values.append(NamedNumber(number.name, number.number.value))
      } else {
        reading.take(number.name, number.number, &notes)
      }
    }
    for other in scanner.others {
      notes.sayNotNumber(other.name) {
        String(decoding: line.bytes[other.place].prefix(60), as: UTF8.self)
      }
    }
    return reading
  }

  /// Where the object of a line begins.
  private static func start(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let brace = UInt8(ascii: "{")
    let start = TerminalCodes.skipped(bytes, from: 0)
    guard start < bytes.count else { return nil }
    if bytes[start] == brace { return start }
    return startBehindBar(bytes, brace)
  }

  /// `  5%|▌ | 5/100 [00:01<00:19, 4.9it/s]{'loss': 0.5}`, or `5it [00:01, 4.9it/s]{'loss': 0.5}`.
  private static func startBehindBar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ brace: UInt8
  ) -> Int? {
    let bracket = UInt8(ascii: "]")
    guard var end = bytes.firstIndex(of: bracket) else { return nil }
    while true {
      let behind = TerminalCodes.skipped(bytes, from: end + 1)
      guard behind < bytes.count else { return nil }
      if bytes[behind] == brace {
        let bar = bytes[..<end]
        return ["%|", "it/s", "s/it"].contains { has(bar, $0) } ? behind : nil
      }
      guard let next = bytes[(end + 1)...].firstIndex(of: bracket) else { return nil }
      end = next
    }
  }

  private static func has(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ mark: StaticString
  ) -> Bool {
    let count = mark.utf8CodeUnitCount
    let marks = UnsafeBufferPointer(start: mark.utf8Start, count: count)
    guard bytes.count >= count else { return false }
    return (bytes.startIndex...(bytes.endIndex - count)).contains {
      bytes[$0] == marks[0] && bytes[$0..<($0 + count)].elementsEqual(marks)
    }
  }
}
