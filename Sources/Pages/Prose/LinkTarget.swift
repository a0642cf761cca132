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
    let text = MarkdownParser.string(bytes).replacingOccurrences(of: "&amp;", with: "&")
    return text.contains(/&#?[A-Za-z0-9]+;/) ? nil : text
  }
}
