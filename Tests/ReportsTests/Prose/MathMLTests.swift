import Interchange
import Pages
import Pictures
import Results
import Testing

/// The notation of the course, as browsers set it.
struct MathMLTests {
  @Test func knowsTheNotation() {
    #expect(
      ProseRendering.mathML("\\frac{a}{2}")
        == "<math><mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mn>2</mn></mrow></mfrac></mrow></math>"
    )
    #expect(
      ProseRendering.mathML("w_i^{2}")
        == "<math><mrow><msubsup><mi>w</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup></mrow></math>"
    )
    #expect(
      ProseRendering.mathML("\\sum_{i=1}^n x_i")?.contains(
        "<munderover><mo movablelimits=\"true\">∑</mo>") == true)
    #expect(ProseRendering.mathML("\\mathbb{R}^{n}")?.contains("<mi>ℝ</mi>") == true)
    #expect(ProseRendering.mathML("a<b")?.contains("<mo>&lt;</mo>") == true)
  }

  @Test(arguments: [
    "\\mathcal{L}(\\mathcal{F}, \\mathcal{D}) = \\frac{1}{n} \\sum_{i=1}^{n} \\ell(f(x_i), y_i)",
    "\\boldsymbol{w} \\leftarrow \\boldsymbol w - \\eta \\, \\frac{\\partial \\mathcal{L}}{\\partial \\boldsymbol w}",
    "\\hat{\\boldsymbol y} = \\mathrm{softmax}(W_h h + b_y)", "\\lVert x \\rVert_2^2",
    "\\left\\| \\frac{a}{b} \\right\\|", "\\sqrt[3]{x} + \\sqrt x", "x'' + f'(x)",
    "\\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
    "\\operatorname{argmin}_{\\theta} \\mathbb{E}[\\log p_\\theta]", "\\max_i x_i", "10^{-3}",
    "\\begin{bmatrix} 1 & 0 \\\\ 0 & 1 \\end{bmatrix}^\\top", "\\overline{x}, \\tilde\\theta",
    "p(y \\mid x) \\propto \\exp\\{-E\\}", "\\underbrace{a + b}_{c}", "",
  ])
  func reads(equation: String) throws {
    let xml = try #require(ProseRendering.mathML(equation))
    var open: [Substring] = []
    for tag in xml.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) where tag.output.3.isEmpty {
      if tag.output.1.isEmpty {
        open.append(tag.output.2)
      } else {
        #expect(open.popLast() == tag.output.2)
      }
    }
    #expect(open.isEmpty)
  }

  @Test(arguments: [
    "\\unknown", "{", "}", "x^", "x_1_2", "\\frac{a}", "\\left( x", "a & b", "\\begin{x}\\end{x}",
    "\\href{javascript:x}{y}", "\\text{$x$}", "\\", "x % y",
  ])
  func leavesWhatItDoesNotKnow(equation: String) {
    #expect(ProseRendering.mathML(equation) == nil)
    #expect(ProseRendering.html("$\(equation)$").contains("<math") == false)
  }

  @Test func deepEquationsEndQuickly() {
    #expect(
      ProseRendering.mathML(
        String(repeating: "{", count: 2000) + String(repeating: "}", count: 2000)) == nil)
    #expect(ProseRendering.mathML(String(repeating: "\\hat", count: 900) + " x") == nil)
  }
}
