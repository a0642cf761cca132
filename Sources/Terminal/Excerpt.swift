/// A line of a text and below it a mark under some of its characters: `^~~~`.
///
/// The mark counts columns of a terminal: wide letters, combining marks and tabs are as wide as they
/// are shown. Of a long line the part around the mark is shown.
public struct Excerpt: Hashable, Sendable {
  /// The line as it is shown.
  public let line: String
  /// Spaces, `^` and, where more than one column is marked, `~`.
  public let caret: String

  /// The most columns of a line that are shown.
  public static let widest = 100

  /// What stands where a line is cut.
  static let cut = "..."

  /// Marks `count` characters of `line` from a place, both counted in characters, the first being 0;
  /// at most `widest` columns of it are shown.
  public init(_ line: String, from place: Int, count: Int, within widest: Int = Excerpt.widest) {
    let all = Array(line)
    let column = min(max(0, place), all.count)
    // More characters than can be shown on either side need not be looked at.
    let low = max(0, column - 2 * widest)
    let high = min(all.count, column + 2 * widest)
    let letters = all[low..<high].map(Self.shown)
    let widths = letters.map { displayWidth(of: $0) }
    let window = Self.window(widths, around: column - low, widest)
    let head = low + window.lowerBound > 0 ? Self.cut : ""
    let tail = low + window.upperBound < all.count ? Self.cut : ""
    self.line = head + letters[window].joined() + tail
    let start = column - low
    let end = min(letters.count, start + max(1, min(count, letters.count)))
    let before = widths[window.lowerBound..<start].reduce(0, +)
    let marked = widths[start..<max(start, min(end, window.upperBound))].reduce(0, +)
    let beyond = min(tail.count, max(0, end - window.upperBound))
    caret =
      String(repeating: " ", count: head.count + before) + "^"
      + String(repeating: "~", count: max(0, marked + beyond - 1))
  }

  private static func shown(_ character: Character) -> String {
    character == "\t" ? " " : printable(String(character))
  }

  /// The characters that are shown: at most so many columns, half of them before the mark.
  private static func window(
    _ widths: [Int], around place: Int, _ widest: Int
  ) -> Range<Int> {
    let total = widths.reduce(0, +)
    guard total > widest else { return widths.indices }
    let column = widths[..<place].reduce(0, +)
    let left = max(0, min(column - widest / 2, total - widest))
    var start = 0
    var skipped = 0
    while start < place, skipped < left {
      skipped += widths[start]
      start += 1
    }
    var end = start
    var used = 0
    while end < widths.count, used + widths[end] <= widest {
      used += widths[end]
      end += 1
    }
    return start..<end
  }
}
