import Foundation
import Synchronization
public import Tracking

/// The cards that runs may take: those that `--gpus` names, else those of `CUDA_VISIBLE_DEVICES`, else those
/// of the driver.
public final class MachineCards: Sendable {
  /// The cards in order.
  public let cards: [Card]
  /// Who makes them.
  public let maker: CardMaker
  /// Who says which there are, for people.
  public let source: String
  /// Whether cards are to be hidden from programs that take none.
  public let hides: Bool
  /// What is to be said of them; `nil` where nothing is.
  public let remark: String?
  /// Whether the user named each, so that what others compute on them does not matter.
  private let isNamed: Bool
  private let others = Mutex<(at: ContinuousClock.Instant, cards: Set<String>)?>(nil)

  private init(
    _ cards: [Card], _ maker: CardMaker, source: String, hides: Bool, isNamed: Bool,
    remark: String? = nil
  ) {
    (self.cards, self.maker, self.source) = (cards, maker, source)
    (self.hides, self.isNamed, self.remark) = (hides, isNamed, remark)
  }

  /// No cards, and nothing to be hidden.
  public static var none: MachineCards {
    MachineCards([], .unknown, source: "", hides: false, isNamed: false)
  }

  /// Finds the cards.
  ///
  /// - Parameters:
  ///   - asked: what `--gpus` says: how many, or a list of numbers or names with commas; `nil` for all.
  ///   - root: the folder in which `proc` and `sys` lie; another one in tests.
  /// - Throws: `LabbookError` where `asked` cannot be.
  public static func find(
    _ asked: String? = nil, environment: [String: String] = OutsideProgram.variables,
    root: String = ""
  ) throws(LabbookError) -> MachineCards {
    let driver = DriverCards.find(root: root)
    let variable = ["CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES"]
      .first { environment[$0] != nil }
    var (cards, source) = (driver.cards, driver.source)
    if let variable, let text = environment[variable] {
      (cards, source) = (visible(text, driver.cards), variable)
    }
    guard let asked else {
      return MachineCards(
        cards, driver.maker, source: source, hides: !cards.isEmpty, isNamed: false)
    }
    let isKnown = variable != nil || !driver.cards.isEmpty
    return try chosen(asked, of: isKnown ? cards : nil, driver, source)
  }

  /// What a program of CUDA would see: up to the first that is none.
  private static func visible(_ text: String, _ known: [Card]) -> [Card] {
    var found: [Card] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.trimmingCharacters(in: .whitespaces)
      guard !name.isEmpty, name != "NoDevFiles", Int(name).map({ $0 >= 0 }) ?? true else { break }
      found.append(card(name, known))
    }
    return found
  }

  /// The card of a name, under that name.
  private static func card(_ name: String, _ known: [Card]) -> Card {
    // A beginning of an identity is enough for CUDA too.
    let match =
      known.first { $0.name == name || $0.identity == name }
      ?? known.first { name.contains("-") && $0.identity.hasPrefix(name) }
    return Card(name: name, identity: match?.identity ?? "card \(name)", model: match?.model ?? "")
  }

  private static func chosen(
    _ asked: String, of known: [Card]?, _ driver: DriverCards, _ source: String
  ) throws(LabbookError) -> MachineCards {
    let text = asked.trimmingCharacters(in: .whitespaces)
    let hint =
      "--gpus 2 takes two cards, --gpus 0,3 the cards 0 and 3, --gpus 3, (with the comma) the card 3 alone"
    let remark =
      known == nil ? "no driver says which cards there are: --gpus is taken at its word" : nil
    if let count = Int(text) {
      guard count >= 0 else { throw .input("--gpus cannot be \(text)", hint: hint) }
      if count == 0 {
        return MachineCards([], driver.maker, source: "--gpus", hides: true, isNamed: false)
      }
      let there = known ?? (0..<count).map { card(String($0), []) }
      guard count <= there.count else {
        throw .input("--gpus asks for \(count) cards, and \(words(there, source))", hint: hint)
      }
      return MachineCards(
        Array(there.prefix(count)), driver.maker, source: "--gpus", hides: true, isNamed: false,
        remark: remark)
    }
    let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard !names.isEmpty, names.allSatisfy(isName) else {
      throw .input("--gpus cannot be '\(text)'", hint: hint)
    }
    var found: [Card] = []
    for name in names {
      let card = card(name, known ?? [])
      if let known, !known.contains(where: { $0.identity == card.identity }) {
        throw .input("--gpus names the card \(name), and \(words(known, source))", hint: hint)
      }
      if found.contains(where: { $0.identity == card.identity }) {
        throw .input("--gpus names the card \(name) twice", hint: hint)
      }
      found.append(card)
    }
    return MachineCards(
      found, driver.maker, source: "--gpus", hides: true, isNamed: true, remark: remark)
  }

  /// A number, or a name as NVIDIA's driver gives them.
  private static func isName(_ text: String) -> Bool {
    if let number = Int(text) { return number >= 0 }
    return text.hasPrefix("GPU-") || text.hasPrefix("MIG-")
  }

  private static func words(_ cards: [Card], _ source: String) -> String {
    if cards.isEmpty { return "there is none here" }
    let names = cards.map(\.name).joined(separator: ", ")
    return cards.count == 1
      ? "there is one: \(names) (\(source))" : "there are \(cards.count): \(names) (\(source))"
  }

  /// The cards that may be taken now: those on which no other user computes, unless `--gpus` names them.
  public var usable: [Card] {
    if isNamed || cards.isEmpty { return cards }
    let now = ContinuousClock.now
    let used = others.withLock { known in
      if let known, now - known.at < .seconds(5) { return known.cards }
      let found = DriverCards.usedByOthers()
      known = (now, found)
      return found
    }
    return cards.filter { !used.contains($0.identity) }
  }

  /// Chooses cards for a run: of shares those that are in use already, else the first that are free.
  ///
  /// - Parameter held: how much of each thing the runs of all processes hold.
  /// - Returns: `nil` where there are not as many now.
  public func choose(_ count: CardCount, held: [String: Int]) -> [Card]? {
    let room = usable.filter { (held[$0.identity] ?? 0) + count.part <= SlotTable.whole }
    guard room.count >= count.cards else { return nil }
    guard count.isShare else { return Array(room.prefix(count.cards)) }
    let fullest = room.enumerated().max { a, b in
      (held[a.element.identity] ?? 0, -a.offset) < (held[b.element.identity] ?? 0, -b.offset)
    }
    return fullest.map { [$0.element] }
  }
}
