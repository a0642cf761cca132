import Tracking

/// A graphics card that computes.
public struct Card: Hashable, Sendable {
  /// How a program is told of it: its number, or a name such as `GPU-5f3a...`.
  public let name: String
  /// What it is whatever name it goes by, so that all processes mean the same.
  public let identity: String
  /// What people call it; empty where that is not known.
  public let model: String

  /// Makes a card.
  public init(name: String, identity: String, model: String = "") {
    self.name = name
    self.identity = identity
    self.model = model
  }
}

/// Who makes the cards of a machine, and with it how a program is told of them.
public enum CardMaker: Hashable, Sendable {
  case nvidia, amd, unknown
}

/// How many cards a run takes: none, a share of one, or whole ones.
public struct CardCount: Hashable, Sendable {
  /// The number as it was written.
  public let number: Double

  /// Makes a count.
  public init(_ number: Double) { self.number = number }

  /// Whether several runs may share one card.
  public var isShare: Bool { number > 0 && number < 1 }
  /// How many cards are touched.
  public var cards: Int { Int(number.rounded(.up)) }
  /// How much of each, in the unit of `SlotTable`.
  public var part: Int {
    isShare ? max(1, Int(number * Double(SlotTable.whole))) : SlotTable.whole
  }

  /// How many runs find room on so many cards at a time; `Int.max` where they take none.
  public func runs(on cards: Int) -> Int {
    if number <= 0 { return .max }
    return isShare ? cards * (SlotTable.whole / part) : cards / self.cards
  }
}
