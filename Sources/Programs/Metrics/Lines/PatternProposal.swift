import Foundation
import Tracking

/// A pattern for the output of a program that tells its numbers as people read them: `Epoch 1/3 loss: 0.5`.
public enum PatternProposal {
  private struct Line {
    let pattern: String
    let names: [String]
  }

  private static let steps = ["step", "iter", "iteration", "iterations", "batch", "global_step"]

  /// The pattern that fits the most numbers of a text; `nil` where no line has a name and a number.
  public static func pattern(in text: String) -> String? {
    var counts: [String: (count: Int, line: Line, first: Int)] = [:]
    for (index, line) in text.split(whereSeparator: \.isNewline).prefix(10_000).enumerated() {
      // Of a line that is written over and over its last state.
      guard let last = line.split(separator: "\r").last, last.utf8.count < 2000,
        let found = self.line(String(last))
      else { continue }
      counts[found.pattern, default: (0, found, index)].count += 1
    }
    return counts.values.max { a, b in
      (min(a.count, 2), a.line.names.count, a.count, -a.first)
        < (min(b.count, 2), b.line.names.count, b.count, -b.first)
    }?.line.pattern
  }

  private static func line(_ text: String) -> Line? {
    var names: [String] = []
    var pieces: [String] = []
    // Codes of a terminal stand between words.
    let plain = text.replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
    let isPlain = plain == text
    for match in plain.matches(
      of:
        /([A-Za-z_][A-Za-z0-9_\/.\-]*)(\s*[:=]\s*|\s+)([-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|nan|inf))(?![A-Za-z0-9_.%])/
    ) {
      var name = String(match.output.1)
      let lower = name.lowercased()
      let isPlace = lower == "epoch" || steps.contains(lower)
      // A number behind a blank alone may be anything, but for epochs and steps.
      let isSaid = match.output.2.contains(":") || match.output.2.contains("=")
      let isWord = !isSaid && !isPlace && !Self.isKnown(lower)
      if isWord { continue }
      if isPlace { name = lower == "epoch" ? "epoch" : "step" }
      let group = String(name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" }.prefix(32))
      guard !names.contains(group) else { continue }
      names.append(group)
      let written = escaped(String(match.output.1))
      let gap = isSaid ? "\\s*[:=]\\s*" : "\\s+"
      let value = isPlace ? "\\d+" : "[-+.\\w]+"
      pieces.append(written + (isPlain ? gap : "[^\\w.+-]+") + "(?<\(group)>\(value))")
    }
    guard names.contains(where: { $0 != "epoch" && $0 != "step" }) else { return nil }
    return Line(pattern: pieces.joined(separator: ".*?"), names: names)
  }

  private static func isKnown(_ name: String) -> Bool {
    [
      "loss", "acc", "accuracy", "error", "energy", "value", "score", "auc", "f1", "rmse", "mae",
      "mse", "r2",
    ]
    .contains { name == $0 || name.hasSuffix("_" + $0) || name.hasSuffix("/" + $0) }
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, sign in
      if ".-/+*?()[]{}^$|\\".contains(sign), sign != "/", sign != "-" { result += "\\" }
      result.append(sign)
    }
  }
}
