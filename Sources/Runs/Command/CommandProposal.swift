import Foundation
import Tracking

/// A command as somebody types it, turned into one with placeholders: options with values, flags, and
/// settings in Hydra's style become parameters.
public struct CommandProposal: Sendable {
  /// The words with placeholders.
  public private(set) var words: [String] = []
  /// The parameters with their values as they were typed, in order.
  public private(set) var parameters: [(name: String, value: String)] = []
  /// The words before the first option: what is asked for its help.
  public let program: [String]

  /// Names of options that are the seed of all random numbers.
  private static let seeds: Set = ["seed", "random_seed", "random_state", "rng_seed"]

  /// Takes a command apart.
  ///
  /// - Throws: a quote that is not closed.
  public init(_ text: String) throws(CommandProblem) {
    let typed = try ShellWords.split(text)
    program = Array(typed.prefix { !$0.hasPrefix("-") && !$0.contains("=") })
    var index = 0
    while index < typed.count {
      let next = index + 1 < typed.count ? typed[index + 1] : nil
      index += take(typed[index], next, isProgram: index < program.count)
    }
  }

  /// Takes a word, and says how many were used.
  private mutating func take(_ word: String, _ next: String?, isProgram: Bool) -> Int {
    let dashes = word.prefix { $0 == "-" }
    let rest = word.dropFirst(dashes.count)
    guard !isProgram, !rest.isEmpty, Double(word) == nil else {
      words.append(Self.literal(word))
      return 1
    }
    if let equals = rest.firstIndex(of: "=") {
      let option = String(rest[..<equals])
      let value = String(rest[rest.index(after: equals)...])
      guard let name = add(option, value) else {
        words.append(Self.literal(word))
        return 1
      }
      words.append(dashes + option + "={\(name)}")
      return 1
    }
    guard !dashes.isEmpty else {
      words.append(Self.literal(word))
      return 1
    }
    let hasValue = next.map { !$0.hasPrefix("-") || Double($0) != nil } ?? false
    guard let name = add(String(rest), hasValue ? next ?? "" : "true") else {
      words.append(Self.literal(word))
      return 1
    }
    words += hasValue ? [word, "{\(name)}"] : ["{\(word)}"]
    return hasValue ? 2 : 1
  }

  /// The name of a parameter of an option; `seed` stands for Labbook's own word; `nil` where the text
  /// cannot be a name.
  private mutating func add(_ option: String, _ value: String) -> String? {
    let name = String(option.map { $0 == "-" ? "_" : $0 })
    if Self.seeds.contains(name) { return ContextWord.seed.rawValue }
    let isName = option.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0))
    }
    guard isName, ContextWord(rawValue: name) == nil, name != "args",
      !parameters.contains(where: { $0.name == name })
    else { return nil }
    parameters.append((name, value))
    return name
  }

  private static func literal(_ word: String) -> String {
    word.replacing("{", with: "{{").replacing("}", with: "}}")
  }

  /// Whether the program is told its seed.
  public var hasSeed: Bool { words.contains { $0.contains("{seed}") } }

  /// Adds an option for the seed.
  public mutating func addSeed(_ option: String) { words += [option, "{seed}"] }

  /// The options that a program's own help names, such as argparse's and click's, in order.
  public static func options(inHelp text: String) -> [String] {
    var found: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      // What stands behind a gap is the help of an option.
      let text = line.drop(while: \.isWhitespace)
      let end = text.range(of: "  ")?.lowerBound ?? text.endIndex
      let words = text[..<end].split { " ,[]|=\t".contains($0) }
      for word in words
      where word.hasPrefix("--") && word.count > 2
        && word.dropFirst(2).allSatisfy({
          $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
        }) && word != "--help" && !found.contains(String(word))
      {
        found.append(String(word))
      }
    }
    return found
  }
}
