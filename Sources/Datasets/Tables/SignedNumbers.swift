import Foundation
import Tracking

/// A column whose numbers carry a sign of per cent or of a currency, every one the same.
///
/// The sign is left out: `12 %` is 12, `$1,234.50` is 1234.5.
struct SignedNumbers: Sendable {
  /// A cell that shows it, and its number.
  let example: String
  let value: Double
  /// The sign in UTF-8.
  let sign: [UInt8]
  /// How the numbers beside it are written, which may be another way than that of other columns.
  private let form: TableForm

  /// Signs that numbers are known to carry.
  private static let signs: [[UInt8]] = [
    "%", "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₪", "₫", "₴", "฿", "₦", "₱", "₡", "₲", "₵", "₸",
  ].map { Array($0.utf8) }

  /// What the first cells of a column show; `nil` where one that is not missing is no number with the
  /// sign of the others.
  ///
  /// - Parameter isOpen: whether marks within numbers are to be found from them.
  init?(_ cells: [String], _ form: TableForm, isOpen: Bool) {
    guard let first = cells.first,
      let sign = Self.signs.first(where: { sign in Self.plain(first, sign) != nil })
    else { return nil }
    var evidence = MarkEvidence()
    for cell in cells {
      guard let plain = Self.plain(cell, sign) else { return nil }
      evidence.add(plain)
    }
    var own = form
    if isOpen, !own.take(evidence) { return nil }
    (self.form, self.sign, example) = (own, sign, first)
    let values = cells.map { cell in
      var cell = cell
      return cell.withUTF8 { Self.value(UnsafeRawBufferPointer($0)[...], sign, own) }
    }
    guard let value = values[0], !values.contains(nil) else { return nil }
    self.value = value
  }

  /// The number of a cell; `nil` where it is none with the sign.
  func value(_ cell: Cell) -> Double? { Self.value(cell, sign, form) }

  typealias Cell = UnsafeRawBufferPointer.SubSequence

  private static func value(_ cell: Cell, _ sign: [UInt8], _ form: TableForm) -> Double? {
    guard let (plain, isNegative) = plain(cell, sign),
      case .finite(let value) = DecimalNumber(plain, form)
    else { return nil }
    return isNegative ? -value : value
  }

  private static func plain(_ cell: String, _ sign: [UInt8]) -> String? {
    var cell = cell
    return cell.withUTF8 { bytes in
      plain(UnsafeRawBufferPointer(bytes)[...], sign).map {
        String(decoding: $0.cell, as: UTF8.self)
      }
    }
  }

  /// The cell without its sign and the blanks beside it, and whether a minus stood before the sign; `nil`
  /// where it has none, or no digit.
  private static func plain(_ cell: Cell, _ sign: [UInt8]) -> (cell: Cell, isNegative: Bool)? {
    var cell = cell
    let isNegative = cell.first == UInt8(ascii: "-") && cell.dropFirst().starts(with: sign)
    if isNegative { cell = cell.dropFirst() }
    if cell.starts(with: sign) {
      cell = trimmed(cell.dropFirst(sign.count))
    } else if cell.suffix(sign.count).elementsEqual(sign) {
      cell = trimmed(cell.dropLast(sign.count))
    } else {
      return nil
    }
    let isSigned = cell.first == UInt8(ascii: "-") || cell.first == UInt8(ascii: "+")
    guard !(isSigned && isNegative), let first = cell.dropFirst(isSigned ? 1 : 0).first,
      (0x30...0x39).contains(first) || first == UInt8(ascii: ".") || first == UInt8(ascii: ",")
    else { return nil }
    return (cell, isNegative)
  }

  private static let blanks: [[UInt8]] = [[0x20], [0x09], [0xC2, 0xA0], [0xE2, 0x80, 0xAF]]

  /// Without blanks at both ends, the fixed and the narrow one among them.
  private static func trimmed(_ cell: Cell) -> Cell {
    var cell = cell
    while let first = cell.first, !(0x2A...0x7E).contains(first),
      let blank = blanks.first(where: { cell.starts(with: $0) })
    {
      cell = cell.dropFirst(blank.count)
    }
    while let last = cell.last, !(0x2A...0x7E).contains(last),
      let blank = blanks.first(where: { cell.suffix($0.count).elementsEqual($0) })
    {
      cell = cell.dropLast(blank.count)
    }
    return cell
  }

  /// For people.
  func remark(_ name: String) -> String {
    let number = ParameterValue.number(value).json
    return "'\(name)' has numbers with \(String(decoding: sign, as: UTF8.self)): '\(example)' is "
      + "\(number); signs: false takes them for words"
  }

  /// The marks within its numbers: its sign, what stands between thousands, and before a fraction.
  var marks: [String] {
    [
      String(decoding: sign, as: UTF8.self),
      form.thousands.map { String(UnicodeScalar($0)) } ?? "", String(UnicodeScalar(form.decimal)),
    ]
  }
}

extension TableForm {
  /// Takes the marks within numbers that cells show; false where they could mean either.
  fileprivate mutating func take(_ evidence: MarkEvidence) -> Bool {
    if let mark = evidence.spacing { thousands = mark }
    if evidence.saysDecimalComma {
      decimal = UInt8(ascii: ",")
      if evidence.spacing == nil, evidence.pointGroups > 0 { thousands = UInt8(ascii: ".") }
    } else if evidence.spacing == nil, evidence.hasCommaGroups {
      guard separator == .byte(UInt8(ascii: ",")) || evidence.isCommaGroupSure else { return false }
      thousands = UInt8(ascii: ",")
    }
    return true
  }
}

extension TextTable {
  /// Rows by which the signs of a column are known.
  private static let signedRows = 100

  /// Columns whose first cells are numbers with a sign, among some that are no plain numbers.
  func signedColumns(_ columns: [Int]) -> [Int: SignedNumbers] {
    guard reading.signs != false, !columns.isEmpty else { return [:] }
    var cells: [Int: [String]] = [:]
    let wanted = Set(columns)
    text.head.withUnsafeBytes { bytes in
      var scanner = TableScanner(bytes, at: start, form.classes)
      var row = 0
      while row < Self.signedRows, scanner.skipEmptyLines() {
        var column = 0
        while let field = try? scanner.field() {
          let cell = bytes[field.start..<field.end]
          if wanted.contains(column), !missing.contains(cell) {
            cells[column, default: []].append(Self.text(cell, hasQuotes: field.hasQuotes))
          }
          column += 1
          if field.endsRow { break }
        }
        row += 1
        // The last row of a head may be cut.
        if scanner.position >= bytes.count, !text.isWhole { break }
      }
    }
    let isOpen = reading.decimal == nil && reading.thousands == nil
    return cells.compactMapValues { cells in
      SignedNumbers(cells, form, isOpen: isOpen && form.decimal == UInt8(ascii: "."))
    }
  }
}
