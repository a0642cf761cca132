public import Experiments
public import Tracking

/// Whether a claim holds.
public enum ClaimVerdict: Hashable, Sendable {
  case held
  case notHeld
  /// The runs do not say it, for this reason.
  case undecided(String)

  /// The verdict as people read it.
  public var words: String {
    switch self {
    case .held: "held"
    case .notHeld: "not held"
    case .undecided: "undecided"
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

  /// What it was decided by, in lines.
  public var details: [String] {
    var lines = answers.map(\.line)
    if rule == .mean { return lines + ["decided by the means alone, however sure they are"] }
    let measured = comparisons.filter { $0.interval != nil || $0.verdict.reason != nil }
    lines += measured.map { $0.line(isAlone: comparisons.count == 1) }
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
  private var manner: String {
    guard let estimate else { return "" }
    let noun = Replicate(rawValue: replicate) ?? .seed
    func seeds(_ count: Int) -> String { "\(count) \(noun.noun(count))" }
    var words: String
    if estimate.hasNoSpread {
      words = "no spread in \(seeds(estimate.counts.reduce(0, +)))"
    } else {
      switch estimate.method {
      case .student: words = "Student's t over \(seeds(estimate.counts[0]))"
      case .welch:
        words =
          "Welch's t, seeds are not common: "
          + estimate.counts.map(String.init).joined(separator: " and ")
      case .jackknife:
        words =
          "jackknife over \(estimate.counts.map(String.init).joined(separator: " and ")) "
          + noun.noun(2)
      }
    }
    if let combinations { words += ", over \(combinations) combinations that all have" }
    return words
  }

  /// The comparison with its difference, interval and verdict in a line.
  func line(isAlone: Bool) -> String {
    let name = isAlone ? "" : "\(text): "
    guard let difference, let interval else { return name + (verdict.reason ?? verdict.words) }
    var line = "\(name)left - right = "
    line += statistics.map(\.description) ?? SeedStatistics.text(difference)
    if estimate?.hasNoSpread != true {
      line += ", \(Self.percent(level)) interval \(interval.inWords)"
    }
    line += " (\(manner)): \(verdict.words)"
    if let reason = verdict.reason { line += ", \(reason)" }
    return line
  }

  /// `95 %`, or with the digits that it needs.
  static func percent(_ level: Double) -> String {
    let hundredths = (level * 10_000).rounded() / 100
    return "\(SeedStatistics.text(hundredths)) %"
  }
}
