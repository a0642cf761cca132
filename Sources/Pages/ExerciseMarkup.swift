import Languages
import Tracking

// An exercise on each kind of page. Hints are opened by the reader, without script.
extension NotebookPage.Exercise {
  /// A section of an HTML page.
  func html(_ language: Language) -> String {
    var html = "<section class=\"exercise\" id=\"exercise-\(escapedHTML(anchor))\">\n"
    html += "<p class=\"label\">\(escapedHTML(language(.exercise))) "
    html += "<strong>\(escapedHTML(id))</strong>, "
    html += "\(escapedHTML(language(.points, points)))</p>\n"
    html += MarkdownHTML(question.markdown, values: question.values).text
    if let form { html += "<p class=\"form\">\(escapedHTML(form))</p>\n" }
    for (index, hint) in hints.enumerated() {
      html += "<details>\n<summary>\(escapedHTML(summary(index, language)))</summary>\n"
      html += MarkdownHTML(hint.markdown, values: hint.values).text + "</details>\n"
    }
    html +=
      "<div class=\"hand-in\">\n<p class=\"form\">\(escapedHTML(language(.handIn)))</p>\n"
    html += "<pre><code>\(escapedHTML(handIn))</code></pre>\n"
    if let expression {
      html += "<p class=\"that\">\(escapedHTML(language(.rightWhen))) "
      html += "<code>\(escapedHTML(expression))</code></p>\n"
    }
    html += "</div>\n"
    if let answer {
      html +=
        "<div class=\"answer\">\n<p class=\"label\">\(escapedHTML(language(.answer)))</p>\n"
      html += MarkdownHTML(answer.markdown, values: answer.values).text + "</div>\n"
    }
    return html + "</section>\n"
  }

  /// Markdown.
  func markdown(_ language: Language) -> String {
    var parts = [
      "**\(escapedMarkdown(language(.exercise))) \(escapedSigns(id))**, "
        + escapedSigns(language(.points, points)),
      MarkdownPage.text(question),
    ]
    if let form { parts.append("*\(escapedSigns(form))*") }
    for (index, hint) in hints.enumerated() {
      parts.append(
        "<details>\n<summary>\(escapedHTML(summary(index, language)))</summary>\n\n"
          + MarkdownPage.text(hint) + "\n\n</details>")
    }
    parts.append(escapedMarkdown(language(.handIn)))
    parts.append("```yaml\n\(shownOnPage(handIn))\n```")
    if let expression {
      parts.append(
        "\(escapedMarkdown(language(.rightWhen))): \(escapedSigns(expression))")
    }
    if let answer {
      parts.append(
        "**\(escapedMarkdown(language(.answer)))**\n\n" + MarkdownPage.text(answer))
    }
    return parts.joined(separator: "\n\n")
  }

  /// For programs; the answer is `null` where it is not shown.
  var json: JSONValue {
    .object([
      ("id", .text(id)), ("question", .text(MarkdownPage.text(question))),
      ("points", .whole(points)), ("of", .text(of: sweep)), ("that", .text(of: expression)),
      ("asks_for", .text(of: form)), ("hand_in", .text(handIn)),
      ("hints", .texts(hints.map { MarkdownPage.text($0) })),
      ("answer", .text(of: answer.map { MarkdownPage.text($0) })),
    ])
  }

  private func summary(_ index: Int, _ language: Language) -> String {
    hints.count == 1 ? language(.hint) : language(.hintOf, index + 1, hints.count)
  }

  private var anchor: String { id.replacing(" ", with: "-") }
}
