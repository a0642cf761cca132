public import Figures
public import Foundation
public import Terminal

/// Figures as lines of letters.
public struct TerminalRenderer: FigureRenderer {
  private let width: Int
  private let style: TextStyle

  /// Draws for a terminal of `width` columns.
  public init(width: Int, _ style: TextStyle) {
    self.width = width
    self.style = style
  }

  /// The lines of the figure as text.
  public func render(_ figure: Figure) -> Data {
    Data(TerminalFigure(figure, width: width, style).text.utf8)
  }
}
