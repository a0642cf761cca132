/// A phrase with places for values.
public struct Template: Hashable, Sendable {
  private let pieces: [Piece]

  private enum Piece: Hashable, Sendable {
    case text(String)
    /// The value of a number, from 1.
    case value(Int)
    /// One of two words, by whether a value is 1.
    case choice(Int, one: String, many: String)
  }

  /// Takes a phrase apart.
  public init(_ text: String) {
    var pieces: [Piece] = []
    var plain = ""
    var rest = text[...]
    while let letter = rest.first {
      if letter == "{", let end = rest.firstIndex(of: "}"),
        let piece = Self.piece(rest[rest.index(after: rest.startIndex)..<end])
      {
        if !plain.isEmpty { pieces.append(.text(plain)) }
        plain = ""
        pieces.append(piece)
        rest = rest[rest.index(after: end)...]
      } else {
        plain.append(letter)
        rest.removeFirst()
      }
    }
    if !plain.isEmpty { pieces.append(.text(plain)) }
    self.pieces = pieces
  }

  private static func piece(_ text: Substring) -> Piece? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first.flatMap({ Int($0) }), number > 0 else { return nil }
    guard parts.count == 2 else { return .value(number) }
    let words = parts[1].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    return words.count == 2 ? .choice(number, one: words[0], many: words[1]) : nil
  }

  /// The numbers of the values that it asks for.
  public var places: Set<Int> {
    Set(
      pieces.compactMap { piece in
        switch piece {
        case .text: nil
        case .value(let number), .choice(let number, _, _): number
        }
      })
  }

  /// The values that are written out, not only counted by.
  public var shown: Set<Int> {
    Set(pieces.compactMap { if case .value(let number) = $0 { number } else { nil } })
  }

  /// What stands between the values, word by word as it is written whatever they are.
  public var fixed: [String] {
    pieces.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  func filled(with values: [any CustomStringConvertible]) -> String {
    func value(_ number: Int) -> String {
      precondition(values.indices.contains(number - 1), "a value for every place of a phrase")
      return values[number - 1].description
    }
    return pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .value(let number): value(number)
      case .choice(let number, let one, let many): value(number) == "1" ? one : many
      }
    }.joined()
  }
}
