/// Prose by itself, for tests.
package enum ProseRendering {
  /// Markdown as HTML.
  package static func html(_ markdown: String) -> String { MarkdownHTML(markdown).text }

  /// Markdown without raw HTML.
  package static func markdown(_ markdown: String) -> String { SafeMarkdown.text(markdown) }

  /// Whether Markdown may go to other readers of Markdown as it is.
  package static func isHarmless(_ markdown: String) -> Bool {
    SafeMarkdown.isHarmless(markdown)
  }

  /// An equation as MathML; `nil` where it is not understood.
  package static func mathML(_ source: String) -> String? {
    MathML.text(source, isDisplayed: false)
  }
}
