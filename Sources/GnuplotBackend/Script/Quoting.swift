import Tracking

/// Text as a gnuplot string that means exactly this text.
///
/// gnuplot reads up to three octal digits behind the leading zero of an escape, so that `\043` and
/// `1` would be one number: a digit behind an escape is written as an escape too.
package enum Quoting {
  /// A double-quoted string in which every character that could mean something to gnuplot, to its
  /// shell escape or to its macros is written as an octal escape; nothing is left to substitute.
  ///
  /// Line breaks stay; other hidden characters, which no picture can show, become U+FFFD.
  package static func quoted(_ text: String) -> String {
    let shown = HiddenCharacters.replaced(in: text) { $0 == "\t" ? " " : "\u{FFFD}" }
    var result = "\""
    var isBehindEscape = false
    for scalar in shown.unicodeScalars {
      let isKept = scalar.value >= 0x80 || isPlain(scalar) && !(isBehindEscape && isOctal(scalar))
      if isKept {
        result.unicodeScalars.append(scalar)
      } else {
        result += scalar == "\n" ? "\\n" : octal(UInt8(scalar.value))
      }
      isBehindEscape = !isKept && scalar != "\n"
    }
    return result + "\""
  }

  /// A path as a gnuplot string: as `quoted`, but every byte is kept, so that it names the file.
  package static func quoted(path: String) -> String {
    var result = "\""
    var isBehindEscape = false
    for byte in path.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isKept = byte < 0x80 && isPlain(scalar) && !(isBehindEscape && isOctal(scalar))
      if isKept { result.unicodeScalars.append(scalar) } else { result += octal(byte) }
      isBehindEscape = !isKept
    }
    return result + "\""
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", ":", "/", "-", "+", "=", "(", ")", "_":
      true
    default: false
    }
  }

  private static func isOctal(_ scalar: Unicode.Scalar) -> Bool { ("0"..."7").contains(scalar) }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
