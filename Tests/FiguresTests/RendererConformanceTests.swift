import Figures
import Foundation
import GnuplotBackend
import Terminal
import TerminalBackend
import Testing
import Tracking

/// What every renderer is held to, with every kind of figure: one line a renderer.
@Suite struct RendererConformanceTests {
  @Test func lettersOfATerminal() throws {
    try check(TerminalRenderer(width: 100, TextStyle(isColored: false))) {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func coloursOfATerminal() throws {
    try check(TerminalRenderer(width: 100, TextStyle(isColored: true))) {
      String(decoding: $0, as: UTF8.self).replacing(/\u{1B}\[[0-9;]*m/, with: "")
    }
  }

  @Test func gnuplot() throws {
    try check(GnuplotRenderer(.svg), text: Self.text(ofSVG:))
  }

  /// Draws every figure and reads its title, the names of its series and its notes in the drawing.
  private func check(_ renderer: some FigureRenderer, text: (Data) -> String) throws {
    for sample in try EveryFigure.all() {
      let figure = sample.figure
      let drawing = text(try renderer.render(figure)).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      let texts =
        [figure.title, figure.subtitle] + figure.panels.joined().map(\.title)
        + figure.legend.map(\.label) + figure.notes
      for text in texts.filter({ !$0.isEmpty }) {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let isSaid = drawing.contains(line)
        #expect(isSaid, "\(sample.builder): '\(line)' is not in \(drawing.prefix(2000))")
      }
      let isAlike = try renderer.render(figure) == renderer.render(figure)
      #expect(isAlike, "\(sample.builder): drawn twice")
    }
  }

  /// The words of a picture, a line of text after the other.
  private static func text(ofSVG data: Data) -> String {
    let lines = String(decoding: data, as: UTF8.self).matches(of: /<text[^>]*>([\s\S]*?)<\/text>/)
    return lines.map { line in
      line.1.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<")
        .replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
        .replacing("\u{A0}", with: " ")
    }.joined(separator: " ")
  }
}
