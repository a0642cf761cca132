import Foundation

/// What a program has printed for a terminal, as the terminal would leave it: lines that were written over
/// again by carriage returns in their last state, without colours and steps of the cursor.
enum TerminalOutput {
  private static let escape = UInt8(0x1b)

  /// The text of some bytes.
  static func text(_ bytes: Data) -> String {
    let plain = bytes.contains(escape) ? withoutSequences(Array(bytes)) : Array(bytes)
    let text = String(decoding: plain, as: UTF8.self).replacing("\r\n", with: "\n")
    guard text.contains("\r") else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.split(separator: "\r").last ?? "" }.joined(separator: "\n")
  }

  /// Bytes without the sequences of ECMA-48 that begin with an escape.
  private static func withoutSequences(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == escape else {
        plain.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "[")?:
        // Parameters and what stands between them and the letter that ends the sequence.
        rest = rest.drop { (0x20...0x3f).contains($0) }
        if let last = rest.first, (0x40...0x7e).contains(last) { rest.removeFirst() }
      case UInt8(ascii: "]")?:
        // A title or a link, to a bell or another escape with a backslash; never beyond its line.
        rest = rest.drop { $0 != 0x07 && $0 != escape && $0 != UInt8(ascii: "\n") }
        if rest.first == 0x07 { rest.removeFirst() }
        if rest.starts(with: [escape, UInt8(ascii: "\\")]) { rest.removeFirst(2) }
      case (0x20...0x2f)?:
        // The choice of a set of letters.
        rest = rest.drop { (0x20...0x2f).contains($0) }
        if let last = rest.first, (0x30...0x7e).contains(last) { rest.removeFirst() }
      case UInt8(ascii: "\n")?: plain.append(UInt8(ascii: "\n"))
      default: break
      }
    }
    return plain
  }
}
