/// A path taken apart at its slashes, as text: no file is looked at.
///
/// Foundation's own way of asking for the folder of a path ends the program for a path of one letter.
public struct PathText: Hashable, Sendable {
  /// What stands before the last name: empty for a name alone, `/` for a name below the root.
  public let folder: String
  /// The last name; empty for the root and for an empty path.
  public let name: String

  /// Takes a path apart; slashes at its end do not count.
  public init(_ path: String) {
    var bytes = path.utf8[...]
    while bytes.count > 1, bytes.last == Self.slash { bytes.removeLast() }
    guard let last = bytes.lastIndex(of: Self.slash) else {
      folder = ""
      name = Self.text(bytes)
      return
    }
    name = Self.text(bytes[bytes.index(after: last)...])
    var before = bytes[..<last]
    while before.last == Self.slash { before.removeLast() }
    folder = before.isEmpty ? "/" : Self.text(before)
  }

  /// The name without its last extension: `a.b` of `a.b.yaml`; a name that begins with its only dot
  /// has none.
  public var stem: String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot > name.utf8.startIndex,
      dot < name.utf8.index(before: name.utf8.endIndex)
    else { return name }
    return Self.text(name.utf8[..<dot])
  }

  private static let slash = UInt8(ascii: "/")

  private static func text(_ bytes: Substring.UTF8View) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
