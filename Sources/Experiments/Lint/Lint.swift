import FileLanguage
import Languages

/// Every rule there is.
public enum Lint {
  static let rules: [any LintRule.Type] = [
    SoftmaxBeforeCrossEntropy.self, LogSoftmaxBeforeCrossEntropy.self, LinearAfterLinear.self,
    DeepSaturation.self, UnnormalizedInputs.self, ClassOrder.self, NoValidation.self,
    OneSeed.self, ConstantRate.self, ManyCategories.self, SmallClass.self,
    ImbalancedClasses.self, TargetScale.self, NumericTarget.self, TargetLeak.self,
    CountingColumn.self, ConstantTarget.self, UntoldSeed.self, AnsweredExercise.self,
  ]

  /// The names that `lint: {allow: [...]}` may hold.
  public static let names: [String] = rules.map { $0.name }
}

extension Experiment {
  /// What advice does not look at, as a sentence; `nil` where it looks at everything.
  public var adviceRemark: String? {
    let most = LintedExperiment.mostMembers
    let counts = sweeps.map { members(of: $0).count }.filter { $0 > most }
    guard let greatest = counts.max() else { return nil }
    return "advice looks at \(most) of the \(greatest) configurations of a sweep"
  }

  /// What the file could do better, in the order of its lines; rules that it allows are silent.
  public func advice() -> [Advice] {
    let linted = LintedExperiment(self)
    let allowed = Set(spec.root["lint"]?["allow"]?.items?.compactMap(\.text) ?? [])
    let advice = Lint.rules.filter { !allowed.contains($0.name) }.flatMap { rule in
      var seen: Set<Mark> = []
      return rule.findings(in: linted).filter { seen.insert($0.mark).inserted }.map { finding in
        Advice(
          rule: rule.name, mark: finding.mark, message: finding.message, reason: rule.reason,
          fix: finding.fix)
      }
    }
    return advice.enumerated().sorted { a, b in
      (a.element.mark.line, a.element.mark.column, a.offset)
        < (b.element.mark.line, b.element.mark.column, b.offset)
    }.map(\.element)
  }
}
