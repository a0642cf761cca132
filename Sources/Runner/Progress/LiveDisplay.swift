import RunStorage
public import Terminal
import Tracking

/// The lines that a terminal shows while runs are trained; a pure function of the moment.
public struct LiveDisplay: Hashable, Sendable {
  private let width: Int
  private let height: Int
  private let style: TextStyle

  /// Makes a display for a terminal of so many columns and lines.
  public init(width: Int, height: Int, style: TextStyle) {
    self.width = max(20, width)
    self.height = max(4, height)
    self.style = style
  }

  /// The lines from the top, none wider than the terminal.
  public func lines(_ snapshot: ProgressSnapshot) -> [String] {
    var lines = counts(snapshot) + [pace(snapshot)]
    if let best = snapshot.best { lines.append(self.best(best)) }
    let room = max(1, min(16, height - lines.count - 2))
    let shown = snapshot.running.count > room ? room - 1 : room
    lines += snapshot.running.prefix(shown).map(run)
    if snapshot.running.count > shown {
      lines.append(style.faint("and \(snapshot.running.count - shown) more running"))
    }
    return Array(lines.prefix(max(3, height - 1)))
  }

  /// How many runs stand where, on as many lines as that needs.
  private func counts(_ snapshot: ProgressSnapshot) -> [String] {
    var parts = [
      "\(Quantity.count(snapshot.done)) of \(Quantity.count(snapshot.total)) done"
    ]
    if snapshot.reused > 0 { parts[0] += " (\(Quantity.count(snapshot.reused)) reused)" }
    let bad = ProgressText.mishaps(snapshot.ended, TextStyle(isColored: false))
    parts += bad
    parts.append("\(snapshot.running.count) running")
    if snapshot.elsewhere > 0 { parts.append("\(snapshot.elsewhere) in another process") }
    parts.append("\(Quantity.count(snapshot.left)) left")
    let isBad = snapshot.isStopping || snapshot.ended.keys.contains { $0.isMishap }
    return packed(parts).map { isBad ? style.warning($0) : style.strong($0) }
  }

  /// The parts with commas between them, a line begun anew where the next would not fit.
  private func packed(_ parts: [String]) -> [String] {
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, displayWidth(of: last + ", " + part) <= width {
        lines[lines.count - 1] = last + ", " + part
      } else {
        lines.append(part)
      }
    }
    return lines.map { ProgressText.fitted($0, to: width) }
  }

  private func pace(_ snapshot: ProgressSnapshot) -> String {
    if snapshot.isStopping {
      return ProgressText.fitted("stopping: what was measured is kept", to: width)
    }
    var parts = [Quantity.duration(snapshot.elapsedSeconds)]
    if let left = snapshot.secondsLeft { parts.append(Quantity.duration(left) + " left") }
    parts += ProgressText.rates(snapshot)
    let percent = "\(Int(snapshot.workDone * 100)) %"
    let bar = width < 60 ? max(6, width / 5) : 30
    let rest = width - bar - 8
    while parts.joined(separator: ", ").count > rest, parts.count > 1 { parts.removeLast() }
    let text = parts.joined(separator: ", ")
    return style.good(ProgressText.bar(snapshot.workDone, width: bar))
      + " " + String(repeating: " ", count: max(0, 5 - percent.count)) + percent
      + (rest > 3 ? "  " + ProgressText.fitted(text, to: rest) : "")
  }

  private func best(_ best: ProgressSnapshot.Best) -> String {
    let value = "best \(best.objective.metric.name) \(SeedStatistics.text(best.value))"
    return ProgressText.fitted(value + (best.label.isEmpty ? "" : ": " + best.label), to: width)
  }

  private func run(_ run: ProgressSnapshot.Run) -> String {
    if let program = run.program { return self.program(run, program) }
    let bar = min(16, width / 3)
    var text = Quantity.count(run.updates)
    text += run.totalUpdates > 0 ? "/\(Quantity.count(run.totalUpdates))" : " updates"
    if let objective = run.objective { text += "  " + SeedStatistics.text(objective) }
    if !run.label.isEmpty { text += "  " + run.label }
    return style.faint(ProgressText.bar(run.share, width: bar)) + " "
      + ProgressText.fitted(text, to: width - bar - 1)
  }

  /// A program says how far it is, not how far it goes: no bar.
  private func program(
    _ run: ProgressSnapshot.Run, _ program: ProgressSnapshot.Program
  ) -> String {
    var parts: [String] = []
    if program.epoch > 0 { parts.append("epoch \(Quantity.count(program.epoch))") }
    if run.updates > 0 || parts.isEmpty { parts.append("step \(Quantity.count(run.updates))") }
    if let last = program.last {
      parts.append("\(last.metric.name) \(SeedStatistics.text(last.value))")
    }
    if program.memoryBytes > 0 { parts.append(Quantity.bytes(Double(program.memoryBytes))) }
    let text = parts.joined(separator: "  ") + (run.label.isEmpty ? "" : "  " + run.label)
    return ProgressText.fitted(text, to: width)
  }
}
