import Tracking

/// Text as a page shows it: a sign in place of every hidden character but the marks that writers of
/// Hebrew and Arabic set and the soft hyphen.
func shownOnPage(_ text: String) -> String {
  HiddenCharacters.replaced(in: text) { mayStandOnPage($0) ? $0 : "\u{FFFD}" }
}

private func mayStandOnPage(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0xAD, 0x061C, 0x200E, 0x200F: true
  default: false
  }
}

/// Text as it stands between HTML's tags and within its quoted attributes.
package func escapedHTML(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in shownOnPage(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Text as it stands in a line of Markdown, so that none of it is a sign of Markdown or HTML.
func escapedMarkdown(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  return escapedLineStart(escapedSigns(line))
}

/// Text with every character escaped that means something wherever it stands in Markdown.
func escapedSigns(_ text: String) -> String {
  var result = ""
  let scalars = shownOnPage(text).unicodeScalars
  for (place, scalar) in zip(scalars.indices, scalars) {
    switch scalar {
    case "<": result += "&lt;"
    case "\\":
      // Two backslashes before a bracket begin an equation in Jupyter.
      let next = scalars[place...].dropFirst().first
      result += next.map { !"()[]".unicodeScalars.contains($0) } == true ? "\\\\" : "&#92;"
    case "\t": result += " "
    default:
      if "`*_{}[]>#|~$&".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A line that does not begin a list, a rule, a heading's underline or a table's.
func escapedLineStart(_ line: String) -> String {
  let line = line.drop { $0 == " " }
  guard let first = line.unicodeScalars.first else { return "" }
  let rest = line.unicodeScalars.dropFirst()
  let isAlone = rest.first.map { $0 == " " } ?? true
  if (first == "-" || first == "+") && isAlone || line.allSatisfy({ "-=: ".contains($0) }) {
    return "\\" + line
  }
  let digits = line.unicodeScalars.prefix { ("0"..."9").contains($0) }
  let behind = line.unicodeScalars[digits.endIndex...]
  if !digits.isEmpty, let sign = behind.first, sign == "." || sign == ")",
    behind.dropFirst().first.map({ $0 == " " }) ?? true
  {
    return String(digits) + "\\" + String(behind)
  }
  return String(line)
}

/// `&...;` as it was written, or a sign in its place where it stands for a hidden character.
func shownReference(_ reference: String) -> String {
  let name = reference.dropFirst().dropLast()
  guard name.hasPrefix("#") else {
    return hiddenReferences.contains(String(name)) ? "\u{FFFD}" : reference
  }
  let isHexadecimal = name.dropFirst().first.map { $0 == "x" || $0 == "X" } ?? false
  let digits = name.dropFirst(isHexadecimal ? 2 : 1)
  guard let value = UInt32(digits, radix: isHexadecimal ? 16 : 10),
    let scalar = Unicode.Scalar(value)
  else { return "\u{FFFD}" }
  let isShown = !HiddenCharacters.isHidden(scalar) || mayStandOnPage(scalar) || scalar == "\n"
  return isShown ? reference : "\u{FFFD}"
}

/// HTML's names of hidden characters, without those that a page may have.
private let hiddenReferences: Set = [
  "ApplyFunction", "InvisibleComma", "InvisibleTimes", "NegativeMediumSpace", "NegativeThickSpace",
  "NegativeThinSpace", "NegativeVeryThinSpace", "NoBreak", "ZeroWidthSpace", "af", "ic", "it",
]
