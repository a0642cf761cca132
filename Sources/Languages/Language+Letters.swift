extension Language {
  /// A text in great letters: in Turkish `i` becomes `İ` and `ı` becomes `I`.
  public func uppercased(_ text: String) -> String {
    text.map { letter in
      casePairs.first { $0.lower == letter }.map { String($0.upper) } ?? letter.uppercased()
    }.joined()
  }

  /// A text in small letters.
  public func lowercased(_ text: String) -> String {
    text.map { letter in
      casePairs.first { $0.upper == letter }.map { String($0.lower) } ?? letter.lowercased()
    }.joined()
  }

  /// A text that begins with a great letter.
  public func capitalized(_ text: String) -> String {
    uppercased(String(text.prefix(1))) + text.dropFirst()
  }

  /// A sentence that may begin with a name: in English names stay as they are written.
  public func sentence(_ text: String) -> String { self == .english ? text : capitalized(text) }

  /// Whether a text comes before another one by the language's alphabet, whatever their case.
  ///
  /// Numbers in them count as numbers. `nil` where neither comes first.
  public func isBefore(_ a: String, _ b: String) -> Bool? {
    let (left, right) = (sortKeys(a), sortKeys(b))
    for (one, other) in zip(left, right) where one != other { return one < other }
    return left.count == right.count ? nil : left.count < right.count
  }

  /// What is compared: numbers first, then signs, then letters; foreign letters stand behind the
  /// language's own by their code.
  private func sortKeys(_ text: String) -> [SortKey] {
    let order = Array(alphabet)
    var keys: [SortKey] = []
    var rest = lowercased(text)[...]
    while let letter = rest.first {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      if let number = Double(digits) {
        keys.append(SortKey(rank: 0, value: number))
        rest = rest.dropFirst(digits.count)
        continue
      }
      rest = rest.dropFirst()
      let code = Double(letter.unicodeScalars.first?.value ?? 0)
      if let place = order.firstIndex(of: letter) {
        keys.append(SortKey(rank: 2, value: Double(place)))
      } else {
        keys.append(SortKey(rank: letter.isLetter ? 3 : 1, value: code))
      }
    }
    return keys
  }
}

private struct SortKey: Hashable, Comparable {
  let rank: Int
  let value: Double

  static func < (a: SortKey, b: SortKey) -> Bool { (a.rank, a.value) < (b.rank, b.value) }
}
