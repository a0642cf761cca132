import Pages
import Tracking

/// What is wrong with an address, on the page itself.
enum PageProblem {
  /// The message, line by line, and the way out.
  static func html(_ problem: LabbookError) -> String {
    let lines = problem.message.split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let excerpt = lines.count > 1 ? "<pre>\(escapedHTML(String(lines[1])))</pre>" : ""
    let hint = problem.hint.isEmpty ? "" : "<p class=\"remark\">\(Markup.text(problem.hint))</p>"
    return "<div class=\"error\" role=\"alert\"><p>\(Markup.text(String(lines.first ?? "")))</p>"
      + "\(excerpt)\(hint)</div>"
  }
}
