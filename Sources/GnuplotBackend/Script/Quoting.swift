/// Text as a gnuplot string that means exactly this text.
package enum Quoting {
  /// A double-quoted string in which every character that could mean something to gnuplot, to its
  /// shell escape or to its macros is written as an octal escape; nothing is left to substitute.
  ///
  /// Line breaks stay; other control characters, which no picture can show, become U+FFFD.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += " "
      case _ where isUnprintable(scalar): result += "\u{FFFD}"
      case _ where scalar.value >= 0x80 || isPlain(scalar): result.unicodeScalars.append(scalar)
      default: result += octal(UInt8(scalar.value))
      }
    }
    return result + "\""
  }

  /// A path as a gnuplot string: as `quoted`, but every byte is kept, so that it names the file.
  package static func quoted(path: String) -> String {
    var result = "\""
    for byte in path.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80 && isPlain(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += octal(byte)
      }
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

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      || scalar.value & 0xFFFE == 0xFFFE
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
