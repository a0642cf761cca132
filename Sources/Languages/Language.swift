/// A language in which figures, tables and pages speak.
///
/// A file chooses it; keys, names, metrics in expressions, numbers of programs and the terminal stay as
/// they are. Another one is a file beside `Turkish.swift` and a line in `all`.
public struct Language: Sendable {
  /// Its code after ISO 639-1, as a file and a page write it.
  public let code: String
  /// Its name in English.
  public let name: String
  /// What stands between the whole and the broken part of a number.
  public let decimalSign: String
  /// What stands between thousands.
  public let thousandsSign: String
  /// What stands between numbers of a list, so that it is not taken for a part of them.
  public let listSign: String
  /// Its small letters in their order.
  let alphabet: String
  /// Letters whose other case is not the one of most languages.
  let casePairs: [CasePair]
  private let text: @Sendable (Phrase) -> String

  /// A small letter with its great one.
  struct CasePair: Hashable, Sendable {
    let lower: Character
    let upper: Character
  }

  init(
    code: String, name: String, decimalSign: String, thousandsSign: String, listSign: String,
    alphabet: String, casePairs: [CasePair], text: @escaping @Sendable (Phrase) -> String
  ) {
    self.code = code
    self.name = name
    self.decimalSign = decimalSign
    self.thousandsSign = thousandsSign
    self.listSign = listSign
    self.alphabet = alphabet
    self.casePairs = casePairs
    self.text = text
  }

  /// Every language there is, the first one by default.
  public static let all: [Language] = [.english, .turkish]

  /// Its place among all.
  public var place: Int { Self.all.firstIndex(of: self) ?? 0 }

  /// The language of a code; `nil` where there is none.
  public init?(code: String) {
    guard let found = Self.all.first(where: { $0.code == code }) else { return nil }
    self = found
  }

  /// How a phrase is written, its values not put in yet.
  public func template(_ phrase: Phrase) -> String { text(phrase) }

  /// A phrase with its values.
  public func callAsFunction(_ phrase: Phrase, _ values: any CustomStringConvertible...) -> String {
    Template(text(phrase)).filled(with: values)
  }
}

extension Language: Hashable {
  /// Whether two are the same language.
  public static func == (a: Language, b: Language) -> Bool { a.code == b.code }

  /// Hashes the code, which tells languages apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension Language: Codable {
  /// Writes the code.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(code)
  }

  /// Reads a code.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let code = try container.decode(String.self)
    guard let language = Language(code: code) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "there is no language '\(code)'")
    }
    self = language
  }
}
