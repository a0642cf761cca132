import Terminal

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
    // What follows a line break, in a name for instance, is not taken for an error of its own.
    let sentence = "\(mark.place): \(kind): \(message)".replacing("\n", with: "\n  ")
    var lines = [sentence + (rule.map { " [\($0)]" } ?? "")]
    let line = mark.source.line(mark.line)
    if !line.isEmpty {
      let excerpt = Excerpt(line, from: mark.column - 1, count: mark.width)
      lines += ["  " + excerpt.line, "  " + excerpt.caret]
    }
    lines += notes.map { "  " + $0.replacing("\n", with: "\n  ") }
    return lines.joined(separator: "\n")
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
