import Tracking

extension PlotArguments {
  /// What may be typed next.
  public enum Next: Hashable, Sendable {
    /// A metric's name.
    case metric
    /// A dotted path, as of `by`.
    case key
    /// One of these words.
    case words([String])
    /// Anything.
    case anything
  }

  /// What may be typed behind the words of `labbook plot`: an option of the kind that is named, or what
  /// the last option takes.
  public static func next(after words: [String]) -> Next {
    guard let kind = words.lazy.compactMap({ Plots.kind($0) }).first else { return .anything }
    let options = Next.words(kind.allKeys.map(\.option))
    guard let last = words.last, last.hasPrefix("--"), !last.contains("=") else { return options }
    guard let key = kind.allKeys.first(where: { $0.option == last }),
      case .value(let value) = key.shape
    else { return .anything }
    if value == .flag { return options }
    if let known = choices(of: value) { return .words(known) }
    if key.name == "metric" { return .metric }
    return pathKeys.contains(key.name) && holdsText(value) ? .key : .anything
  }

  private static let pathKeys: Set<String> = ["by", "x", "y", "rows", "columns", "axes"]

  private static func choices(of kind: Setting.Kind) -> [String]? {
    switch kind {
    case .word(let words): words
    case .either(let kinds): kinds.lazy.compactMap(choices).first
    default: nil
    }
  }

  private static func holdsText(_ kind: Setting.Kind) -> Bool {
    switch kind {
    case .text: true
    case .list(let inner, _): holdsText(inner)
    case .either(let kinds): kinds.contains(where: holdsText)
    default: false
    }
  }
}
