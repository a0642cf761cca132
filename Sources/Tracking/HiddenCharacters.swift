/// Characters that show nothing by themselves and can deceive: controls that move a cursor or begin
/// an escape sequence, marks that turn the direction of what follows, and letters without a shape.
public enum HiddenCharacters {
  /// `text` with what `replacement` gives for every hidden character in its place.
  ///
  /// Line breaks stay, and joiners and variation selectors where they shape the letters or pictures
  /// beside them.
  public static func replaced(
    in text: String, by replacement: (Unicode.Scalar) -> Unicode.Scalar
  ) -> String {
    if isPlain(text.utf8) || !text.unicodeScalars.contains(where: isHidden) { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      let isHidden =
        scalar != "\n" && isHidden(scalar) && !isShaping(scalar, at: place, of: scalars)
      result.append(isHidden ? replacement(scalar) : scalar)
    }
    return String(result)
  }

  /// JSON with `\uXXXX` for every hidden character, joiners too.
  ///
  /// It is the same value, since in JSON such a character can only stand within a string.
  public static func escapedInJSON(_ json: String) -> String {
    escaped(in: json) { scalar in
      String(scalar).utf16.map { "\\u" + hexadecimal(UInt32($0), digits: 4) }.joined()
    }
  }

  /// The text of a program in Python whose strings hold hidden characters as `\UXXXXXXXX`.
  public static func escapedInPython(_ text: String) -> String {
    escaped(in: text) { "\\U" + hexadecimal($0.value, digits: 8) }
  }

  private static func escaped(
    in text: String, by escape: (Unicode.Scalar) -> String
  ) -> String {
    if isPlain(text.utf8) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" || scalar == "\t" || !isHidden(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += escape(scalar)
      }
    }
    return result
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// Whether nothing but ASCII's letters, signs, spaces and line breaks is there.
  public static func isPlain(_ bytes: String.UTF8View) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }
  }

  /// Whether a character belongs to a string of text alone and not to what people see of it.
  public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.value {
    case 0x7F...0x9F, 0x2028, 0x2029, 0xFFF9...0xFFFB, 0xFDD0...0xFDEF: return true
    default:
      return scalar.value & 0xFFFE == 0xFFFE || scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether a joiner or variation selector stands where scripts and emoji need it.
  private static func isShaping(
    _ scalar: Unicode.Scalar, at place: Int, of scalars: [Unicode.Scalar]
  ) -> Bool {
    let before = place > 0 ? scalars[place - 1] : nil
    let after = place + 1 < scalars.count ? scalars[place + 1] : nil
    switch scalar.value {
    case 0x200C, 0x200D:
      return before.map(takesJoiners) == true && after.map(takesJoiners) == true
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF:
      // A digit with a selector is the beginning of a keycap or a deception.
      if after == "\u{20E3}" { return true }
      return before.map { $0.value > 0x7F && !isHidden($0) } == true
    case 0x180B...0x180F:
      return before.map { (0x1820...0x18AA).contains($0.value) } == true
    case 0xE0020...0xE007F:
      // Flags of countries within a country: tags behind a black flag.
      let flag = scalars[..<place].last { !(0xE0020...0xE007F).contains($0.value) }
      return flag == "\u{1F3F4}"
    default: return false
    }
  }

  /// Letters of scripts that join, from Arabic to Mongolian, and pictures.
  private static func takesJoiners(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFE0F: true
    case 0x0600...0x1CFF: !isHidden(scalar)
    case 0x2000...: scalar.properties.isEmoji
    default: false
    }
  }
}
