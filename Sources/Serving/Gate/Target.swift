import Web

/// What a request's first line asks for.
struct Target {
  /// The path's parts, decoded.
  let path: [String]
  let query: WebQuery
  /// The host, where the whole address stands in the line, as proxies are asked.
  let authority: String?

  init(_ text: String) throws(Refusal) {
    var rest = Substring(text)
    var authority: Substring?
    if !rest.hasPrefix("/") {
      guard rest.lowercased().hasPrefix("http://") else {
        throw Refusal(400, "the address of a request begins with '/'")
      }
      rest = rest.dropFirst("http://".count)
      authority = rest.prefix { $0 != "/" && $0 != "?" }
      rest = rest.dropFirst(authority?.count ?? 0)
    }
    guard !rest.contains("#") else {
      throw Refusal(400, "an address has no '#' in a request")
    }
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path: [String] = []
    for part in parts[0].split(separator: "/") { path.append(try Self.decoded(part)) }
    self.path = path
    query = parts.count > 1 ? WebQuery(text: parts[1]) : WebQuery([])
    self.authority = authority.map(String.init)
  }

  /// A part of the path: UTF-8 without NUL, and no step up, in whatever writing.
  private static func decoded(_ part: Substring) throws(Refusal) -> String {
    let bytes =
      part.utf8.contains(UInt8(ascii: "%")) ? WebQuery.decodedBytes(part) : Array(part.utf8)
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self),
      !text.contains("\u{FFFD}")
    else { throw Refusal(400, "the path is no UTF-8, or has a NUL") }
    let hasStepUp = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
      .contains { $0 == ".." || $0 == "." }
    guard !hasStepUp else { throw Refusal(400, "the path has '.' or '..' as a part") }
    return text
  }
}
