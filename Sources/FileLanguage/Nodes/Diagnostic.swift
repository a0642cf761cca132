/// One thing that is wrong in an experiment file, with its place and the way out.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  /// The place of what is wrong.
  public let mark: Mark
  /// What is wrong, as one sentence without a full stop.
  public let message: String
  /// What was expected, the nearest name, the way out: a line each.
  public let notes: [String]

  /// Makes an error of a place, one sentence and further lines.
  public init(_ mark: Mark, _ message: String, notes: [String] = []) {
    self.mark = mark
    self.message = message
    self.notes = notes
  }

  /// The message as it is printed: place, sentence, the line with a caret, then the notes.
  public var description: String { description(as: "error") }

  /// The same under another word than `error`, with the name of a rule behind the sentence.
  package func description(as kind: String, of rule: String? = nil) -> String {
    var lines = ["\(mark.place): \(kind): \(message)" + (rule.map { " [\($0)]" } ?? "")]
    let line = mark.source.line(mark.line)
    if !line.isEmpty { lines += Self.snippet(line, mark) }
    lines += notes.map { "  " + $0 }
    return lines.joined(separator: "\n")
  }

  private static let widest = 100

  /// The source line and the caret below it; of a long line the part around the caret.
  private static func snippet(_ line: String, _ mark: Mark) -> [String] {
    var characters = Array(line)
    var column = min(mark.column - 1, characters.count)
    if characters.count > widest {
      let start = max(0, min(column - widest / 2, characters.count - widest))
      let end = min(characters.count, start + widest)
      characters = Array(characters[start..<end])
      column -= start
      if start > 0 { characters = Array("...") + characters; column += 3 }
      if end < line.count { characters += Array("...") }
    }
    let shown = characters.map { $0.isPrintable ? $0 : " " }
    let width = max(1, min(mark.width, characters.count - column))
    return [
      "  " + String(shown),
      "  " + String(repeating: " ", count: column) + "^" + String(repeating: "~", count: width - 1),
    ]
  }
}

extension Character {
  /// Whether a terminal shows it as one character: no tab and no control character.
  fileprivate var isPrintable: Bool {
    unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
  }
}

/// Everything that is wrong in a file, in the order of its lines.
public struct Diagnostics: Error, Hashable, Sendable, CustomStringConvertible {
  /// The errors by file, line and column.
  public let list: [Diagnostic]

  /// Sorts errors by place and drops those that say the same at the same place.
  public init(_ list: [Diagnostic]) {
    var seen: Set<Diagnostic> = []
    let unique = list.filter { seen.insert($0).inserted }
    // The order of sources is that of their first error: the file itself comes as it was read.
    var order: [SpecSource: Int] = [:]
    for diagnostic in unique where order[diagnostic.mark.source] == nil {
      order[diagnostic.mark.source] = order.count
    }
    self.list = unique.enumerated().sorted { a, b in
      let x = a.element.mark, y = b.element.mark
      return (order[x.source] ?? 0, x.line, x.column, a.offset)
        < (order[y.source] ?? 0, y.line, y.column, b.offset)
    }.map(\.element)
  }

  /// All of them as they are printed.
  public var description: String {
    list.map(\.description).joined(separator: "\n")
  }
}
