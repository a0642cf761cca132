/// What cells show of the marks within numbers.
struct MarkEvidence {
  /// Numbers whose comma can only stand before a fraction.
  private var decimalCommas = 0
  /// Numbers whose point can only stand before a fraction.
  private var decimalPoints = 0
  /// Numbers whose commas can only stand between thousands.
  private var commaGroups = 0
  /// Numbers with one comma before three digits, which may be either.
  private var openCommas = 0
  /// Numbers with points between thousands and a comma before the fraction.
  private(set) var pointGroups = 0
  /// A cell that may be either.
  private(set) var example = ""

  /// Numbers whose thousands are parted by a space, or by an apostrophe.
  private var spaces = 0
  private var apostrophes = 0

  /// The mark between thousands that is no comma and no point; a space stands for its narrow and its
  /// fixed forms too.
  var spacing: UInt8? {
    if spaces == 0, apostrophes == 0 { return nil }
    return spaces >= apostrophes ? 0x20 : UInt8(ascii: "'")
  }

  var saysDecimalComma: Bool {
    decimalCommas + pointGroups > 0 && commaGroups == 0 && decimalPoints == 0
  }
  var hasCommaGroups: Bool {
    decimalCommas == 0 && pointGroups == 0 && commaGroups + openCommas > 0
  }
  var isCommaGroupSure: Bool { commaGroups > 0 || decimalPoints > 0 }

  mutating func add(_ cell: String) {
    guard cell.utf8.count <= 40 else { return }
    guard let shape = Shape(cell) else { return addSpaced(cell) }
    switch (shape.commas.count, shape.points.count) {
    case (1, 0):
      if shape.areGroups(shape.commas, end: shape.digits) {
        openCommas += 1
        example = cell
      } else {
        decimalCommas += 1
      }
    case (2..., 0), (1..., 1):
      let end = shape.points.first ?? shape.digits
      if shape.areGroups(shape.commas, end: end) {
        commaGroups += 1
      } else if shape.commas.count == 1, shape.areGroups(shape.points, end: shape.commas[0]) {
        pointGroups += 1
      }
    case (1, 2...):
      if shape.areGroups(shape.points, end: shape.commas[0]) { pointGroups += 1 }
    case (0, 1):
      if !shape.areGroups(shape.points, end: shape.digits) { decimalPoints += 1 }
    default: break
    }
  }

  /// A number such as `1 234 567,8` or `1'234.5`.
  private mutating func addSpaced(_ cell: String) {
    guard cell.utf8.contains(where: { $0 == 0x20 || $0 == 0x27 || $0 >= 0x80 }),
      cell.utf8.contains(where: { (0x30...0x39).contains($0) })
    else { return }
    let plain = cell.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    let parts = plain.split(separator: " ", omittingEmptySubsequences: false)
    let mark: Character = parts.count > 1 ? " " : "'"
    var groups = plain.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
    guard groups.count > 1, var first = groups.first, let last = groups.popLast() else { return }
    if let sign = first.first, sign == "-" || sign == "+" { first.removeFirst() }
    groups[0] = first
    let end = last.prefix { $0.isNumber }
    let fraction = last.dropFirst(end.count)
    func areDigits(_ text: some StringProtocol, _ counts: ClosedRange<Int>) -> Bool {
      counts.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard areDigits(first, 1...3), first != "0", end.utf8.count == 3,
      groups.dropFirst().allSatisfy({ areDigits($0, 3...3) }),
      fraction.isEmpty
        || (".,".contains(fraction.prefix(1)) && areDigits(fraction.dropFirst(), 1...20))
    else { return }
    if mark == " " { spaces += 1 } else { apostrophes += 1 }
    if fraction.first == "," { decimalCommas += 1 }
    if fraction.first == "." { decimalPoints += 1 }
  }

  /// Where among a number's digits its marks stand.
  private struct Shape {
    private(set) var digits = 0
    private(set) var commas: [Int] = []
    private(set) var points: [Int] = []
    private var beginsWithZero = false

    /// `nil` for what is no number of digits, commas and points.
    init?(_ cell: String) {
      for (place, byte) in cell.utf8.enumerated() {
        switch byte {
        case 0x30...0x39:
          if digits == 0, byte == 0x30 { beginsWithZero = true }
          digits += 1
        case UInt8(ascii: ","): commas.append(digits)
        case UInt8(ascii: "."): points.append(digits)
        case UInt8(ascii: "-") where place == 0, UInt8(ascii: "+") where place == 0: break
        default: return nil
        }
      }
      if digits == 0 { return nil }
    }

    /// Whether marks stand between groups of three digits, the first of one to three.
    func areGroups(_ marks: [Int], end: Int) -> Bool {
      guard let first = marks.first, (1...3).contains(first), !beginsWithZero else { return false }
      let ends = marks.dropFirst() + [end]
      return zip(marks, ends).allSatisfy { $1 - $0 == 3 }
    }
  }
}
