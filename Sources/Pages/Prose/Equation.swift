/// An equation that every format shows alike: as MathML, and in TeX that has no sign of HTML, of code
/// or of a table.
struct Equation {
  /// For HTML.
  let mathML: String
  /// For readers of Markdown.
  let tex: String

  /// Reads TeX; `nil` where it is not understood or cannot be written so, and is shown as code.
  init?(_ source: String, isDisplayed: Bool, isInTable: Bool) {
    guard let mathML = MathML.text(source, isDisplayed: isDisplayed), !source.contains("`"),
      shownOnPage(source) == source
    else { return nil }
    var tex = source.replacing("<", with: "\\lt ")
    if isInTable { tex = tex.replacing("|", with: "\\vert ") }
    guard tex == source || MathML.text(tex, isDisplayed: isDisplayed) == mathML else { return nil }
    self.mathML = mathML
    self.tex = tex
  }
}
