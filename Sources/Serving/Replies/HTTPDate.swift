import Foundation
import Synchronization

/// The time as HTTP writes it: `Mon, 30 Nov 2026 08:00:00 GMT`.
enum HTTPDate {
  private static let latest = Mutex((second: 0, text: ""))

  /// Now; written once a second.
  static func now() -> String {
    let second = time(nil)
    return latest.withLock { latest in
      if latest.second != second { latest = (second, text(second)) }
      return latest.text
    }
  }

  private static func text(_ second: Int) -> String {
    var (second, parts) = (second, tm())
    gmtime_r(&second, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(two).joined(separator: ":")
    return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
      + "\(1900 + parts.tm_year) \(clock) GMT"
  }

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
