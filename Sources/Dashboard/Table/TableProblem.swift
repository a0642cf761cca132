import FileLanguage
import Pages
import Terminal
import Tracking

/// What is wrong with the address of a table, and at which of its fields.
struct TableProblem: Error {
  /// The item of the query: `where`, `sort`, `group`, `columns`, `by`, ...
  let item: String
  let message: String
  let hint: String
  /// The text with a mark below the place, where there is one.
  var excerpt: Excerpt?

  /// An error of an expression.
  init(_ error: FormulaError, in text: String) {
    self.init("where", error.message, hint: error.hint)
    excerpt = Excerpt(text, from: error.column - 1, count: error.width)
  }

  init(_ item: String, _ message: String, hint: String = "") {
    (self.item, self.message, self.hint) = (item, message, hint)
  }

  /// A name that nothing has.
  init(_ item: String, unknown name: String, among names: [String]) {
    self.init(
      item, "no run has a column, parameter or metric '\(name.prefix(200))'",
      hint: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
        ?? "The columns can be chosen under 'Columns'.")
  }

  /// The error as it stands at its field.
  var markup: String {
    let words = Markup.text("\(item): \(message)")
    let mark = excerpt.map { "<pre>\(escapedHTML($0.line))\n\($0.caret)</pre>" } ?? ""
    let way = hint.isEmpty ? "" : "<p class=\"remark\">\(Markup.text(hint))</p>"
    return "<div class=\"error\" role=\"alert\" id=\"problem\">\(words)\(mark)\(way)</div>"
  }

  /// The error in lines, for programs.
  var text: String {
    let mark = excerpt.map { ["  " + $0.line, "  " + $0.caret] } ?? []
    return (["\(item): \(message)"] + mark + (hint.isEmpty ? [] : [hint])).map { $0 + "\n" }
      .joined()
  }
}
