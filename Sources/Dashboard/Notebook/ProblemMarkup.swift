import FileLanguage
import Foundation
import Pages
import Terminal

/// Errors of a file as they stand on the page: each at its line, with a caret, as `labbook check` says them.
enum ProblemMarkup {
  static func html(_ problems: FileProblems) -> String {
    let count = problems.count == 1 ? "1 error" : "\(problems.count) errors"
    return
      "<section class=\"problems\" role=\"alert\">\n<h2>\(count); nothing new is trained</h2>\n"
      + problems.list.map(html).joined()
      + problems.others.map { "<pre>\(escapedHTML($0))</pre>\n" }.joined() + "</section>\n"
  }

  private static func html(_ problem: Diagnostic) -> String {
    let mark = problem.mark
    var html = "<article class=\"problem\">\n<p><code>\(escapedHTML(mark.place))</code> "
    html += "<strong>\(escapedHTML(problem.message))</strong></p>\n"
    if !mark.source.line(mark.line).isEmpty { html += lines(around: mark) }
    if !problem.notes.isEmpty {
      html += "<p class=\"notes\">\(escapedHTML(problem.notes.joined(separator: "\n")))</p>\n"
    }
    return html + "</article>\n"
  }

  /// The line of an error between its neighbours, and the caret below it.
  private static func lines(around mark: Mark) -> String {
    var rows: [String] = []
    let width = String(mark.line + 1).count
    func row(_ number: String, _ text: String, _ kind: String = "") -> String {
      let room = String(repeating: " ", count: max(0, width - number.count))
      return "<span class=\"line\(kind)\"><span class=\"number\">\(room)\(number)</span> "
        + "\(escapedHTML(text))</span>"
    }
    for number in max(1, mark.line - 1)...mark.line + 1 {
      let text = mark.source.line(number)
      guard number == mark.line else {
        if !text.isEmpty { rows.append(row(String(number), Excerpt(text, from: 0, count: 1).line)) }
        continue
      }
      let excerpt = Excerpt(text, from: mark.column - 1, count: mark.width)
      rows.append(row(String(number), excerpt.line, " wrong"))
      rows.append(row("", excerpt.caret, " caret"))
    }
    return "<pre>" + rows.joined(separator: "\n") + "</pre>\n"
  }
}
