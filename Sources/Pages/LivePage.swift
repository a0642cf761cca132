/// A notebook cut into pieces, for a page that replaces each of them when it changes.
///
/// Pictures are images of addresses of their own: no piece has a style or a script in it.
public struct LivePage: Sendable {
  /// What stands above the cells.
  public let header: String
  /// A piece of HTML a cell, in order.
  public let cells: [String]
  /// How it was made.
  public let footer: String

  /// Where a figure's drawing is found.
  public struct Address: Hashable, Sendable {
    /// The image in light colours, or in those it asks for.
    public let light: String
    /// The image in dark colours; `nil` where there is one alone.
    public let dark: String?
    /// How wide and high it is, in pixels; `nil` where that is not known.
    public let size: (width: Int, height: Int)?
    /// What stands below it, as HTML.
    public let below: String

    /// Makes an address.
    public init(light: String, dark: String?, size: (width: Int, height: Int)?, below: String) {
      (self.light, self.dark, self.size, self.below) = (light, dark, size, below)
    }

    /// Whether both say the same.
    public static func == (a: Address, b: Address) -> Bool {
      a.light == b.light && a.dark == b.dark && a.below == b.below
        && a.size?.width == b.size?.width && a.size?.height == b.size?.height
    }

    /// Hashes the image's address.
    public func hash(into hasher: inout Hasher) { hasher.combine(light) }
  }

  /// Renders the pieces.
  ///
  /// - Parameters:
  ///   - figures: a figure cell's address each, in order; `nil` where it was not drawn yet.
  ///   - sweeps: what is shown below the facts of a sweep, as HTML, by the sweep's name.
  public init(_ page: NotebookPage, figures: [Address?], sweeps: [String: String] = [:]) {
    let html = HTMLPage(page)
    header = html.header
    footer = html.footer
    var rest = figures[...]
    var drawings = HTMLPage.Drawings()
    cells = page.blocks.map { block in
      switch block {
      case .picture(let picture): html.figure(picture, at: rest.popFirst() ?? nil)
      case .sweep(let sweep):
        html.html(sweep, below: sweeps[sweep.name] ?? "")
      default: html.html(block, &drawings)
      }
    }
  }

  /// The width and height that a drawing was made for, in pixels; `nil` where it does not say.
  public static func size(ofDrawing svg: String) -> (width: Int, height: Int)? {
    guard let width = InlineSVG.width(of: svg),
      let box = svg.prefix(600).firstMatch(
        of: /viewBox="[0-9.]+ [0-9.]+ (?<width>[0-9.]+) (?<height>[0-9.]+)/),
      let across = Double(box.output.width), let down = Double(box.output.height), across > 0
    else { return nil }
    return (width, Int((Double(width) * down / across).rounded()))
  }
}

extension HTMLPage {
  /// A figure whose drawing is an image.
  fileprivate func figure(_ picture: NotebookPage.Picture, at address: LivePage.Address?) -> String
  {
    if let problem = picture.problem {
      return "<figure>\n"
        + missing("\(picture.caption): \(problem.text)", isEnglish: problem.isEnglish)
        + "</figure>\n"
    }
    guard let address else {
      return
        "<figure>\n<p class=\"missing drawing\">\(escapedHTML(picture.caption))</p>\n</figure>\n"
    }
    let words = picture.caption + (picture.details.isEmpty ? "" : ". " + picture.details)
    let size = address.size.map { " width=\"\($0.width)\" height=\"\($0.height)\"" } ?? ""
    let dark = address.dark.map {
      "<source media=\"(prefers-color-scheme: dark)\" srcset=\"\(escapedHTML($0))\">"
    }
    return "<figure>\n<div class=\"picture\"><picture>\(dark ?? "")"
      + "<img src=\"\(escapedHTML(address.light))\" alt=\"\(escapedHTML(words))\"\(size)></picture></div>\n"
      + address.below + "</figure>\n"
  }
}
