/// Passes over what is no number in an object.
enum ObjectSkipping {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Moves to the first `stop` that stands outside of brackets and quotes; before `}` a comma stops too.
  ///
  /// - Returns: whether there is one, all that was opened before it was closed, and no colon stands
  ///   there, which would be another key's.
  static func skip(_ bytes: Bytes, _ next: inout Int, until stop: UInt8) -> Bool {
    let endsAtComma = stop == UInt8(ascii: "}")
    var depth = 0
    var angles = 0
    while next < bytes.count {
      let byte = bytes[next]
      if depth == 0, byte == stop, angles == 0 || byte != UInt8(ascii: ":") { return true }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard ObjectText.skip(bytes, &next) else { return false }
        continue
      case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"):
        depth -= 1
        if depth < 0 { return false }
      case UInt8(ascii: ":"): if endsAtComma, depth == 0, angles == 0 { return false }
      case UInt8(ascii: "<"): angles += 1
      case UInt8(ascii: ">"): if angles > 0 { angles -= 1 }
      case UInt8(ascii: ","): if endsAtComma, depth == 0, angles == 0 { return true }
      default: break
      }
      next += 1
    }
    return false
  }

  /// The number in `<tf.Tensor: shape=(), dtype=float32, numpy=0.5>`.
  static func numberInRepr(_ bytes: Bytes, _ place: Range<Int>) -> WrittenNumber? {
    guard bytes[place.lowerBound] == UInt8(ascii: "<") else { return nil }
    let mark = "numpy=".utf8
    var start = place.lowerBound
    while start + mark.count < place.upperBound {
      if bytes[start] == UInt8(ascii: "n"), bytes[start..<(start + mark.count)].elementsEqual(mark)
      {
        var next = start + mark.count
        guard let number = DecimalNumber.scan(bytes, &next), next < place.upperBound,
          bytes[next] == UInt8(ascii: ">")
        else { return nil }
        return number
      }
      start += 1
    }
    return nil
  }
}

/// Codes by which programs colour their lines and move the cursor.
enum TerminalCodes {
  /// The first place that holds neither a blank nor a code.
  static func skipped(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var next = start
    while next < bytes.count {
      if DecimalNumber.isBlank(bytes[next]) {
        next += 1
      } else if bytes[next] == 0x1B, next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "[") {
        next += 2
        while next < bytes.count, bytes[next] < 0x40 { next += 1 }
        next = min(next + 1, bytes.count)
      } else {
        break
      }
    }
    return next
  }
}
