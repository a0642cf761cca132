import Terminal
import Tracking

/// How many runs stand where, as a bar of parts and in words.
struct StatusBar {
  private let counts: [RunStatus: Int]

  init(_ counts: [RunStatus: Int]) { self.counts = counts }

  /// In which order the parts stand.
  private static let order: [RunStatus] = [
    .completed, .stopped, .diverged, .failed, .interrupted, .running, .planned,
  ]

  /// The parts with their widths of 100; what is there is at least 1 wide.
  var parts: [(status: RunStatus, start: Double, width: Double)] {
    let present = Self.order.filter { (counts[$0] ?? 0) > 0 }
    let total = Double(counts.values.reduce(0, +))
    let widths = present.map { max(1, 100 * Double(counts[$0] ?? 0) / total) }
    let scale = 100 / max(1, widths.reduce(0, +))
    var start = 0.0
    return zip(present, widths).map { status, width in
      defer { start += width * scale }
      return (status, start, width * scale)
    }
  }

  /// In words: `40 completed, 2 failed`.
  var words: String {
    Self.order.compactMap { status in
      counts[status].flatMap { $0 > 0 ? "\(Quantity.count($0)) \(status.rawValue)" : nil }
    }.joined(separator: ", ")
  }

  var markup: String {
    if counts.isEmpty { return "<span class=\"faint\">none</span>" }
    let bars = parts.map { part in
      "<rect class=\"\(part.status.rawValue)\" x=\"\(Self.text(part.start))\" y=\"0\" "
        + "width=\"\(Self.text(part.width))\" height=\"8\"/>"
    }
    return
      "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + bars.joined() + "</svg><span class=\"words\">\(words)</span>"
  }

  private static func text(_ number: Double) -> String {
    String((number * 100).rounded() / 100)
  }
}
