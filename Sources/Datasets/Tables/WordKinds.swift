/// What the distinct words of a column are.
struct WordKinds {
  private(set) var numbers: [String] = []
  private(set) var notFinite: [String] = []
  private(set) var words: [String] = []
  /// The key that makes numbers of the words by their commas; `nil` for none.
  private(set) var commas: String?

  init(_ names: [String], _ form: TableForm) {
    for name in names {
      var text = name
      switch text.withUTF8({ DecimalNumber(UnsafeRawBufferPointer($0)[...], form) }) {
      case .finite: numbers.append(name)
      case .notFinite: notFinite.append(name)
      case .empty, .word: words.append(name)
      }
    }
    var grouped = form
    grouped.thousands = UInt8(ascii: ",")
    var fractions = form
    fractions.decimal = UInt8(ascii: ",")
    if words.isEmpty { return }
    if Self.areNumbers(words, grouped) {
      commas = "thousands"
    } else if Self.areNumbers(words, fractions) {
      commas = "decimal"
    }
  }

  private static func areNumbers(_ words: [String], _ form: TableForm) -> Bool {
    words.allSatisfy { word in
      var word = word
      return word.withUTF8 {
        if case .finite = DecimalNumber(UnsafeRawBufferPointer($0)[...], form) {
          true
        } else {
          false
        }
      }
    }
  }
}
