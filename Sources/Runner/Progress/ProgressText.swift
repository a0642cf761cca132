import Foundation
import RunStorage
import Terminal
import Tracking

/// Parts of lines about progress.
enum ProgressText {
  /// A duration as people say it: `42 s`, `3 m 05 s`, `1 h 12 m`, `2 d 03 h`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "very long" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) m " + two(whole % 60) + " s" }
    if whole < 86_400 { return "\(whole / 3_600) h " + two(whole / 60 % 60) + " m" }
    return "\(whole / 86_400) d " + two(whole / 3_600 % 24) + " h"
  }

  /// A count with its thousands apart: `41,200`.
  static func count(_ value: Int) -> String {
    let digits = Array(String(abs(value)))
    var text = value < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// How fast: runs a second, or a minute where they take longer, and updates a second.
  static func rates(_ snapshot: ProgressSnapshot) -> [String] {
    var parts: [String] = []
    let runs = snapshot.runsPerSecond
    if runs >= 1 {
      parts.append(SeedStatistics.text((runs * 10).rounded() / 10) + " runs/s")
    } else if runs > 0 {
      parts.append(SeedStatistics.text((runs * 600).rounded() / 10) + " runs/min")
    }
    let updates = Int(snapshot.updatesPerSecond)
    if updates > 0 { parts.append(count(updates) + " updates/s") }
    return parts
  }

  /// `██████░░░░` in `width` columns.
  static func bar(_ share: Double, width: Int) -> String {
    let filled = Int((min(1, max(0, share)) * Double(width)).rounded(.down))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  /// The text without control characters in at most `width` columns, its end cut off where needed.
  static func fitted(_ text: String, to width: Int) -> String {
    let text = printable(text)
    if displayWidth(of: text) <= width { return text }
    guard width > 1 else { return width == 1 ? "…" : "" }
    var kept = ""
    var used = 0
    for character in text {
      let size = displayWidth(of: String(character))
      if used + size > width - 1 { break }
      kept.append(character)
      used += size
    }
    return kept + "…"
  }

  /// How many ended badly: `1 diverged`, `2 failed`; with its colour.
  static func mishaps(_ ended: [RunStatus: Int], _ style: TextStyle) -> [String] {
    var parts: [String] = []
    if let diverged = ended[.diverged] { parts.append(style.warning("\(diverged) diverged")) }
    if let failed = ended[.failed] { parts.append(style.bad("\(failed) failed")) }
    if let interrupted = ended[.interrupted] { parts.append("\(interrupted) interrupted") }
    return parts
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
