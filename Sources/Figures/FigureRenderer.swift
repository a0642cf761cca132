public import Foundation
public import Tracking

/// One way to draw figures.
///
/// A renderer takes a figure of any kind. It writes the title, the name of every series and every
/// note, which say what was left out; what it has no means to show it leaves away without an error.
public protocol FigureRenderer: Sendable {
  /// The figure as the bytes of a file: a picture, or a text in UTF-8.
  ///
  /// - Throws: `LabbookError` with what kept the figure from being drawn.
  func render(_ figure: Figure) throws(LabbookError) -> Data
}
