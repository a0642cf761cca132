import Figures
import Foundation
import Languages
import Tracking

/// What an SVG says of itself to those who do not see it: its title, what it shows, and the names of
/// its curves.
struct PictureWords: Hashable, Sendable {
  private let title: String
  private let description: String
  private let names: [String]
  private let size: String

  init(_ figure: Figure, _ script: Script) {
    let panels = figure.panels.joined()
    let language = figure.style.language
    let axes = panels.map { Self.words($0, language) }.filter { !$0.isEmpty }
    title = [figure.title, panels.first?.title ?? "", axes.first ?? ""].first { !$0.isEmpty } ?? ""
    let series = figure.legend.filter { $0.sign != .none }.map(\.label)
    let parts =
      (figure.subtitle.isEmpty ? [] : [figure.subtitle]) + axes
      + (series.isEmpty ? [] : [language(.series, series.joined(separator: ", "))]) + figure.notes
    description = parts.joined(separator: "; ")
    names = script.names
    size = script.svgSize
  }

  /// `val/loss over epoch`, with the panel's own title where it has one.
  private static func words(_ panel: Panel, _ language: Language) -> String {
    let (y, x) = (panel.y.label, panel.x.label)
    let labels = y.isEmpty || x.isEmpty ? y + x : language(.axesOver, y, x)
    return [panel.title, labels].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// All of them in one text, for what identifies a drawing.
  var text: String { ([title, description, size] + names).joined(separator: "\n") }

  /// A drawing of gnuplot with these words in place of gnuplot's own, which names the figure after
  /// itself and curves after their commands, and with `]]>` as XML wants it.
  func applied(to svg: String) -> String {
    var text = svg.replacingOccurrences(of: "]]>", with: "]]&gt;")
    if let box = text.range(of: "viewBox=\"") {
      text.replaceSubrange(box.lowerBound..<box.lowerBound, with: size + " ")
    }
    Self.replaceFirst("title", in: &text, with: title)
    Self.replaceFirst("desc", in: &text, with: description)
    let pieces = text.components(separatedBy: "<g id=\"gnuplot_plot_")
    var rest = pieces.count - 1 == names.count ? names[...] : []
    return pieces.dropFirst().reduce(into: pieces[0]) { result, piece in
      result += "<g id=\"gnuplot_plot_" + Self.named(rest.popFirst() ?? "", piece)
    }
  }

  /// What follows the beginning of a curve's group, with its own name or none.
  private static func named(_ name: String, _ group: String) -> String {
    guard let open = group.range(of: "<title>"), let close = group.range(of: "</title>"),
      open.upperBound <= close.lowerBound
    else { return group }
    let title = name.isEmpty ? "" : "<title>\(escaped(name))</title>"
    return group[..<open.lowerBound] + title + group[close.upperBound...]
  }

  private static func replaceFirst(_ element: String, in text: inout String, with words: String) {
    guard let open = text.range(of: "<\(element)>"),
      let close = text.range(of: "</\(element)>", range: open.upperBound..<text.endIndex)
    else { return }
    text.replaceSubrange(open.upperBound..<close.lowerBound, with: escaped(words))
  }

  static func escaped(_ text: String) -> String {
    HiddenCharacters.replaced(in: text) { $0 == "\t" ? " " : "\u{FFFD}" }
      .replacing("\n", with: " ").replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }
}
