import Experiments
import Foundation
import GnuplotBackend
import Pages
import Tracking
import Web

/// The drawings of a notebook as they are asked for: `/notebook/figures/NAME.svg`.
struct FigureAddress {
  let name: String
  let format: PictureFormat

  init?(_ path: [String]) {
    guard path.count == 3, path[0] == "notebook", path[1] == "figures",
      let dot = path[2].lastIndex(of: "."),
      let format = PictureFormat(rawValue: String(path[2][path[2].index(after: dot)...]))
    else { return nil }
    (name, self.format) = (String(path[2][..<dot]), format)
  }

  /// Where a page finds a drawing, with what stands below it.
  static func live(_ cell: PlotCell, _ drawn: NotebookDrawing.Drawn) -> LivePage.Address? {
    guard let light = drawn.light else { return nil }
    let base = "/notebook/figures/" + WebQuery.encoded(cell.name)
    let version = NotebookBoard.Piece.hash(drawn.fingerprint)
    return LivePage.Address(
      light: "\(base).svg?v=\(version)",
      dark: drawn.dark == nil ? nil : "\(base).svg?theme=dark&v=\(version)",
      size: LivePage.size(ofDrawing: light), below: below(cell, base))
  }

  private static func below(_ cell: PlotCell, _ base: String) -> String {
    let links = PictureFormat.allCases.map {
      "<a href=\"\(escapedHTML(base)).\($0.rawValue)?download\" download>\($0.rawValue)</a>"
    }
    var html = "<div class=\"taken\"><span>\(links.joined(separator: " "))</span>"
    if let text = CellLines.lines(at: cell.mark) {
      html += "<details><summary>as cell</summary><pre>\(escapedHTML(text))</pre></details>"
    }
    return html + "</div>\n"
  }

  /// The reply to who asks for a drawing.
  func reply(_ drawing: NotebookDrawing, _ writer: FigureWriter, _ query: WebQuery) throws
    -> WebReply
  {
    guard let drawn = drawing.drawn[name] else {
      return .text("there is no figure of this name\n", status: 404)
    }
    let isDark = query["theme"] == "dark"
    if format == .svg, query["download"] == nil {
      guard let svg = isDark ? drawn.dark ?? drawn.light : drawn.light else {
        return .text("this figure is not drawn yet\n", status: 404)
      }
      return WebReply(
        200, type: "image/svg+xml",
        headers: [
          ("Cache-Control", "private, max-age=600"),
          // A drawing has styles of its own, and may be opened by itself.
          (
            "Content-Security-Policy",
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
          ),
        ], body: .data(Data(svg.utf8)))
    }
    guard let figure = drawn.figure else {
      return .text("this figure is not drawn yet\n", status: 404)
    }
    let data =
      format == .svg
      ? Data((drawn.light ?? "").utf8) : try writer.picture(of: figure, format)
    return .attachment(.data(data), name: "\(name).\(format.rawValue)", type: format.mediaType)
  }
}

extension PictureFormat {
  fileprivate var mediaType: String {
    switch self {
    case .svg: "image/svg+xml"
    case .png: "image/png"
    case .pdf: "application/pdf"
    }
  }
}
