import Foundation
public import Tracking

extension Language {
  /// What a metric is called: `val/loss` by its own name where the language has none for it.
  public func metric(_ metric: Metric) -> String { self.metric(named: metric.name) }

  /// What the metric of a name is called.
  public func metric(named name: String) -> String {
    switch name {
    case "lr": return self(.metricRate)
    case "grad_norm": return self(.metricGradientNorm)
    default: break
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let part = Names.parts[parts[0]], let words = Names.measured[parts[1]]
    else { return name }
    return self(words, self(part))
  }

  /// In what a metric is measured; `nil` where it is a plain number.
  public func unit(of metric: Metric) -> String? {
    metric.unit.map { named($0, Names.units) }
  }

  /// What is measured, whatever it is measured on: `loss`.
  public func quantity(_ name: String) -> String { named(name, Names.quantities) }

  /// A part of the data: `train`.
  public func part(_ name: String) -> String { named(name, Names.parts) }

  /// A key of a file as an axis, a column or a legend shows it; several keys with commas between.
  public func key(_ label: String) -> String {
    label.components(separatedBy: ", ").map { named($0, Names.keys) }.joined(separator: ", ")
  }

  /// Several keys in a row.
  public func keys(_ labels: [String]) -> String { labels.map(key).joined(separator: ", ") }

  /// A name of `show`: a column of a run's table, a metric or a key.
  public func column(_ name: String) -> String {
    if let column = Names.columns[name] { return self(column) }
    let metric = metric(named: name)
    return metric == name ? key(name) : metric
  }

  /// Where a run stands.
  public func status(_ status: RunStatus) -> String {
    switch status {
    case .planned: self(.statusPlanned)
    case .running: self(.statusRunning)
    case .completed: self(.statusCompleted)
    case .diverged: self(.statusDiverged)
    case .stopped: self(.statusStopped)
    case .interrupted: self(.statusInterrupted)
    case .failed: self(.statusFailed)
    }
  }

  /// What a band reaches over, as it stands behind a mean: `± one deviation`.
  ///
  /// - Parameter isLogarithmic: whether it is taken of the values' logarithms.
  public func band(_ band: SeedBand, isLogarithmic: Bool) -> String {
    switch band {
    case .std: self(isLogarithmic ? .bandStdLog : .bandStd)
    case .sem: self(isLogarithmic ? .bandSemLog : .bandSem)
    case .ci: self(isLogarithmic ? .bandCiLog : .bandCi)
    case .quartiles: self(.bandQuartiles)
    case .range: self(.bandRange)
    case .none: ""
    }
  }

  /// How numbers of a searched range are spread.
  public func rangeKind(_ name: String) -> String { named(name, Names.ranges) }

  /// A part of an update, as a column: `before`, `gradient`, what an optimizer keeps.
  public func stepPart(_ name: String) -> String {
    for (ending, phrase) in [(" before", Phrase.stepMemoryBefore), (" apart", .stepApart)]
    where name.hasSuffix(ending) {
      return self(phrase, named(String(name.dropLast(ending.count)), Names.stepParts))
    }
    return named(name, Names.stepParts)
  }

  /// An optimizer's rule with its words in the language; signs, functions and keys stay.
  public func rule(_ rule: String) -> String {
    var result = ""
    var word = ""
    for letter in rule + " " {
      if letter.isLetter || letter.isNumber || letter == "_" {
        word.append(letter)
      } else {
        result += named(word, Names.symbols)
        result.append(letter)
        word = ""
      }
    }
    return String(result.dropLast())
  }

  private func named(_ name: String, _ phrases: [String: Phrase]) -> String {
    phrases[name].map { self($0) } ?? name
  }
}

/// The names that files and programs have, with what people read for them.
private enum Names {
  static let parts: [String: Phrase] = [
    "train": .partTrain, "val": .partVal, "test": .partTest, "batch": .partBatch,
  ]

  static let units: [String: Phrase] = ["share of rows": .unitShare, "s": .unitSeconds]

  static let quantities: [String: Phrase] = ["loss": .loss, "accuracy": .accuracy]

  static let measured: [String: Phrase] = [
    "loss": .lossOf, "accuracy": .accuracyOf, "objective": .objectiveOf,
  ]

  static let ranges: [String: Phrase] = [
    "log_uniform": .rangeLogarithmic, "uniform": .rangeUniform, "int_uniform": .rangeWhole,
  ]

  /// Their English is the name itself.
  private static func byEnglish(_ phrases: [Phrase]) -> [String: Phrase] {
    Dictionary(phrases.map { (Language.english.template($0), $0) }) { first, _ in first }
  }

  static let keys = byEnglish([
    .keyModel, .keyVariant, .keyOptimizer, .keyRate, .keyBatch, .keyEpochs, .keySteps, .keySeed,
    .keyDataSeed, .keyNoise, .keyDecay, .keyMomentum, .keySchedule, .keyInit, .keyActivation,
    .keyHidden, .keyDropout, .keyShuffle, .keyClip, .keyNormalize, .keyFold, .loss,
  ])

  static let columns = byEnglish([
    .columnDuration, .columnStatus, .columnRun, .columnKey, .columnExperiment, .columnSweep,
    .columnCreated, .columnStarted, .columnEnded,
  ])

  static let stepParts = byEnglish([
    .stepBefore, .stepGradient, .stepSum, .stepDecay, .stepStep, .stepAfter, .stepMean, .stepSquare,
    .stepVelocity, .stepTotal,
  ])

  /// What stands in the rules of optimizers.
  static let symbols = byEnglish([
    .stepMean, .stepSquare, .stepVelocity, .stepTotal, .stepRate, .first,
  ])
}
