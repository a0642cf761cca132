import FileLanguage

/// Cuts a text into Markdown and the questions between `{{` and `}}`.
///
/// A backslash before the brackets leaves them as they are.
struct TextReader {
  private let cell: CellReader
  private let node: SpecNode

  init(_ cell: CellReader, _ node: SpecNode) {
    self.cell = cell
    self.node = node
  }

  /// The pieces in order; what is wrong in a question is reported.
  func parts(_ text: String) -> [TextPart] {
    var parts: [TextPart] = []
    var markdown = ""
    var rest = Substring(text)
    var number = 0
    while let open = rest.range(of: "{{") {
      let place = place(ofOpening: number)
      number += 1
      let before = rest[..<open.lowerBound]
      markdown += before
      rest = rest[open.upperBound...]
      if before.last == "\\" {
        markdown += "{{"
        continue
      }
      guard let close = rest.range(of: "}}") else {
        cell.problems.report(
          place, "this '{{' has no '}}'", ["two brackets that are meant as such: \\{{"])
        return parts
      }
      let inner = rest[..<close.lowerBound]
      rest = rest[close.upperBound...]
      // Openings within are none of their own.
      number += inner.ranges(of: "{{").count
      if !markdown.isEmpty { parts.append(.markdown(markdown)) }
      markdown = ""
      if let question = question(inner, place) { parts.append(.value(question)) }
    }
    markdown += rest
    if !markdown.isEmpty { parts.append(.markdown(markdown)) }
    return parts
  }

  private func question(_ inner: Substring, _ opening: Mark) -> Question? {
    let blank = inner.prefix { $0.isWhitespace }
    var text = String(inner.dropFirst(blank.count))
    while text.last?.isWhitespace == true { text.removeLast() }
    let isOneLine = !blank.contains { $0.isNewline }
    let mark = isOneLine ? opening.within(offset: 2 + blank.count, width: 2) : opening
    let line = Array(opening.source.line(mark.line).dropFirst(mark.column - 1))
    let place = line.starts(with: Array(text)) ? mark : opening
    let reader = QuestionReader(
      problems: cell.problems, tree: cell.tree, facts: cell.facts, above: cell.above)
    return reader.value(text, at: place)
  }

  /// The place of the opening brackets of a number in the source, from 0; the text's own where it
  /// is written otherwise there.
  private func place(ofOpening wanted: Int) -> Mark {
    let source = node.mark.source
    var number = 0
    var line = node.mark.line
    while line <= source.lines.count {
      let letters = Array(source.line(line))
      var column = line == node.mark.line ? node.mark.column - 1 : 0
      while column + 1 < letters.count {
        guard letters[column] == "{", letters[column + 1] == "{" else {
          column += 1
          continue
        }
        if number == wanted { return Mark(source, line: line, column: column + 1, width: 2) }
        number += 1
        column += 2
      }
      line += 1
    }
    return node.mark
  }
}

extension Collection where Element == Character {
  /// The places of letters, from the left, none within another.
  fileprivate func ranges(of letters: String) -> [Index] where Self == Substring {
    var found: [Index] = []
    var rest = self
    while let range = rest.range(of: letters) {
      found.append(range.lowerBound)
      rest = rest[range.upperBound...]
    }
    return found
  }

  fileprivate func range(of letters: String) -> Range<Index>? where Self == Substring {
    firstRange(of: letters)
  }
}

extension CellReader {
  /// A cell of prose.
  func text() -> Cell? {
    sections.checkKeys(item.entries ?? [], known: ["text"], in: "a text")
    guard let node = item["text"] else { return nil }
    guard let text = node.text, !node.isNull, !text.isEmpty else {
      problems.report(node.mark, ValueReader.sentence(node, "text"), ["expected Markdown"])
      return nil
    }
    let parts = TextReader(self, node).parts(text)
    return .text(TextCell(markdown: text, parts: parts, mark: node.mark))
  }
}
