import Languages
import Terminal
import Tracking

/// A notebook as Jupyter's JSON, format 4.5: prose as Markdown, figures and tables as outputs.
///
/// Its code cells run where `labbook` is on the PATH: that of a sweep trains what is missing, that of a
/// figure shows its file; those of tables hold a comment only.
public struct JupyterPage {
  private let page: NotebookPage
  private let home: String

  /// Renders a page.
  ///
  /// - Parameter home: the folder in which commands are given, as seen from the page.
  public init(_ page: NotebookPage, home: String = ".") {
    self.page = page
    self.home = home
  }

  /// The file.
  public var text: String {
    var cells: [String] = []
    func add(_ cell: (String) -> String) { cells.append(cell("cell-\(cells.count + 1)")) }
    if !page.hasOwnTitle { add { Self.markdown("# " + escapedMarkdown(page.title), $0) } }
    var pictures = 0
    for block in page.blocks {
      switch block {
      case .prose(let prose): add { Self.markdown(MarkdownPage.text(prose), $0) }
      case .sweep(let sweep):
        add { Self.markdown(MarkdownPage.text(sweep, page.language), $0) }
        add { Self.code([training(sweep)], "", $0) }
      case .claim(let claim): add { Self.markdown(MarkdownPage.text(claim, page.language), $0) }
      case .exercise(let exercise): add { Self.markdown(exercise.markdown(page.language), $0) }
      case .picture(let picture):
        pictures += 1
        let number = pictures
        add { code(picture, number: number, $0) }
      case .table(let table): add { code(table, $0) }
      }
    }
    add { id in
      let lines = page.origin.map { "- \(escapedMarkdown($0.name)): \(escapedMarkdown($0.text))" }
      return Self.markdown(
        page.language(.howMade) + ":\n\n" + lines.joined(separator: "\n"), id)
    }
    return HiddenCharacters.escapedInJSON(Self.notebook(cells))
  }

  private static func notebook(_ cells: [String]) -> String {
    """
    {
     "cells": [
    \(cells.map { "  " + $0 }.joined(separator: ",\n"))
     ],
     "metadata": {
      "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
      "language_info": {"name": "python"}
     },
     "nbformat": 4,
     "nbformat_minor": 5
    }

    """
  }

  // MARK: Cells

  private static func markdown(_ text: String, _ id: String) -> String {
    "{\"cell_type\": \"markdown\", \"id\": \"\(id)\", \"metadata\": {}, \"source\": "
      + lines(text) + "}"
  }

  private static func code(
    _ comment: String, _ command: [String], _ output: String, _ id: String
  ) -> String {
    let words = printable(comment.split(whereSeparator: \.isNewline).joined(separator: " "))
    return code(["# " + words] + command, output, id)
  }

  /// The shell line that trains what a sweep lacks, in the folder where the page's own command was given.
  private func training(_ sweep: NotebookPage.Sweep) -> String {
    let words = ["labbook", "run", page.file, "--only", sweep.name].map(PageOrigin.shellWord)
    let line = "!cd \(PageOrigin.shellWord(home)) && \(words.joined(separator: " "))"
    // IPython puts variables in where braces or dollars stand.
    return printable(
      line.replacing("$", with: "$$").replacing("{", with: "{{").replacing("}", with: "}}"))
  }

  private static func code(_ source: [String], _ output: String, _ id: String) -> String {
    return "{\"cell_type\": \"code\", \"execution_count\": null, \"id\": \"\(id)\", "
      + "\"metadata\": {}, \"source\": \(lines(source.joined(separator: "\n"))), \"outputs\": [\(output)]}"
  }

  private func code(_ picture: NotebookPage.Picture, number: Int, _ id: String) -> String {
    guard let svg = picture.svg.flatMap({ InlineSVG.text($0, number: number) }) else {
      let problem = picture.problem?.text ?? page.language(.notDrawn)
      return Self.code(picture.caption, [], Self.problem(problem), id)
    }
    let shown = picture.file.flatMap { file -> [String]? in
      guard file.hasSuffix(".svg") else { return nil }
      return ["from IPython.display import SVG", "SVG(filename=\(ParameterValue.json(file)))"]
    }
    return Self.code(
      picture.caption, shown ?? [],
      Self.display([("image/svg+xml", svg), ("text/plain", outgoing(picture.caption))]), id)
  }

  private func code(_ block: NotebookPage.TableBlock, _ id: String) -> String {
    guard let table = block.table else {
      let problem = block.problem?.text ?? page.language(.noRows)
      return Self.code(block.title, [], Self.problem(problem), id)
    }
    return Self.code(
      block.title, [],
      Self.display([
        (
          "text/html",
          HTMLPage.table(table) + (block.note.map { "<p>\(escapedHTML($0))</p>" } ?? "")
        ),
        ("text/plain", table.text(.table) + (block.note.map { outgoing($0) + "\n" } ?? "")),
      ]), id)
  }

  private static func display(_ data: [(kind: String, text: String)]) -> String {
    let fields = data.map { "\"\($0.kind)\": \(lines($0.text))" }.joined(separator: ", ")
    return "{\"output_type\": \"display_data\", \"metadata\": {}, \"data\": {\(fields)}}"
  }

  private static func problem(_ text: String) -> String {
    "{\"output_type\": \"stream\", \"name\": \"stderr\", \"text\": \(lines(outgoing(text) + "\n"))}"
  }

  /// A text as Jupyter keeps it: a list of lines with their ends.
  private static func lines(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\n" }
    if let last = lines.popLast() {
      let rest = last.dropLast()
      if !rest.isEmpty { lines.append(rest) }
    }
    return "[" + lines.map { ParameterValue.json(String($0)) }.joined(separator: ", ") + "]"
  }
}
