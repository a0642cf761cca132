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

  /// Whole outputs for everything that Markdown can say.
  @Test func everySignHasItsHTML() {
    let pages: [(markdown: String, html: String)] = [
      ("## A\n### B\n###### C", "<h2>A</h2>\n<h3>B</h3>\n<h6>C</h6>\n"),
      ("a\nb", "<p>a\nb</p>\n"), ("a  \nb", "<p>a<br>\nb</p>\n"),
      ("a\n\nb", "<p>a</p>\n<p>b</p>\n"), ("---", "<hr>\n"),
      ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
      ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
      ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
      ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
      ("```swift\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
      ("    a & b", "<pre><code>a &amp; b\n</code></pre>\n"),
      ("~~a~~ ***b***", "<p><del>a</del> <em><strong>b</strong></em></p>\n"),
      ("\\*a\\* &copy; \"q\"", "<p>*a* &copy; &quot;q&quot;</p>\n"),
      ("![a *b*](c.png) d", "<p>a <em>b</em> d</p>\n"),
      ("[a](b.md \"t\")", "<p><a href=\"b.md\">a</a></p>\n"),
      ("[a](b&amp;c.md?x=1#y)", "<p><a href=\"b&amp;c.md?x=1#y\">a</a></p>\n"),
      (
        "[a](mailto:b@c.d)",
        "<p>a <span class=\"address\">(mailto:b@c.d)</span></p>\n"
      ),
      ("[a](//b.c)", "<p>a <span class=\"address\">(//b.c)</span></p>\n"),
      ("[a](x:b)", "<p>a</p>\n"), ("[a](b/c:d)", "<p><a href=\"b/c:d\">a</a></p>\n"),
      (
        "| a | b | c |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |",
        "<div class=\"wide\"><table>\n<thead>\n<tr><th>a</th><th class=\"middle\">b</th>"
          + "<th class=\"number\">c</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td>"
          + "<td class=\"middle\">2</td><td class=\"number\">3</td></tr>\n</tbody>\n"
          + "</table></div>\n"
      ),
      ("a\u{0}b\u{1}c", "<p>a\u{FFFD}b\u{FFFD}c</p>\n"), ("", ""),
      // Characters that hold the place of values are not the user's.
      ("$a\nb$", "<p><math><mrow><mi>a</mi><mi>b</mi></mrow></math></p>\n"),
    ]
    for (markdown, wanted) in pages { #expect(html(markdown) == wanted, "\(markdown)") }
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
}
