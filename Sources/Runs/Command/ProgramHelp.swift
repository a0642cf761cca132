import Foundation

/// What a program's own help says of its options, as argparse, click and their like print it.
public struct ProgramHelp: Hashable, Sendable {
  /// One option with all of its names.
  public struct Option: Hashable, Sendable {
    /// Its names with their dashes: `-b`, `--batch-size`.
    public let names: [String]
    /// Whether a value stands behind it.
    public let takesValue: Bool
    /// Whether several do.
    public let isMany: Bool
    /// The name that says the opposite: `--no-amp`.
    public var negation: String? {
      names.first { $0.hasPrefix("--no-") && names.contains("--" + $0.dropFirst(5)) }
    }
    /// The name for people: the first long one.
    public var name: String { names.first { $0.hasPrefix("--") } ?? names.first ?? "" }
  }

  /// The options in the order of the help, but those for help and version.
  public private(set) var options: [Option] = []
  /// The names of what stands alone.
  public private(set) var positionals: [String] = []

  /// Help that says nothing.
  public init() {}

  /// Reads a help text.
  public init(_ text: String) {
    var isPositional = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let body = line.drop(while: \.isWhitespace)
      let isIndented = body.startIndex > line.startIndex
      if !isIndented {
        isPositional = line.lowercased().hasPrefix("positional arguments")
        if line.hasPrefix("Usage:") { takeUsage(line) }
        continue
      }
      // What stands behind a gap is the text of an option.
      let end = body.range(of: "  ")?.lowerBound ?? body.endIndex
      if body.hasPrefix("-") {
        take(body[..<end])
      } else if isPositional, let name = body[..<end].split(separator: " ").first,
        line.prefix(while: \.isWhitespace).count <= 4, Self.isName(name)
      {
        positionals.append(String(name))
      }
    }
  }

  /// The option of a name.
  public func option(_ name: String) -> Option? { options.first { $0.names.contains(name) } }

  /// `Usage: train.py [OPTIONS] DATA RATE`, as click prints it.
  private mutating func takeUsage(_ line: Substring) {
    guard let options = line.range(of: "[OPTIONS]") else { return }
    positionals = line[options.upperBound...].split(separator: " ")
      .map { $0.lowercased().filter { !"[]".contains($0) } }
      .filter { Self.isName($0[...]) && $0 != "command" && $0 != "args" }
  }

  private mutating func take(_ text: Substring) {
    var names: [String] = []
    var values = 0
    var isMany = false
    let parts = text.replacing(" / ", with: ", ").replacing(" | ", with: ", ").split(separator: ",")
    for part in parts {
      var words = part.split(separator: " ")
      guard let first = words.first, first.hasPrefix("-") else { continue }
      words.removeFirst()
      let pieces = first.split(separator: "=", maxSplits: 1)
      let name = String(pieces[0].filter { $0 != ":" && $0 != "[" && $0 != "]" })
      guard name.count > 1,
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
      else { continue }
      names.append(name)
      values = max(values, words.count + pieces.count - 1)
      if part.contains("...") || words.count > 1 { isMany = true }
    }
    // The choices of `--opt {sgd,adam}` hold commas.
    if text.contains("{") { values = max(values, 1) }
    guard !names.isEmpty, !names.contains("--help"), !names.contains("--version") else { return }
    options.append(
      Option(names: names, takesValue: values > 0, isMany: isMany && !text.contains("{")))
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
  }
}
