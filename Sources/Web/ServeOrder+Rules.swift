public import Tracking

extension ServeOrder {
  /// The names of this machine's own address, which nobody else reaches.
  public static func isOwnAddress(_ host: String) -> Bool {
    let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
    if bytes.count == 4, bytes[0] == "127", bytes.allSatisfy({ UInt8($0) != nil }) { return true }
    return ["localhost", "::1", "[::1]"].contains(host.lowercased())
  }

  /// Whether only programs of this machine reach the server.
  public var isOnOwnAddress: Bool { Self.isOwnAddress(host) }

  /// The fewest letters of a token that a person chooses.
  public static let shortestToken = 16

  /// Checks what the options say together, before anything is opened.
  ///
  /// - Throws: `LabbookError` with the option, what was expected, and the way out.
  public func check() throws(LabbookError) {
    if let port, !(1...65535).contains(port) {
      throw .input("--port must be from 1 to 65535, not \(port)")
    }
    if host.isEmpty || host.contains(where: { $0.isWhitespace || "/\\@?#".contains($0) }) {
      throw .input(
        "--host '\(host)' is neither an address nor a name of this machine",
        hint: "such as --host 127.0.0.1, --host ::1 or --host 0.0.0.0")
    }
    switch token {
    case nil:
      guard isOnOwnAddress else {
        throw .input(
          "--host \(host) is reached from other machines: it needs --token with a token of yours",
          hint:
            "such as --token \"$(openssl rand -hex 16)\"; the programs that log need it, or the one "
            + "of the tracking API that is printed")
      }
    case "none":
      guard isOnOwnAddress else {
        throw .input(
          "--token none is for this machine's own address, and --host \(host) is reached from others",
          hint: "give a token of at least \(Self.shortestToken) letters and digits")
      }
      if share {
        throw .input(
          "--share prints a second token, and --token none asks for none: its pages only read anyway",
          hint: "leave one of them out")
      }
    case let word?: try Self.checkToken(word)
    }
  }

  private static func checkToken(_ word: String) throws(LabbookError) {
    let way = "such as --token \"$(openssl rand -hex 16)\""
    let allowed = word.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || "-._~".utf8.contains(byte)
    }
    guard allowed else {
      throw .input(
        "--token may have the letters a to z, digits and -._~, which stand in an address as they are",
        hint: way)
    }
    guard (shortestToken...256).contains(word.utf8.count) else {
      throw .input(
        "--token must have from \(shortestToken) to 256 letters and digits, not \(word.utf8.count)",
        hint: way)
    }
    guard Set(word.utf8).count >= 6 else {
      throw .input(
        "--token must have at least six different letters and digits: this one is guessed",
        hint: way)
    }
  }
}
