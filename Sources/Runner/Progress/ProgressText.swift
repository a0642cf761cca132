import Foundation
import RunStorage
import Terminal
import Tracking

extension RunStatus {
  /// Whether a run that ended so is to be looked at.
  var isMishap: Bool { self == .diverged || self == .failed || self == .interrupted }
}

/// Parts of lines about progress.
enum ProgressText {
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
    // Of programs it would be a sum of steps that mean different things.
    if updates > 0, snapshot.running.allSatisfy({ $0.program == nil }) {
      parts.append(Quantity.count(updates) + " updates/s")
    }
    return parts
  }

  /// `██████░░░░` in `width` columns.
  static func bar(_ share: Double, width: Int) -> String {
    let filled = Int((min(1, max(0, share)) * Double(width)).rounded(.down))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  /// The text without control characters in at most `width` columns, its end cut off where needed.
  static func fitted(_ text: String, to width: Int) -> String {
    Terminal.fitted(printable(text), to: width)
  }

  /// How many ended badly: `1 diverged`, `2 failed`; with its colour.
  static func mishaps(_ ended: [RunStatus: Int], _ style: TextStyle) -> [String] {
    var parts: [String] = []
    if let stopped = ended[.stopped] { parts.append("\(Quantity.count(stopped)) stopped") }
    if let diverged = ended[.diverged] { parts.append(style.warning("\(diverged) diverged")) }
    if let failed = ended[.failed] { parts.append(style.bad("\(failed) failed")) }
    if let interrupted = ended[.interrupted] { parts.append("\(interrupted) interrupted") }
    return parts
  }
}
