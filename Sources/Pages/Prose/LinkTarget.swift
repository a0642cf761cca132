import CMD4C
import Foundation
import Tracking

/// Where a link or a picture of a text leads.
enum LinkTarget: Hashable {
  /// A file or place in the page's own folder.
  case inside(String)
  /// An address of the web or of a person.
  case outside(String)
  /// Anything else, such as what would run a script: there is no link.
  case nowhere

  /// The target that md4c has read; what an entity or a hidden character disguises is none.
  init(_ attribute: MD_ATTRIBUTE?) {
    guard let attribute, let text = Self.plain(attribute), !text.isEmpty,
      !text.unicodeScalars.contains(where: Self.isForbidden)
    else {
      self = .nowhere
      return
    }
    let lower = text.lowercased()
    if ["https://", "http://", "mailto:", "//"].contains(where: lower.hasPrefix) {
      self = .outside(text)
      return
    }
    let head = text.unicodeScalars.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    self = head.contains(":") ? .nowhere : .inside(text)
  }

  /// The address; `nil` where there is none.
  var address: String? {
    switch self {
    case .inside(let address), .outside(let address): address
    case .nowhere: nil
    }
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\\" || HiddenCharacters.isHidden(scalar)
  }

  /// An attribute as a person wrote it; `nil` where it hides something behind an entity.
  private static func plain(_ attribute: MD_ATTRIBUTE) -> String? {
    guard let start = attribute.text else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: Int(attribute.size))
    let written = MarkdownParser.string(bytes)
    guard written.utf8.contains(UInt8(ascii: "&")) else { return written }
    let text = written.replacingOccurrences(of: "&amp;", with: "&")
    return hasEntity(text) ? nil : text
  }

  /// Whether something stands there like `&#115;` or `&colon;`.
  private static func hasEntity(_ text: String) -> Bool {
    let parts = text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    return parts.contains { part in
      let body = part.hasPrefix("#") ? part.dropFirst() : part
      let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
      return !name.isEmpty && body.dropFirst(name.count).hasPrefix(";")
    }
  }
}
