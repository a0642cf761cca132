import Foundation
import Languages
import Results
import Terminal

/// A notebook as Markdown, its figures beside it.
public struct MarkdownPage {
  private let page: NotebookPage

  /// Renders a page.
  public init(_ page: NotebookPage) { self.page = page }

  /// The file.
  public var text: String {
    var parts = page.hasOwnTitle ? [] : ["# " + escapedMarkdown(page.title)]
    parts += page.blocks.map { block in
      switch block {
      case .prose(let prose): Self.text(prose)
      case .sweep(let sweep): Self.text(sweep, page.language)
      case .picture(let picture): Self.text(picture, page.language)
      case .table(let table): Self.text(table, page.language)
      case .claim(let claim): Self.text(claim, page.language)
      case .exercise(let exercise): exercise.markdown(page.language)
      }
    }
    parts.append("---")
    parts.append(page.language(.howMade) + ":\n\n" + Self.list(page.origin))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Markdown with its values.
  static func text(_ prose: NotebookPage.Prose) -> String {
    trimmed(SafeMarkdown.text(prose.markdown, values: prose.values))
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last?.isNewline == true { text = text.dropLast() }
    while text.first?.isNewline == true { text = text.dropFirst() }
    return String(text)
  }

  private static func list(_ facts: [NotebookPage.Fact]) -> String {
    facts.map { "- \(escapedMarkdown($0.name)): \(escapedMarkdown($0.text))" }
      .joined(separator: "\n")
  }

  static func text(_ sweep: NotebookPage.Sweep, _ language: Language) -> String {
    let name = "**\(escapedMarkdown(sweep.name))**"
    let lines = ["\(language.capitalized(language(.sweepLabel))) \(name):", "", list(sweep.facts)]
    return (lines + sweep.notes.map { "- \(escapedMarkdown($0))" }).joined(separator: "\n")
  }

  private static func text(_ picture: NotebookPage.Picture, _ language: Language) -> String {
    let caption = escapedMarkdown(picture.caption)
    guard let file = picture.file, picture.problem == nil else {
      let problem = picture.problem?.text ?? language(.notDrawn)
      return "> \(caption): \(escapedMarkdown(problem))"
    }
    return file.hasSuffix(".pdf")
      ? "[\(caption)](\(address(file)))" : "![\(caption)](\(address(file)))"
  }

  /// A file's name as a link has it.
  private static func address(_ file: String) -> String {
    file.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80
        && (scalar.properties.isAlphabetic || "0123456789-._".unicodeScalars.contains(scalar))
      return isPlain ? String(scalar) : String(format: "%%%02X", Int(byte))
    }.joined()
  }

  static func text(_ block: NotebookPage.TableBlock, _ language: Language) -> String {
    let title = "**\(escapedMarkdown(block.title))**"
    guard let table = block.table else {
      return "> \(title): \(escapedMarkdown(block.problem?.text ?? language(.noRows)))"
    }
    let right = table.columns.indices.map { index in
      table.rows.contains { $0[index].isRightAligned }
    }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    var lines = [line(table.columns.map { escapedMarkdown($0.name) })]
    lines.append(line(right.map { $0 ? "---:" : "---" }))
    lines += table.rows.map { row in line(row.map { escapedMarkdown($0.text) }) }
    let note = block.note.map { "\n\n" + escapedMarkdown($0) } ?? ""
    return title + "\n\n" + lines.joined(separator: "\n") + note
  }

  static func text(_ claim: NotebookPage.Claim, _ language: Language) -> String {
    let details = claim.details
    let mark =
      switch claim.verdict {
      case .held: "✓"
      case .notHeld: "✗"
      case .undecided: "?"
      }
    let heading = "> \(mark) **\(language(.claimIs, claim.verdict.words(language))):**"
    let sentence = trimmed(SafeMarkdown.text(claim.sentence))
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n")
    var lines = [heading, ">", sentence, ">"]
    if ProseTree(claim.sentence).isOneParagraph { lines = [heading + sentence.dropFirst(), ">"] }
    lines.append("> \(escapedMarkdown(claim.expression))")
    if !details.isEmpty { lines.append(">") }
    lines += details.map { "> - \(escapedMarkdown($0))" }
    return lines.joined(separator: "\n")
  }
}
