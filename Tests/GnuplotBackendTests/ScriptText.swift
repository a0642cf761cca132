import Drawing
import Figures
import Foundation
import GnuplotBackend

/// A script as text in which a reader can check everything: places on the screen as points from the
/// upper left corner, and the numbers that a command reads from the data where it reads them.
struct ScriptText {
  private let script: Script

  init(_ script: Script) { self.script = script }

  var text: String {
    var lines = script.commands.split(separator: "\n", omittingEmptySubsequences: false).map {
      numbers(places(sides(String($0))))
    }
    // Of the 64 boxes of a colour bar the first and the last are shown.
    while let start = lines.indices.first(where: { $0 + 2 < lines.count && isBar(lines, $0) }) {
      var end = start
      while end < lines.count, lines[end].contains(Self.box) { end += 1 }
      lines.replaceSubrange(start + 1..<end - 1, with: ["... \(end - start - 2) more"])
    }
    return lines.joined(separator: "\n")
  }

  private static let box = "fillstyle transparent solid 1.0 noborder"

  private func isBar(_ lines: [String], _ start: Int) -> Bool {
    lines[start..<start + 3].allSatisfy { $0.contains(Self.box) }
  }

  /// `screen 0.25,0.75` of a picture of 400 by 200 becomes `at (100 50)`.
  private func places(_ line: String) -> String {
    replaced(line, #"screen (-?[0-9.e-]+),(-?[0-9.e-]+)"#) { parts in
      guard let x = Double(parts[1]), let y = Double(parts[2]) else { return parts[0] }
      return
        "(\(Self.short(x * script.layout.width)) \(Self.short((1 - y) * script.layout.height)))"
    }
  }

  private func sides(_ line: String) -> String {
    let across = replaced(line, #"set ([lr])margin at screen ([0-9.e-]+)"#) { parts in
      "\(parts[1])margin \(Self.short((Double(parts[2]) ?? .nan) * script.layout.width))"
    }
    let down = replaced(across, #"set ([tb])margin at screen ([0-9.e-]+)"#) { parts in
      "\(parts[1])margin \(Self.short((1 - (Double(parts[2]) ?? .nan)) * script.layout.height))"
    }
    return replaced(down, #"size screen ([0-9.e-]+)"#) { parts in
      "size \(Self.short((Double(parts[1]) ?? .nan) * script.layout.width))"
    }
  }

  private func numbers(_ line: String) -> String {
    let rows = replaced(
      line, #"data binary skip=(\d+) endian=little record=\((\d+)\) format="((%double)+)""#
    ) { parts in
      guard let start = Int(parts[1]), let count = Int(parts[2]) else { return parts[0] }
      let columns = parts[3].split(separator: "%").count
      return (0..<count).map { row in
        (0..<columns).map { Self.short(double(start + 8 * (row * columns + $0))) }
          .joined(separator: ",")
      }.joined(separator: " ")
    }
    let pictures = replaced(
      rows, #"data binary skip=(\d+) array=\((\d+),(\d+)\) (.*) format="%uchar%uchar%uchar""#
    ) { parts in
      guard let start = Int(parts[1]), let width = Int(parts[2]), let height = Int(parts[3]) else {
        return parts[0]
      }
      return "picture \(width) by \(height) \(parts[4]) [\(pixels(start, width, height))]"
    }
    return replaced(pictures, #"[0-9]+\.[0-9]{5,}"#) { parts in
      Double(parts[0]).map { Self.short($0, digits: 6) } ?? parts[0]
    }
  }

  private func double(_ start: Int) -> Double {
    let bits = script.data.bytes[start..<start + 8].reversed().reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return Double(bitPattern: bits)
  }

  /// Rows from the bottom, equal pixels and equal rows counted.
  private func pixels(_ start: Int, _ width: Int, _ height: Int) -> String {
    let rows = (0..<height).map { row in
      counted(
        (0..<width).map { column in
          let place = start + 3 * (row * width + column)
          return script.data.bytes[place..<place + 3].map { String(format: "%02x", $0) }.joined()
        }
      ).joined(separator: " ")
    }
    return counted(rows).joined(separator: " | ")
  }

  private func counted(_ items: [String]) -> [String] {
    var result: [(item: String, count: Int)] = []
    for item in items {
      if let last = result.last, last.item == item {
        result[result.count - 1].count += 1
      } else {
        result.append((item, 1))
      }
    }
    return result.map { $0.count == 1 ? $0.item : "\($0.count) x \($0.item)" }
  }

  private func replaced(_ text: String, _ pattern: String, _ change: ([String]) -> String) -> String
  {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return text }
    var result = ""
    var end = text.startIndex
    for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
      guard let whole = Range(match.range, in: text) else { continue }
      let parts = (0..<match.numberOfRanges).map { index in
        Range(match.range(at: index), in: text).map { String(text[$0]) } ?? ""
      }
      result += text[end..<whole.lowerBound] + change(parts)
      end = whole.upperBound
    }
    return result + text[end...]
  }

  static func short(_ value: Double, digits: Int = 2) -> String {
    if value.isNaN { return "nan" }
    var text = String(format: "%.*f", digits, value)
    while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
  }
}

/// A layout as lines: where every text, line, box, marker and panel is, in points.
struct LayoutText {
  let lines: [String]

  init(_ layout: Layout) {
    let short = { ScriptText.short($0, digits: 1) }
    var lines = ["\(short(layout.width)) by \(short(layout.height))"]
    for panel in layout.panels {
      let frame = panel.frame
      lines.append(
        "panel '\(panel.panel.title)' (\(short(frame.x)) \(short(frame.y))) \(short(frame.width)) by"
          + " \(short(frame.height))")
    }
    for text in layout.texts {
      let turn = text.rotation == 0 ? "" : " turned \(short(text.rotation))"
      lines.append(
        "'\(text.text)' (\(short(text.x)) \(short(text.y))) \(text.anchor) \(short(text.size))"
          + " \(text.color.hex)" + turn)
    }
    for line in layout.lines {
      lines.append(
        "line (\(short(line.fromX)) \(short(line.fromY))) to (\(short(line.toX))"
          + " \(short(line.toY))) \(line.stroke.color.hex)")
    }
    for box in layout.boxes {
      lines.append(
        "box (\(short(box.rect.x)) \(short(box.rect.y))) \(short(box.rect.width)) by"
          + " \(short(box.rect.height)) \(box.color.hex) \(short(box.opacity))")
    }
    for marker in layout.markers {
      lines.append(
        "marker (\(short(marker.x)) \(short(marker.y))) \(marker.stroke.color.hex)"
          + " \(marker.stroke.marker)")
    }
    self.lines = lines
  }

  var text: String { lines.joined(separator: "\n") }
}
