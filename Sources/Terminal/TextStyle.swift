import Foundation

/// Colours and weights of text on a terminal; plain where there is none or `NO_COLOR` is set.
///
/// What it writes becomes a terminal's escape sequences on its way out, by `outgoing`.
public struct TextStyle: Hashable, Sendable {
  /// Whether escape sequences are written.
  public let isColored: Bool

  /// Makes a style.
  public init(isColored: Bool) { self.isColored = isColored }

  /// The style for a file descriptor: coloured where it is a terminal, `NO_COLOR` is not set and
  /// `TERM` is not `dumb`.
  public static func of(descriptor: Int32, environment: [String: String]) -> TextStyle {
    let forbids = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return TextStyle(
      isColored: isatty(descriptor) == 1 && !forbids && environment["TERM"] != "dumb")
  }

  /// Bold text.
  public func strong(_ text: String) -> String { wrap(text, "1") }
  /// Text that steps back.
  public func faint(_ text: String) -> String { wrap(text, "2") }
  /// Text that names what is wrong.
  public func bad(_ text: String) -> String { wrap(text, "31") }
  /// Text that names what is right.
  public func good(_ text: String) -> String { wrap(text, "32") }
  /// Text that asks for attention.
  public func warning(_ text: String) -> String { wrap(text, "33") }

  /// Text between the sequence of a code and the one that ends it.
  func wrap(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty
      ? StyleSequence.start + code + "m" + text + StyleSequence.start + "0m" : text
  }
}
