import Foundation
import Pages
import Testing

/// What other readers of Markdown get: the same text as the HTML page, and nothing that runs.
struct SafeMarkdownTests {
  private func safe(_ markdown: String) -> String { ProseRendering.markdown(markdown) }

  /// What a reader sees of HTML: its text with single blanks.
  private func visible(_ html: String) -> String {
    let signs = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&nbsp;": " "]
    var text = html.replacing(/<[^>]*>/, with: " ")
    for (name, sign) in signs { text = text.replacing(name, with: sign) }
    text = text.replacing("&#92;", with: "\\").replacing("&amp;", with: "&")
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test(arguments: [
    "metadata: none, javascript: is a word, data: too", "# A\n\n*b* **c** `d<e`", "a < b, 3 > 2",
    "[c](d.md), <https://e.f>, https://g.h", "[b](mailto:b@c.d) ![p](p.png)", "- a\n  - b\n\n1. c",
    "| a | b |\n| --- | --: |\n| 1 | 2 |", "$x<y$ and $$\\sqrt{x}$$", "```\n<script>\n```",
    "`<b>` and    code", "שלום عربى \u{200F}!", "&copy; &lt;b&gt; a&nbsp;b", "    <i>code</i>", "",
  ])
  func harmlessTextStaysLetterByLetter(markdown: String) { #expect(safe(markdown) == markdown) }

  static let tricky = [
    "a <b>c</b> `<b>` d", "<div>\n<script>x</script>\n\n# y\n</div>", "<!-- a -->\n\n<?b?>\n\nc",
    "[a](javascript:alert(1)) b", "[a](JaVa\tScript:x)", "[a](<java\nscript:x>)", "[a](vbscript:x)",
    "[a](java&#115;cript:alert(1))", "[a](javascript&colon;alert(1))", "[a](&#x6A;avascript:x)",
    "![a *b*](data:text/html,x) c", "<javascript:alert(1)> d", "[a][b] c\n\n[b]: javascript:x",
    "[a][b] c\n\n[b]: https://e.f \"t\"", "[b]: data:x", "[a](x:y) [c](d.md) <img src=x>",
    "metadata: none <i>x</i> [l](javascript:y)", "$<img src=x onerror=y>$ <i>",
    "$x<b>y$ <i>", "$\\href{javascript:x}{y}$", "$a</script>b$", "$$\\text{<i>}$$ z",
    "$\\unknown{a}$",
    "| a | b |\n| :-- | --: |\n| <i> | `c|d` |\n| $|x|$ | \\| |",
    "| `a | <b> ` |\n| --- | --- |\n| c | d |",
    "```\nnot closed <b>\n", "~~~ x\n```\n<i>\n```\n~~~\n\n<b>", "``a ` b`` <b> ` `` `",
    "- a <b>\n- b\n\n  c\n  - d\n    1. e\n    2. f", "3) a <b>\n4) c", "* a <i>\n\n- b\n\n+ c",
    "> <b> q\n> > r\n\ns", "a <b>  \nb\\\nc", "<b>\n\n---\n\n***\n\n- x\n- ***",
    "## h <b> ##\n\nT <i>\n===",
    "\\# a <b>\n\\- b\n\\+ c\n1\\. d\n\\=\\=\\=\ne \\\\(f\\\\) \\* \\_ \\` \\[g\\]",
    "***a*** <b> ~~c~~ _d_ __e__",
    "a\u{202E}b\u{1B}[31mc\u{7F}\u{85}\u{2028}d", "`a\u{202E}` $\u{202E}x$",
    "&#x202E;a &#27; &ZeroWidthSpace;b &#8206;c",
    "שלום <b> عربى \u{200F}ab \u{2067}x", "&lt;b&gt; &#60;i&#62; <u>", "a\u{0}b <b>",
    "\\<script\\> <b>",
    "![x](https://e.f/a_b(c).png) <b> [t](https://e.f/?a=1&b=2_3_) https://g.h/x_y_z",
    "a * b _ c * d <i>",
    "<b>\n    code <i>\n\n\tmore", "x\n: y <b>\n\n:--\n\n--- | ---\n\n-", "[^1] <b>\n\n[^1]: c",
    "a|b <b>\n-|-\n",
    "<https://a.b/<c>> <x@y.z> <b>", "{{ x }} {a} <b> @@1@@ #1 !x ![", "**a <b>**c*d*",
    "1. <b>\n\n   ```\n   x\n\n   y\n   ```\n2. z",
  ]

  @Test(arguments: tricky)
  func everyFormatShowsTheSameText(markdown: String) {
    let written = safe(markdown)
    #expect(
      visible(ProseRendering.html(written)) == visible(ProseRendering.html(markdown)), "\(written)")
    // It needs no second cleaning.
    #expect(safe(written) == written, "\(written)")
  }

  /// md4c with raw HTML on is the witness that nothing of it is left.
  @Test(arguments: tricky)
  func nothingRunsInOtherReaders(markdown: String) {
    let written = safe(markdown)
    #expect(ProseRendering.isHarmless(written), "\(written)")
    let links = written.matches(of: /\]\((?<address>[^)]*)\)/).map { String($0.output.address) }
    for link in links where !link.contains(where: \.isWhitespace) {
      #expect(!link.contains(":") || link.hasPrefix("http") || link.hasPrefix("mailto"), "\(link)")
    }
    for sign in written.unicodeScalars {
      let isControl = sign.value < 0x20 || (0x7F...0x9F).contains(sign.value)
      #expect(!isControl || sign == "\n" || sign == "\t")
    }
    #expect(!written.contains("\u{202E}") && !written.contains("]: "))
  }

  /// 2,000 texts made at random of what Markdown, HTML and TeX are made of.
  @Test func randomTextsAreTheSameInEveryFormat() {
    let parts = [
      "a", "b ", "<b>", "</b>", "<!--", "-->", "<script>", "*", "**", "_", "`", "``", "```\n", "\n",
      "\n\n", "- ",
      "1. ", "> ", "# ", "| ", "|\n", "---\n", "[", "]", "(", ")", "](javascript:x)", "](d.md)",
      "]: x", "$", "$$",
      "\\", "&lt;", "&#60;", "&", "~~", "    ", "https://e.f", "<https://e.f>", "!", "\\frac{1}{2}",
      "|a|b|\n|-|-|\n",
    ]
    var state: UInt64 = 11
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    var others: [String] = []
    for _ in 0..<2_000 {
      let text = (0..<2 + next(14)).map { _ in parts[next(parts.count)] }.joined()
      let written = safe(text)
      #expect(ProseRendering.isHarmless(written), "\(text.debugDescription)")
      if visible(ProseRendering.html(written)) != visible(ProseRendering.html(text)) {
        others.append(text)
      }
    }
    #expect(others.isEmpty, "\(others.count): \(others.prefix(12).map(\.debugDescription))")
  }

  /// What stands in each other without end is shown as it was written.
  @Test func deepTextsAreShownAsTheyAre() {
    let deep = String(repeating: "> ", count: 5_000) + "a <b>"
    #expect(ProseRendering.html(deep).hasPrefix("<pre>&gt; "))
    #expect(safe(deep).hasPrefix("```\n> "))
  }

  @Test func textsOfAnErrorAreNamed() {
    #expect(safe("[a](javascript:x) b") == "a b")
    #expect(safe("[a](java&#115;cript:x)") == "a")
    #expect(safe("metadata: none <i>") == "metadata: none &lt;i\\>")
    #expect(safe("$x<b>y$ <i>") == "$x\\lt b>y$ &lt;i\\>")
    #expect(safe("[a][b]\n\n[b]: https://e.f") == "[a](https://e.f)")
  }
}
