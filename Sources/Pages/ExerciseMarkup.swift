import Tracking

// An exercise on each kind of page. Hints are opened by the reader, without script.
extension NotebookPage.Exercise {
  /// A section of an HTML page.
  var html: String {
    var html = "<section class=\"exercise\" id=\"exercise-\(escapedHTML(anchor))\">\n"
    html += "<p class=\"label\">\(escapedHTML(ExercisePhrases.exercise)) "
    html += "<strong>\(escapedHTML(id))</strong>, "
    html += "\(escapedHTML(ExercisePhrases.points(points)))</p>\n"
    html += MarkdownHTML(question.markdown, values: question.values).text
    if let form { html += "<p class=\"form\">\(escapedHTML(form))</p>\n" }
    for (index, hint) in hints.enumerated() {
      html += "<details>\n<summary>\(escapedHTML(summary(index)))</summary>\n"
      html += MarkdownHTML(hint.markdown, values: hint.values).text + "</details>\n"
    }
    html +=
      "<div class=\"hand-in\">\n<p class=\"form\">\(escapedHTML(ExercisePhrases.handIn))</p>\n"
    html += "<pre><code>\(escapedHTML(handIn))</code></pre>\n"
    if let expression {
      html += "<p class=\"that\">\(escapedHTML(ExercisePhrases.rightWhen)) "
      html += "<code>\(escapedHTML(expression))</code></p>\n"
    }
    html += "</div>\n"
    if let answer {
      html +=
        "<div class=\"answer\">\n<p class=\"label\">\(escapedHTML(ExercisePhrases.answer))</p>\n"
      html += MarkdownHTML(answer.markdown, values: answer.values).text + "</div>\n"
    }
    return html + "</section>\n"
  }

  /// Markdown.
  var markdown: String {
    var parts = [
      "**\(escapedMarkdown(ExercisePhrases.exercise)) \(escapedSigns(id))**, "
        + escapedSigns(ExercisePhrases.points(points)),
      MarkdownPage.text(question),
    ]
    if let form { parts.append("*\(escapedSigns(form))*") }
    for (index, hint) in hints.enumerated() {
      parts.append(
        "<details>\n<summary>\(escapedHTML(summary(index)))</summary>\n\n"
          + MarkdownPage.text(hint) + "\n\n</details>")
    }
    parts.append(escapedMarkdown(ExercisePhrases.handIn))
    parts.append("```yaml\n\(shownOnPage(handIn))\n```")
    if let expression {
      parts.append(
        "\(escapedMarkdown(ExercisePhrases.rightWhen)): \(escapedSigns(expression))")
    }
    if let answer {
      parts.append(
        "**\(escapedMarkdown(ExercisePhrases.answer))**\n\n" + MarkdownPage.text(answer))
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

  private func summary(_ index: Int) -> String {
    ExercisePhrases.hint(index + 1, of: hints.count)
  }

  private var anchor: String { id.replacing(" ", with: "-") }
}
