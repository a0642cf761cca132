/// A time of a run as the store has it: ISO 8601 in UTC, kept as a number where it is written as Labbook
/// does.
enum StoredTime: Hashable, Sendable {
  /// Unix time.
  case milliseconds(Int64)
  /// What another program wrote.
  case other(String)

  init(_ text: String) {
    var text = text
    self = text.withUTF8(Self.time).map(Self.milliseconds) ?? .other(text)
  }

  /// As it stands in the store.
  var text: String {
    switch self {
    case .milliseconds(let time): Timestamp.text(milliseconds: time)
    case .other(let text): text
    }
  }

  /// The time of a text such as `2026-11-30T19:05:00.123Z`; `nil` for any other form.
  private static func time(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == 24, text[4] == dash, text[7] == dash, text[10] == UInt8(ascii: "T"),
      text[13] == colon, text[16] == colon, text[19] == UInt8(ascii: "."),
      text[23] == UInt8(ascii: "Z"), let year = number(text[0..<4]),
      let month = number(text[5..<7]), let day = number(text[8..<10]),
      let hour = number(text[11..<13]), let minute = number(text[14..<16]),
      let second = number(text[17..<19]), let rest = number(text[20..<23])
    else { return nil }
    guard year >= 1970, (1...12).contains(month), (1...days(of: month, year)).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let whole = days(before: year, month) + day - 1
    return (whole * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + rest
  }

  private static let dash = UInt8(ascii: "-")
  private static let colon = UInt8(ascii: ":")

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    var number: Int64 = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return nil }
      number = number * 10 + Int64(digit - 48)
    }
    return number
  }

  private static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func days(of month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// From the first of January 1970 to the first of a month.
  private static func days(before year: Int64, _ month: Int64) -> Int64 {
    let past = year - 1
    let leaps = past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
    return (year - 1970) * 365 + leaps + (1..<month).reduce(0) { $0 + days(of: $1, year) }
  }
}
