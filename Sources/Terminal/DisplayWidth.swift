import Tracking

/// How many columns of a terminal `text` takes: two for wide East Asian letters and emoji, none for
/// marks that combine with the letter before them.
public func displayWidth(of text: String) -> Int {
  text.reduce(0) { $0 + displayWidth(of: $1) }
}

private func displayWidth(of character: Character) -> Int {
  let scalars = character.unicodeScalars
  guard let first = scalars.first else { return 0 }
  if !first.isASCII, first.properties.isEmojiPresentation || scalars.contains("\u{FE0F}") {
    return 2
  }
  // Letters that scripts write as one sign take a column each, as terminals have it.
  return scalars.reduce(0) { $0 + displayWidth(of: $1) }
}

private func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.isASCII { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control: return 0
  default: break
  }
  // The vowels and ends of a Hangul syllable stand within the width of its beginning.
  if (0x1160...0x11FF).contains(scalar.value) { return 0 }
  return isWide(scalar.value) ? 2 : 1
}

/// The blocks that Unicode's East Asian Width lists as wide or full-width.
private func isWide(_ value: UInt32) -> Bool {
  switch value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x20000...0x3FFFD:
    true
  default: false
  }
}

/// `text` cut at its end to a number of columns; empty where there is none.
public func fitted(_ text: String, to width: Int) -> String {
  guard displayWidth(of: text) > width else { return text }
  guard width > 0 else { return "" }
  var result = ""
  var used = 1
  for character in text {
    used += displayWidth(of: String(character))
    if used > width { break }
    result.append(character)
  }
  return result + "…"
}

/// `text` in lines of at most a number of columns, broken at blanks; a longer word is cut.
public func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    let longer = lines.last.map { $0 + " " + word }
    if let longer, displayWidth(of: longer) <= width {
      lines[lines.count - 1] = longer
    } else {
      lines.append(fitted(String(word), to: width))
    }
  }
  return lines
}

/// `text` on one line with a sign for every hidden character, so that a name from outside cannot
/// move the cursor, change colours, turn what stands beside it or break a line of a table.
public func printable(_ text: String) -> String {
  HiddenCharacters.replaced(in: text, by: picture).replacingLineBreaks()
}

extension String {
  fileprivate func replacingLineBreaks() -> String {
    guard utf8.contains(0x0A) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\n" ? "\u{240A}" : $0 }))
  }
}

/// What stands in a terminal for a hidden character: the picture of a control, or U+FFFD.
func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
  if scalar.value < 0x20 { return Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}" }
  return scalar.value == 0x7F ? "\u{2421}" : "\u{FFFD}"
}
