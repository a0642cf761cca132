public import Experiments
public import Languages
public import Tracking

/// Whether a claim holds.
public enum ClaimVerdict: Hashable, Sendable {
  case held
  case notHeld
  /// The runs do not say it, for this reason.
  case undecided(String)

  /// The verdict as programs read it, and people in English.
  public var words: String {
    switch self {
    case .held: "held"
    case .notHeld: "not held"
    case .undecided: "undecided"
    }
  }

  /// The verdict in a language.
  public func words(_ language: Language) -> String {
    switch self {
    case .held: language(.held)
    case .notHeld: language(.notHeld)
    case .undecided: language(.undecided)
    }
  }

  /// Why it is undecided; `nil` where it is not.
  public var reason: String? {
    if case .undecided(let why) = self { why } else { nil }
  }

  var swapped: ClaimVerdict {
    switch self {
    case .held: .notHeld
    case .notHeld: .held
    case .undecided: self
    }
  }
}

/// What the store says of a claim.
public struct ClaimJudgement: Sendable {
  /// Whether it holds.
  public let verdict: ClaimVerdict
  /// By what it was decided.
  public let rule: DecisionRule
  /// The values that it asks for, each once.
  public let answers: [StoreAnswer]
  /// Its comparisons in the order of writing, those that `each` stands for among them.
  public let comparisons: [JudgedComparison]
  /// In which it speaks.
  var language = Language.english

  /// What it was decided by, in lines.
  public var details: [String] {
    var lines = answers.map(\.line)
    if rule == .mean { return lines + [language(.decidedByMeans)] }
    let measured = comparisons.filter { $0.interval != nil || $0.verdict.reason != nil }
    lines += measured.map { $0.line(isAlone: comparisons.count == 1, language) }
    return lines
  }
}

/// One comparison of a claim.
public struct JudgedComparison: Sendable {
  /// The comparison as it can be written.
  public let text: String
  /// Whether it holds.
  public let verdict: ClaimVerdict
  /// Left minus right.
  public var difference: Double?
  /// Over the common seeds; `nil` where seeds are not common, or it is not linear in means.
  public var statistics: SeedStatistics?
  /// How sure the difference is: its standard error, degrees of freedom, method and seeds.
  public var estimate: Estimate?
  /// The interval of the difference that it was decided by.
  public var interval: ClosedRange<Double>?
  /// How sure the interval is, 0.95 or more.
  public var level = 0.95
  /// With how many seeds it would be decided; `nil` where it is, or no number would do.
  public var seedsNeeded: Int?
  /// What n counts: `seed` or `data seed`.
  public var replicate = Replicate.seed.rawValue
  /// Of how many combinations the seeds are, where not all sides have the same.
  var combinations: Int?

  /// How the interval came about, in words.
  private func manner(_ language: Language) -> String {
    guard let estimate else { return "" }
    let noun = Replicate(rawValue: replicate) ?? .seed
    func list(_ counts: [Int]) -> String { language.list(counts.map(String.init)) }
    func seeds(_ count: Int) -> String { language.counted(count, noun.noun) }
    var words: String
    if estimate.hasNoSpread {
      words = language(.noSpread, seeds(estimate.counts.reduce(0, +)))
    } else {
      switch estimate.method {
      case .student: words = language(.studentOver, seeds(estimate.counts[0]))
      case .welch: words = language(.welchOver, list(estimate.counts))
      case .jackknife:
        words = language(.jackknifeOver, list(estimate.counts), language.noun(2, noun.noun))
      }
    }
    if let combinations { words += ", " + language(.overCombinations, combinations) }
    return words
  }

  /// The comparison with its difference, interval and verdict in a line.
  func line(isAlone: Bool, _ language: Language) -> String {
    let name = isAlone ? "" : "\(text): "
    guard let difference, let interval else {
      return name + (verdict.reason ?? verdict.words(language))
    }
    var line = "\(name)\(language(.leftMinusRight)) = "
    line +=
      statistics.map { $0.words(language) } ?? language.numbers(SeedStatistics.text(difference))
    if estimate?.hasNoSpread != true {
      line += ", \(language.numbers(language(.interval, Self.percent(level)))) "
      line += language.numbers(interval.inWords)
    }
    line += " (\(manner(language))): \(verdict.words(language))"
    if let reason = verdict.reason { line += ", \(reason)" }
    return line
  }

  /// 95, or with the digits that it needs.
  static func percent(_ level: Double) -> String {
    let hundredths = (level * 10_000).rounded() / 100
    return SeedStatistics.text(hundredths)
  }
}
