import Tracking

/// How wide text will be, without asking a font: the widths of DejaVu Sans, which is wider than
/// what browsers use for `sans-serif`, so that what fits here fits there.
package enum TextMeasure {
  /// The width of one line at `size` points.
  package static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance($1) } * size
  }

  /// `text` cut in its middle to at most `limit` points, so that both its ends are seen.
  package static func shortened(_ text: String, size: Double, limit: Double) -> String {
    ShortNames { width($0, size: size) }.middle(text, to: limit)
  }

  /// Names on one line each, cut to `limit` points so that those that differ stay different.
  package static func shortened(_ names: [String], size: Double, limit: Double) -> [String] {
    ShortNames { width($0, size: size) }.fitted(names.map(oneLine), to: limit)
  }

  /// The lines of `text`, broken at its own line breaks and at spaces to at most `limit` points; a
  /// word longer than a line is cut, and so is what goes beyond `most` lines.
  package static func wrapped(_ text: String, size: Double, limit: Double, most: Int = 3)
    -> [String]
  {
    var lines: [String] = []
    for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var line = ""
      for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
        let longer = line.isEmpty ? String(word) : line + " " + word
        if width(longer, size: size) <= limit || line.isEmpty {
          line = longer
        } else {
          lines.append(line)
          line = String(word)
        }
      }
      lines.append(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    if lines.count > most {
      let rest = lines[(most - 1)...].joined(separator: " ")
      lines = lines.prefix(most - 1) + [rest]
    }
    return lines.map { shortened($0, size: size, limit: limit) }
  }

  /// `text` on one line: line breaks become a visible sign.
  package static func oneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    return String(text.map { $0.isNewline ? "↵" : $0 })
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "|", "'", "I", "!", ".", ",", ":", ";": 0.34
    case " ", "/", "\\", "-", "(", ")", "[", "]", "f", "t", "r", "`", "\"": 0.41
    case "m", "w", "M", "W", "@", "%", "—", "…": 0.98
    case "+", "=", "<", ">", "~", "^", "#", "±", "−", "×": 0.84
    case "A"..."Z", "&": 0.72
    case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": 0.42
    case "·": 0.32
    case _ where scalar.properties.generalCategory == .nonspacingMark: 0
    case _ where scalar.value >= 0x1100 && scalar.properties.isIdeographic: 1.02
    case _ where scalar.value >= 0x1F000: 1.3
    case _ where scalar.value >= 0x3000: 1.02
    default: 0.63
    }
  }
}
