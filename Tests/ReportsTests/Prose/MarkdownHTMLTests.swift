import Interchange
import Pages
import Pictures
import Results
import Testing

/// Markdown as a page shows it: everything a reader writes is text.
struct MarkdownHTMLTests {
  private func html(_ markdown: String) -> String { ProseRendering.html(markdown) }

  @Test func rendersTheUsualSigns() {
    #expect(
      html("# A\n\n*b* **c** `d<e`")
        == "<h1>A</h1>\n<p><em>b</em> <strong>c</strong> <code>d&lt;e</code></p>\n")
    #expect(html("- a\n- b") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n")
    #expect(html("| a | b |\n| --- | --: |\n| 1 | 2 |").contains("<td class=\"number\">2</td>"))
    #expect(html("a &amp; b") == "<p>a &amp; b</p>\n")
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<!-- x -->", "]]></svg>",
    "<b onclick='x'>", "`<script>`", "    <script>", "&lt;script&gt;", "# <script>",
    "| <script> |\n| --- |\n| <i> |", "$<script>$", "<https://a.b/<script>>", "\" onload=\"x",
  ])
  func rawHTMLIsText(markdown: String) {
    let page = html(markdown)
    for sign in ["<script", "<img", "<b ", "<!--", "</svg", "<i>"] {
      #expect(!page.contains(sign), "\(page)")
    }
  }

  @Test(arguments: [
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](javascript&#58;alert(1))",
    "[a](&#106;avascript:alert(1))", "[a](data:text/html,x)", "[a](<java\nscript:x>)",
    "[a](vbscript:x)", "<javascript:alert(1)>", "[a](\\\\host)", "![a](javascript:x)",
    "[a](https://example.org)", "[a](//example.org)", "![a](https://example.org/a.png)",
    "[a][b]\n\n[b]: https://example.org", "https://example.org",
  ])
  func noLinkLeavesThePage(markdown: String) {
    let page = html(markdown)
    #expect(!page.contains("href") && !page.contains("src"), "\(page)")
  }

  @Test func addressesAreShownAndFilesLinked() {
    #expect(
      html("[PyTorch](https://pytorch.org)")
        == "<p>PyTorch <span class=\"address\">(https://pytorch.org)</span></p>\n")
    #expect(html("https://pytorch.org") == "<p>https://pytorch.org</p>\n")
    #expect(html("[b](other.md#c)") == "<p><a href=\"other.md#c\">b</a></p>\n")
  }

  @Test func otherReadersOfMarkdownGetNoHTML() {
    #expect(SafeMarkdownText("a <b>c</b> `<b>` $x<y$") == "a &lt;b>c&lt;/b> `<b>` $x<y$")
    #expect(
      SafeMarkdownText("<div>\n<script>x</script>\n</div>")
        == "&lt;div>\n&lt;script>x&lt;/script>\n&lt;/div>")
    #expect(!SafeMarkdownText("[a](javascript:x)").contains("javascript:"))
    #expect(
      SafeMarkdownText("a < b, [c](d.md), <https://e.f>") == "a < b, [c](d.md), <https://e.f>")
  }

  private func SafeMarkdownText(_ text: String) -> String { ProseRendering.markdown(text) }
}
