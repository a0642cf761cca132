import CYaml

/// Turns libyaml's places, which count Unicode scalars, into places that count characters.
struct LineIndex {
  private let source: SpecSource
  /// Lines of which scalars and characters are the same, which is nearly all of them.
  private let isPlain: [Bool]

  init(_ source: SpecSource) {
    self.source = source
    isPlain = source.lines.map { $0.utf8.allSatisfy { $0 < 0x80 } }
  }

  /// The place of a mark, as wide as the text up to `end` where that is in the same line.
  func mark(_ start: yaml_mark_t, end: yaml_mark_t? = nil) -> Mark {
    let column = column(start)
    var width = 1
    if let end {
      // A text of several lines is marked to the end of its first.
      width =
        end.line == start.line
        ? self.column(end) - column : source.line(start.line + 1).count - column
    }
    return Mark(
      source, line: start.line + 1, column: column + 1 + offset(start), width: width)
  }

  /// The place of a byte of the text.
  func mark(byte: Int) -> Mark {
    var left = byte
    for (index, line) in source.lines.enumerated() {
      let length = line.utf8.count + 1
      if left < length {
        let prefix = String(decoding: line.utf8.prefix(left), as: UTF8.self)
        return Mark(source, line: index + 1, column: prefix.count + 1)
      }
      left -= length
    }
    return Mark(source, line: max(1, source.lines.count), column: 1)
  }

  /// Whether a tab stands at or before a place, with nothing but white space before it.
  func isTab(_ mark: Mark) -> Bool {
    let line = Array(source.line(mark.line))
    return line.indices.contains(mark.column - 1) && line[mark.column - 1] == "\t"
  }

  /// The character at a place.
  func character(_ mark: Mark) -> Character? {
    let line = Array(source.line(mark.line))
    return line.indices.contains(mark.column - 1) ? line[mark.column - 1] : nil
  }

  /// Whether a bracket that closes a list or a mapping stands at a place.
  func closes(at mark: Mark) -> Bool { character(mark).map { "]}".contains($0) } ?? false }

  /// The place of the first tab in the white space a line begins with.
  func indentingTab(line: Int) -> Mark? {
    let text = source.line(line)
    let space = text.prefix { $0 == " " || $0 == "\t" }
    guard let index = space.firstIndex(of: "\t") else { return nil }
    return Mark(source, line: line, column: text.distance(from: text.startIndex, to: index) + 1)
  }

  private func column(_ mark: yaml_mark_t) -> Int {
    guard isPlain.indices.contains(mark.line), !isPlain[mark.line] else { return mark.column }
    let scalars = source.lines[mark.line].unicodeScalars.prefix(mark.column)
    return String(String.UnicodeScalarView(scalars)).count
  }

  /// An argument's value stands behind its path.
  private func offset(_ mark: yaml_mark_t) -> Int { mark.line == 0 ? source.offset : 0 }
}
