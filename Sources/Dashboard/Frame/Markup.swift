import Pages
import Tracking

/// Pieces of pages, in which every text of somebody else is escaped.
enum Markup {
  /// A text as it is shown: escaped, and apart from the direction of what stands around it.
  static func text(_ text: String) -> String { "<bdi>\(escapedHTML(text))</bdi>" }

  /// A text of at most so many characters; the whole of a longer one stands in its hint.
  static func clipped(_ text: String, to limit: Int = 160) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard line.count > limit else { return self.text(line) }
    return "<bdi title=\"\(escapedHTML(String(text.prefix(2_000))))\">"
      + "\(escapedHTML(String(line.prefix(limit))))…</bdi>"
  }

  /// A link whose words are already HTML.
  static func link(_ address: String, _ html: String, _ attributes: String = "") -> String {
    "<a href=\"\(escapedHTML(address))\"\(attributes.isEmpty ? "" : " " + attributes)>\(html)</a>"
  }

  /// A status as a word with its colour.
  static func status(_ status: RunStatus) -> String {
    "<span class=\"status \(status.rawValue)\">\(status.rawValue)</span>"
  }

  /// The dot of a key's colour.
  static func dot(_ key: String) -> String {
    "<svg class=\"dot\" viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
      + "<circle cx=\"5\" cy=\"5\" r=\"5\" fill=\"\(KeyColour(key).hex)\"/></svg>"
  }

  /// A line of `labbook` to copy.
  static func command(_ words: String) -> String {
    "<span class=\"command\"><code>\(escapedHTML(words))</code>"
      + "<button type=\"button\" class=\"copy\" data-copy=\"\(escapedHTML(words))\">copy</button></span>"
  }

  /// A time with its words for people in the reader's own zone, where scripts run.
  static func time(_ text: String) -> String {
    let plain = text.prefix(19).replacing("T", with: " ")
    return "<time datetime=\"\(escapedHTML(text))\">\(escapedHTML(String(plain)))</time>"
  }
}
