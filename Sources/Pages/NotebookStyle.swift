/// How the cells of a notebook look within a page of others.
public enum NotebookStyle {
  /// The style of a notebook's own page, for what lies within elements of a class alone.
  ///
  /// Rules are nested, so that nothing else of the page is touched.
  public static func css(within selector: String) -> String {
    let own = PageStyle.css.replacing(":root {", with: "& {").replacing("body {", with: "& {")
      .replacing("main >", with: ".cell >")
    return "\(selector) {\n\(own)}\n"
  }
}
