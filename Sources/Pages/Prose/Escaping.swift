/// Text as it stands between HTML's tags and within its quoted attributes.
func escapedHTML(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\n", "\t": result.unicodeScalars.append(scalar)
    case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value & 0xFFFE == 0xFFFE:
      result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Text as it stands in a line of Markdown, so that none of it is a sign of Markdown or HTML.
func escapedMarkdown(_ text: String) -> String {
  var result = ""
  for character in text.split(whereSeparator: \.isNewline).joined(separator: " ") {
    if character == "<" {
      result += "&lt;"
      continue
    }
    if "\\`*_{}[]>#|~$&".contains(character) { result.append("\\") }
    result.append(character)
  }
  return result
}
