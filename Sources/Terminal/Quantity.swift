import Foundation
import Tracking

/// Quantities as people say them.
public enum Quantity {
  /// A duration: `42 s`, `3 m 05 s`, `1 h 12 m`, `2 d 03 h`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "very long" }
    let whole = Int(saturating: seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) m " + two(whole % 60) + " s" }
    if whole < 86_400 { return "\(whole / 3_600) h " + two(whole / 60 % 60) + " m" }
    return "\(whole / 86_400) d " + two(whole / 3_600 % 24) + " h"
  }

  /// How long something took: `0.4 s`, and from ten seconds on as `duration`.
  public static func elapsed(_ seconds: Double) -> String {
    guard seconds < 9.95 else { return duration(seconds) }
    let tenths = Int(saturating: (max(0, seconds) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) s"
  }

  /// A count with its thousands apart: `41,200`.
  public static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A count of things: `1 run`, `41,200 runs`.
  public static func count(_ value: Int, _ noun: String) -> String {
    count(value) + " " + noun + (value == 1 ? "" : "s")
  }

  /// A size in bytes: `512 B`, `1.3 MB`; a kilobyte has 1000 bytes.
  public static func bytes(_ value: Double) -> String {
    var size = max(0, value)
    var unit = 0
    let units = ["B", "kB", "MB", "GB", "TB"]
    while size >= 999.5, unit < units.count - 1 {
      size /= 1000
      unit += 1
    }
    return String(format: unit == 0 || size >= 100 ? "%.0f" : "%.1f", size) + " " + units[unit]
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
