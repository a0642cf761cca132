package import FileLanguage
import Languages
public import Tracking

/// The answer of the store to one call.
public struct StoreAnswer: Sendable {
  /// The call.
  package let call: FormulaCall
  /// The number; a mean over the seeds.
  public let value: Double
  /// Over what it was taken; `nil` for a count.
  public let statistics: SeedStatistics?
  /// The values it was taken of; `nil` for a count.
  package let sample: SeedSample?
  /// Runs that match and have no value, in words: `1 diverged`; empty where there is none.
  public let without: String
  /// Runs that diverged or failed, in words; empty where none did.
  package let bad: String
  /// The configuration that `best` chose; empty where there was nothing to choose.
  public let choice: String
  /// Runs that match and have no result yet.
  package let missing: Int
  /// In which it speaks.
  let language: Language

  /// What was asked.
  public var text: String { call.text }

  /// The 95 % interval of the mean; `nil` for a count, and of one seed.
  public var interval: ClosedRange<Double>? { statistics?.interval() }

  /// Over which axes each seed's mean was taken; none where each seed has one run.
  public var pooled: [String] { sample?.axes ?? [] }

  /// What n counts, `seed` or `data seed`; `nil` for a count.
  public var replicate: String? { sample?.replicate.rawValue }

  /// Mean, deviation and number of seeds as people read them.
  package var words: String {
    guard let statistics else { return language.numbers(SeedStatistics.text(value)) }
    let told = statistics.words(language)
    guard sample?.replicate == .dataSeed, statistics.count > 1 else { return told }
    let end = "(\(statistics.count))"
    return told.dropLast(end.count)
      + "(\(language.counted(statistics.count, .nounDataSeed)))"
  }

  /// What one should know of how the number came about; empty where there is nothing.
  package var remark: String {
    [pooled.isEmpty ? "" : language(.pooledOver, language.keys(pooled)), without]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The answer as a sentence about the call.
  public var line: String {
    var line = "\(text) = \(words)"
    if let interval {
      let kind: Phrase = sample?.replicate == .fold ? .approximateInterval : .interval
      line += ", \(language(kind, "95")) \(language.numbers(interval.inWords))"
    }
    if !pooled.isEmpty { line += ", " + language(.pooledOver, language.keys(pooled)) }
    if call.function == .best, sample != nil {
      line += choice.isEmpty ? "" : ", " + language(.ofChoice, choice)
      line += ", " + language(.choiceIsKept)
    }
    return line + (without.isEmpty ? "" : ", \(without), \(language(.asideLeftOut))")
  }
}

extension ClosedRange where Bound == Double {
  /// The interval as people read it.
  package var inWords: String {
    "[\(SeedStatistics.text(lowerBound)), \(SeedStatistics.text(upperBound))]"
  }
}
