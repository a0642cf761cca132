import Foundation

/// Times as the store writes them: ISO 8601 in UTC with milliseconds.
enum Timestamp {
  static func now() -> String { text(milliseconds: milliseconds()) }

  /// Unix time in milliseconds.
  static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// The text of a time that anybody may have sent: in the years 1970 to 9999.
  static func clamped(_ milliseconds: Int64) -> String {
    text(milliseconds: min(max(milliseconds, 0), 253_402_300_799_999))
  }

  /// Unix time in milliseconds of a text that `text` made; `nil` for another.
  static func milliseconds(_ text: String) -> Int64? {
    let parts = text.split { "-T:.Z".contains($0) }.map { Int32($0) }
    guard parts.count == 7, let year = parts[0], let month = parts[1], let day = parts[2],
      let hour = parts[3], let minute = parts[4], let second = parts[5], let rest = parts[6]
    else { return nil }
    var time = tm()
    (time.tm_year, time.tm_mon, time.tm_mday) = (year - 1900, month - 1, day)
    (time.tm_hour, time.tm_min, time.tm_sec) = (hour, minute, second)
    return Int64(timegm(&time)) * 1000 + Int64(rest)
  }

  static func text(milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return String(unsafeUninitializedCapacity: 24) { text in
      var count = 0
      func write(_ value: Int, _ digits: Int, _ sign: Unicode.Scalar) {
        var rest = value
        for place in (count..<count + digits).reversed() {
          text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        text[count + digits] = UInt8(ascii: sign)
        count += digits + 1
      }
      write(Int(parts.tm_year) + 1900, 4, "-")
      write(Int(parts.tm_mon) + 1, 2, "-")
      write(Int(parts.tm_mday), 2, "T")
      write(Int(parts.tm_hour), 2, ":")
      write(Int(parts.tm_min), 2, ":")
      write(Int(parts.tm_sec), 2, ".")
      write(Int(milliseconds % 1000), 3, "Z")
      return count
    }
  }
}
