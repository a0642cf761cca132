import Foundation

/// How text is shown on a terminal: colours and weights, which are plain where there is none or
/// `NO_COLOR` is set, and the room there is.
///
/// What it writes becomes a terminal's escape sequences on its way out, by `outgoing`.
public struct TextStyle: Hashable, Sendable {
  /// Whether escape sequences are written.
  public let isColored: Bool
  /// The columns and lines of the terminal; `nil` where the text goes elsewhere.
  public let room: Room?

  /// The size of a terminal.
  public struct Room: Hashable, Sendable {
    /// How many letters stand on a line.
    public let columns: Int
    /// How many lines are seen.
    public let lines: Int

    /// Makes a size.
    public init(columns: Int, lines: Int) { (self.columns, self.lines) = (columns, lines) }

    /// The size of the terminal behind a file descriptor; `nil` where there is none, or where it does
    /// not say.
    public init?(descriptor: Int32) {
      var size = winsize()
      guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0,
        size.ws_col > 0
      else { return nil }
      self.init(columns: Int(size.ws_col), lines: Int(size.ws_row))
    }
  }

  /// Makes a style.
  public init(isColored: Bool, room: Room? = nil) {
    self.isColored = isColored
    self.room = room
  }

  /// The style for a file descriptor: coloured where it is a terminal, `NO_COLOR` is not set and
  /// `TERM` is not `dumb`.
  public static func of(descriptor: Int32, environment: [String: String]) -> TextStyle {
    let forbids = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return TextStyle(
      isColored: isatty(descriptor) == 1 && !forbids && environment["TERM"] != "dumb",
      room: Room(descriptor: descriptor))
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
