import Experiments
import Tracking

/// All combinations of a sweep, decoded and filtered, with everything that is wrong with them.
struct SweepExpansion {
  let sweep: SweepSpec
  let dimensions: [SweepDimension]
  /// Those that `where` keeps, in order.
  private(set) var combinations: [Combination] = []
  /// How many `where` left out.
  private(set) var excluded = 0
  private(set) var problems: [Diagnostic] = []

  /// One combination that may run.
  struct Combination {
    let point: SweepPoint
    let configuration: RunConfiguration
  }

  /// After so many different errors the rest of a sweep is not looked at.
  private static let mostProblems = 100

  init(
    _ sweep: SweepSpec,
    decode: ([SweepSpec.Substitution]) -> Result<RunConfiguration, Diagnostics>
  ) {
    self.sweep = sweep
    dimensions = sweep.dimensions
    do throws(Diagnostic) {
      let count = try checkedCount()
      let candidates = decodeAll(count, decode)
      do throws(Diagnostics) {
        let filter = try SweepFilter(sweep, candidates)
        for candidate in candidates { take(candidate, filter) }
      } catch let unreadable {
        problems += unreadable.list
        for case .failure(let wrong) in candidates.map(\.decoded) { problems += wrong.list }
      }
      if combinations.isEmpty, problems.isEmpty, let condition = sweep.condition {
        throw Diagnostic(
          condition.mark, "'where' keeps none of the \(count) combinations of this sweep")
      }
      if problems.isEmpty { reportUnused(candidates) }
    } catch let problem {
      problems.append(problem)
    }
  }

  private func checkedCount() throws(Diagnostic) -> Int {
    let count = try sweep.strategy.implementation.count(of: dimensions)
    let runs = count.multipliedSaturating(by: sweep.seeds.count)
    guard runs <= RunPlan.mostRuns else {
      let sizes = dimensions.map { String($0.count) } + [String(sweep.seeds.count)]
      let number = runs == .max ? "more runs than can be counted" : "\(runs) runs"
      throw Diagnostic(
        sweep.mark, "this sweep asks for \(number), the most is \(RunPlan.mostRuns)",
        notes: ["values of each axis, then seeds: " + sizes.joined(separator: " x ")])
    }
    return count
  }

  private mutating func decodeAll(
    _ count: Int, _ decode: ([SweepSpec.Substitution]) -> Result<RunConfiguration, Diagnostics>
  ) -> [SweepCandidate] {
    let strategy = sweep.strategy.implementation
    var different: Set<Diagnostic> = []
    var candidates: [SweepCandidate] = []
    candidates.reserveCapacity(count)
    for number in 0..<count {
      let places = strategy.combination(number, of: dimensions)
      let candidate = SweepCandidate(sweep, places, decode)
      if case .failure(let problem) = candidate.decoded { different.formUnion(problem.list) }
      candidates.append(candidate)
      if different.count > Self.mostProblems { break }
    }
    return candidates
  }

  /// Files a candidate under kept, excluded or wrong.
  private mutating func take(_ candidate: SweepCandidate, _ filter: SweepFilter) {
    do {
      if try !filter.keeps(candidate) {
        excluded += 1
        return
      }
    } catch let problem {
      // A combination that cannot be decoded has the better message of its own.
      if case .success = candidate.decoded { problems.append(problem) }
    }
    switch candidate.decoded {
    case .success(let configuration):
      combinations.append(
        Combination(point: candidate.point(configuration), configuration: configuration))
    case .failure(let diagnostics):
      problems += diagnostics.list
    }
  }

  /// A path that no combination has is an error at its key.
  private mutating func reportUnused(_ candidates: [SweepCandidate]) {
    var asked: [Mark: SweepSpec.Substitution] = [:]
    var used: Set<Mark> = []
    for candidate in candidates {
      guard case .success(let configuration) = candidate.decoded else { continue }
      for substitution in candidate.substitutions where !used.contains(substitution.keyMark) {
        asked[substitution.keyMark] = substitution
        if configuration.uses(substitution.path) { used.insert(substitution.keyMark) }
      }
    }
    for (mark, substitution) in asked where !used.contains(mark) {
      problems.append(
        Diagnostic(mark, "no combination of this sweep uses '\(substitution.written)'"))
    }
  }
}

extension SweepSpec {
  /// What varies, in the order of nesting: variants, then the axes as they were written.
  var dimensions: [SweepDimension] {
    let variant = variants.first.map {
      SweepDimension(label: "variant", count: variants.count, mark: $0.mark)
    }
    return (variant.map { [$0] } ?? [])
      + axes.map { SweepDimension(label: $0.written, count: $0.values.count, mark: $0.mark) }
  }
}
