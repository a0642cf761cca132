package import Tracking

/// What a file says of a table's text; what it leaves out is found from the bytes.
public struct TableReading: Codable, Hashable, Sendable {
  private(set) var separator: String?
  private(set) var decimal: String?
  private(set) var thousands: String?
  private(set) var encoding: String?
  var header: Bool?
  var names: [String]?
  private(set) var skip = 0
  private(set) var comment: String?
  private(set) var missing: [String]?
  /// Whether numbers may carry a sign; `nil` where it is found.
  private(set) var signs: Bool?
  /// Whether a number among the missing words stands for a missing value in columns of numbers too, which
  /// version 0.1.0 did not know.
  private(set) var hasMissingNumbers: Bool?

  /// Nothing is said.
  init() {}

  /// Takes the settings of a source.
  package init(_ settings: Chosen) {
    func text(_ key: String) -> String? {
      if case .text(let text) = settings.values[key] { return text }
      return nil
    }
    separator = text("separator")
    decimal = text("decimal")
    thousands = text("thousands")
    encoding = text("encoding")
    comment = text("comment")
    if case .flag(let flag) = settings.values["header"] { header = flag }
    if case .integer(let lines) = settings.values["skip"] { skip = lines }
    names = settings.list("names")?.map(\.display)
    missing = settings.list("missing")?.map(\.display)
    if case .flag(let flag) = settings.values["signs"] { signs = flag }
    if missing?.contains(where: DecimalNumber.isFinite) == true { hasMissingNumbers = true }
  }

  /// The words that stand for a missing value where a file says nothing, as it would write them.
  static let standardMissing = ["", "NA", "N/A", "?", "nan", "null"]

  /// Whether nothing is said, so that all is found.
  var isSilent: Bool { self == TableReading() }

  /// The keys of a source that reads tables.
  static let settings: [Setting] = [
    Setting(
      "separator", .orOff(.word(TableForm.Separator.words)), default: .off,
      "what stands between fields; found from the file"),
    Setting(
      "decimal", .orOff(.word([".", ","])), default: .off,
      "what stands before a number's fraction; found from the file"),
    Setting(
      "thousands", .orOff(.word([",", ".", "'", "_", "space"])), default: .off,
      "what stands between groups of three digits; found from the file"),
    Setting(
      "encoding", .orOff(.word(TextEncoding.allCases.map(\.rawValue))), default: .off,
      "how letters are written; found from the file"),
    Setting(
      "header", .orOff(.flag), default: .off,
      "whether the first line names the columns; found by the target's name"),
    Setting(
      "names", .orOff(.list(.text, count: 1...100_000)), default: .off,
      "the columns' names where the file has none: else c1, c2, ..."),
    Setting(
      "skip", .integer(0...1_000_000), default: .integer(0), "lines to leave out at the head"),
    Setting(
      "comment", .orOff(.word(["#", "%", ";", "!"])), default: .off,
      "what begins a comment, to the end of its line"),
    Setting(
      "missing", .orOff(.list(.either([.text, .word([""])]), count: 1...1000)), default: .off,
      "words that stand for a missing value: else an empty cell, NA, N/A, ?, nan, null"),
    Setting(
      "signs", .orOff(.flag), default: .off,
      "whether numbers may carry % or a currency's sign; found where all of a column do"),
  ]
}

/// The words that stand for a missing value, whatever their case.
struct MissingWords {
  /// Those that hold where a file says nothing, in small letters.
  static let standard = ["", "na", "n/a", "?", "nan", "null"]

  private let words: [[UInt8]]
  private let longest: Int
  /// Whether the words are those of the file itself.
  let areGiven: Bool
  /// Whether numbers are among them.
  let hasNumbers: Bool

  init(_ reading: TableReading) {
    self.init(reading.missing, hasNumbers: reading.hasMissingNumbers == true)
  }

  private init(_ given: [String]?, hasNumbers: Bool) {
    self.hasNumbers = hasNumbers
    words = (given ?? Self.standard).map { Array($0.lowercased().utf8) }
    longest = words.map(\.count).max() ?? 0
    areGiven = given != nil
  }

  func contains(_ cell: UnsafeRawBufferPointer.SubSequence) -> Bool {
    if cell.count > longest { return false }
    return words.contains { word in
      word.count == cell.count
        && zip(word, cell).allSatisfy { letter, byte in
          letter == byte || ((0x41...0x5A).contains(byte) && letter == byte | 0x20)
        }
    }
  }

  func contains(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { contains(UnsafeRawBufferPointer($0)[...]) }
  }
}
