/// `text` for a terminal of so many columns: lines that are longer are broken at blanks, and what
/// follows stands as far in as its line began; `nil` stands for any number of columns.
///
/// Words stay whole, so that a path can be copied, and so do commands between backquotes; what is
/// longer than a line is left to the terminal. Of an excerpt with a mark below it the part around the
/// mark is shown.
public func flowed(_ text: String, within width: Int?) -> String {
  guard let width else { return text }
  let room = max(20, width)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  var result: [String] = []
  var index = 0
  while index < lines.count {
    let line = lines[index]
    index += 1
    if index < lines.count, let mark = Mark(lines[index]), displayWidth(of: line) > room {
      result += mark.narrowed(line, to: room)
      index += 1
    } else {
      result += parts(of: line, within: room)
    }
  }
  return result.joined(separator: "\n")
}

/// A line as several, each with the indent of the first.
private func parts(of line: String, within room: Int) -> [String] {
  guard width(line) > room else { return [line] }
  let indent = String(line.prefix { $0 == " " }.prefix(room / 2))
  var lines: [String] = []
  var current = ""
  for piece in words(of: line) {
    if !current.isEmpty, width(current + piece) > room, width(current) > indent.count {
      lines.append(current)
      current = indent
    }
    current += piece
  }
  return (lines + [current]).map(withoutEnd)
}

/// The words of a line, each with the blanks behind it, the first also with those before it; what
/// stands between two backquotes is one word.
private func words(of line: String) -> [String] {
  var words: [String] = []
  var word = ""
  var isQuoted = false
  var isEnding = false
  var backquotes = line.count { $0 == "`" }
  for character in line {
    if character != " ", isEnding, !isQuoted {
      words.append(word)
      word = ""
    }
    if character == "`" {
      backquotes -= 1
      isQuoted = !isQuoted && backquotes > 0
    }
    word.append(character)
    isEnding = character == " " && word.contains { $0 != " " }
  }
  return words + [word]
}

private func width(_ text: String) -> Int { displayWidth(of: withoutStyles(withoutEnd(text))) }

private func withoutEnd(_ text: String) -> String {
  var text = text[...]
  while text.last == " " { text.removeLast() }
  return String(text)
}

/// A line that says by `^~~~` which letters of the line above are meant.
private struct Mark {
  let place: Int
  let count: Int

  init?(_ line: String) {
    let blanks = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(blanks)
    guard rest.first == "^", rest.dropFirst().allSatisfy({ $0 == "~" }) else { return nil }
    (place, count) = (blanks, rest.count)
  }

  /// The marked line and its mark in fewer columns.
  func narrowed(_ line: String, to room: Int) -> [String] {
    let indent = line.prefix { $0 == " " }.prefix(2)
    // The mark stands below columns, of which a wide letter takes two.
    var column = 0
    var first = 0
    for character in line where column < place {
      column += displayWidth(of: String(character))
      first += 1
    }
    let excerpt = Excerpt(
      String(line.dropFirst(indent.count)), from: first - indent.count, count: count,
      within: room - indent.count - 2 * Excerpt.cut.count)
    return [indent + excerpt.line, indent + excerpt.caret]
  }
}
