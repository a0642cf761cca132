/// Takes apart one line that is a JSON object or a Python dict as printed.
///
/// It knows the notations of both at once. A value that is neither a number nor an object, whatever
/// its notation, is passed over up to the comma behind it, so that a dict that holds other things
/// is still read.
///
/// It points to bytes only while it scans them, so that it may be handed from thread to thread.
struct ObjectScanner: @unchecked Sendable {
  /// A number with its name, which is joined of the keys around it.
  struct Number {
    let name: String
    let number: WrittenNumber
    let isNested: Bool
  }

  private(set) var numbers: [Number] = []
  /// Names of what is no number, with where it stands.
  private(set) var others: [(name: String, place: Range<Int>)] = []

  private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var next = 0

  /// Deeper objects are passed over.
  private static let deepest = 64

  /// Takes the bytes between two places apart.
  ///
  /// - Returns: whether they are one object and nothing else.
  mutating func scan(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    numbers.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
    bytes = line
    next = start
    defer { bytes = UnsafeBufferPointer(start: nil, count: 0) }
    guard object(prefix: "", depth: 0) else { return false }
    next = TerminalCodes.skipped(line, from: next)
    return next == line.count
  }

  private mutating func object(prefix: String, depth: Int) -> Bool {
    guard take("{") else { return false }
    skipBlanks()
    if take("}") { return true }
    while true {
      guard let key = key() else { return false }
      skipBlanks()
      guard take(":") else { return false }
      skipBlanks()
      guard value(prefix.isEmpty ? key : prefix + key, depth) else { return false }
      skipBlanks()
      if take("}") { return true }
      guard take(",") else { return false }
      skipBlanks()
      if take("}") { return true }
    }
  }

  /// A text, or a key of a dict that is a number or a tuple, as it is written.
  private mutating func key() -> String? {
    guard let first = peek else { return nil }
    if first == quote || first == apostrophe {
      return ObjectText.read(bytes, &next)
    }
    let start = next
    guard first == UInt8(ascii: "(") || first == UInt8(ascii: "-") || first &- 0x30 <= 9 else {
      guard let word = identifier(), ["True", "False", "None"].contains(word) else { return nil }
      return word
    }
    guard ObjectSkipping.skip(bytes, &next, until: UInt8(ascii: ":")) else { return nil }
    let text = String(decoding: bytes[start..<next], as: UTF8.self)
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  private mutating func value(_ name: String, _ depth: Int) -> Bool {
    guard let first = peek else { return false }
    let start = next
    switch first {
    case UInt8(ascii: "{"):
      let (numberCount, otherCount) = (numbers.count, others.count)
      if depth < Self.deepest, object(prefix: name + "/", depth: depth + 1), isAtEnd { return true }
      numbers.removeLast(numbers.count - numberCount)
      others.removeLast(others.count - otherCount)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      if let number = DecimalNumber.scan(bytes, &next), isAtEnd {
        numbers.append(Number(name: name, number: number, isNested: depth > 0))
        return true
      }
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      switch wordValue() {
      case .number(let number) where isAtEnd:
        numbers.append(Number(name: name, number: number, isNested: depth > 0))
        return true
      case .nothing where isAtEnd: return true
      default: break
      }
    case apostrophe:
      if let number = quotedNumber(), isAtEnd {
        numbers.append(Number(name: name, number: number, isNested: depth > 0))
        return true
      }
    default: break
    }
    next = start
    return other(name, depth)
  }

  /// A number in Python's quotes; how it was rounded does not say whether it is a whole one.
  private mutating func quotedNumber() -> WrittenNumber? {
    let start = next + 1
    guard ObjectText.skip(bytes, &next), next > start + 1 else { return nil }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<(next - 1)])
    return DecimalNumber.whole(text).map { WrittenNumber($0.value) }
  }

  private enum WordValue {
    case number(WrittenNumber), nothing, other
  }

  /// `NaN`, `None`, or a number as a library prints it: `np.float64(0.5)`, `tensor(0.5, device='cpu')`.
  private mutating func wordValue() -> WordValue {
    let start = next
    guard let word = identifier() else { return .other }
    if word == "null" || word == "None" { return .nothing }
    guard take("(") else {
      next = start
      return DecimalNumber.scan(bytes, &next).map(WordValue.number) ?? .other
    }
    guard Self.wrappers.contains(word.split(separator: ".").last.map(String.init) ?? "") else {
      return .other
    }
    skipBlanks()
    let isQuoted = take("'") || take("\"")
    guard let number = DecimalNumber.scan(bytes, &next) else { return .other }
    if isQuoted { next += 1 }
    skipBlanks()
    if take(")") { return .number(number) }
    guard take(","), ObjectSkipping.skip(bytes, &next, until: UInt8(ascii: ")")), take(")") else {
      return .other
    }
    return .number(number)
  }

  private static let wrappers: Set = [
    "float16", "float32", "float64", "float128", "longdouble", "half", "single", "double",
    "bfloat16", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "longlong",
    "ulonglong", "tensor", "Tensor", "array", "Array", "Decimal", "mpf",
  ]

  /// What is no number and no object.
  private mutating func other(_ name: String, _ depth: Int) -> Bool {
    let start = next
    guard ObjectSkipping.skip(bytes, &next, until: UInt8(ascii: "}")), next > start else {
      return false
    }
    if let number = ObjectSkipping.numberInRepr(bytes, start..<next) {
      numbers.append(Number(name: name, number: number, isNested: depth > 0))
    } else {
      others.append((name, start..<next))
    }
    return true
  }

  private mutating func identifier() -> String? {
    let start = next
    while let byte = peek, isWordByte(byte) { next += 1 }
    return next > start ? String(decoding: bytes[start..<next], as: UTF8.self) : nil
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 <= 9 || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".")
  }

  private var peek: UInt8? { next < bytes.count ? bytes[next] : nil }

  /// Whether a value ends here: blanks, then a comma or the end of the object.
  private var isAtEnd: Bool {
    var place = next
    while place < bytes.count, DecimalNumber.isBlank(bytes[place]) { place += 1 }
    return place < bytes.count
      && (bytes[place] == UInt8(ascii: ",") || bytes[place] == UInt8(ascii: "}"))
  }

  private mutating func skipBlanks() {
    while next < bytes.count, DecimalNumber.isBlank(bytes[next]) { next += 1 }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard next < bytes.count, bytes[next] == UInt8(truncatingIfNeeded: sign.value) else {
      return false
    }
    next += 1
    return true
  }
}

private let quote = UInt8(ascii: "\"")
private let apostrophe = UInt8(ascii: "'")
