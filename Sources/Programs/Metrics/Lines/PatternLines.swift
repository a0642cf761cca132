import Foundation

/// Lines in which a regular expression with named groups finds numbers: `(?<energy>\S+)`.
///
/// Every named group is a metric; `step`, `epoch` and `time` are reserved. A line gives what its first
/// match holds; a group that took no part gives nothing; one whose text is no number is ignored, and said
/// once. Of a line the first 8 KiB are looked at, or fewer, down to 512 bytes, where the pattern takes longer
/// than 10 ms of the processor for one line. The syntax is PCRE2's, over UTF-8, in which bytes that
/// are none match nothing.
public struct PatternLines: LineMetrics {
  /// As much of a line is looked at, in bytes.
  public static let longest = 8_192

  private static let shortest = 512
  private static let patience = 0.01

  private let expression: RegularExpression
  private var shown = longest

  /// Reads a pattern.
  ///
  /// - Throws: what is wrong with it and where: its syntax, or that no group names a metric.
  public init(_ pattern: String) throws(PatternProblem) {
    expression = try RegularExpression(pattern)
    if !expression.groups.contains(where: { ReservedName(rawValue: $0.name) == nil }) {
      throw PatternProblem(
        message: "the pattern names no metric",
        hint: "name a group, as in (?<loss>\\S+); step, epoch and time are reserved", column: nil)
    }
  }

  /// The metrics that the pattern names, in the order of their groups.
  public var metricNames: [String] {
    expression.groups.map(\.name).filter { ReservedName(rawValue: $0) == nil }
  }

  /// What a line reports; `nil` where the pattern does not match.
  public mutating func read(_ line: ByteLine, _ notes: inout MetricNotes) -> MetricReading? {
    let bytes = UnsafeBufferPointer(rebasing: line.bytes.prefix(shown))
    // A short line cannot take long: PCRE2 counts the steps it goes back.
    if bytes.count <= Self.shortest { return read(line, bytes, &notes) }
    let start = Self.processorSeconds
    let reading = read(line, bytes, &notes)
    if Self.processorSeconds - start > Self.patience {
      shown = max(Self.shortest, bytes.count / 2)
      notes.say(.pattern, "slow") {
        "the pattern takes long for lines of \(bytes.count) bytes: of such lines it is shown less from "
          + "here on; make it plainer"
      }
    }
    return reading
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func read(
    _ line: ByteLine, _ bytes: UnsafeBufferPointer<UInt8>, _ notes: inout MetricNotes
  ) -> MetricReading? {
    if line.length > Self.longest {
      notes.say(.longLine, "pattern") {
        "of a line of \(line.length) bytes the pattern was shown the first \(Self.longest)"
      }
    }
    var reading = MetricReading()
    let outcome = expression.match(bytes, isCut: line.length > bytes.count) { place in
      for group in expression.groups {
        guard let place = group.numbers.lazy.compactMap(place).first else { continue }
        let text = UnsafeBufferPointer(rebasing: bytes[place])
        if let number = DecimalNumber.whole(text) {
          reading.take(group.name, number, &notes)
        } else {
          notes.sayNotNumber(group.name) { String(decoding: text.prefix(60), as: UTF8.self) }
        }
      }
    }
    switch outcome {
    case .matched: return reading
    case .none: return nil
    case .givenUp:
      notes.say(.pattern, "limit") {
        "the pattern was given up in a line of \(line.length) bytes, where it goes back and forth too "
          + "often; make it plainer, such as \\S+ in place of .*"
      }
      return nil
    case .failed(let code):
      notes.say(.pattern, String(code)) {
        "the pattern cannot be used on a line: " + RegularExpression.message(code)
      }
      return nil
    }
  }
}
