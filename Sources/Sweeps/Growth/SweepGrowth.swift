import Experiments
import FileLanguage
import Runs
import Search
import Tracking

/// One sweep whose plan grows: a round of configurations, then the next one from their results.
final class SweepGrowth {
  let spec: SweepSpec
  var plan: SweepPlan
  /// Whether another sweep takes its best configurations.
  var isSource = false

  let facts: PlanFacts
  let decode: CombinationDecoder
  let maker: CombinationMaker
  let strategy: any SweepStrategy
  var expansion: SweepExpansion
  var draft: SweepPlanDraft
  /// What it begins with; `nil` while that is not known, one `nil` where it begins with the file.
  var origins: [SweepExpansion.Origin?]?
  /// Proposals made so far.
  var made = 0
  /// The trials of each search: one an origin and combination of listed values.
  var trials: [[SearchTrial]] = []
  var round: Round?
  private var stop: StopProgress?
  /// How far the runs of configurations went that a rule ended on arrival.
  private var arrivals: [Int: Int] = [:]
  var scores: [Int: Double] = [:]

  /// What was proposed together.
  struct Round {
    var proposals: [(search: Int, values: [Double], member: Int?, place: Int?)] = []
    /// The places of its configurations, each once.
    var places: [Int] = []
  }

  init(_ spec: SweepSpec, facts: PlanFacts, decode: @escaping CombinationDecoder) {
    self.spec = spec
    self.facts = facts
    self.decode = decode
    maker = CombinationMaker(spec)
    strategy = spec.strategy.implementation
    expansion = SweepExpansion(spec)
    draft = SweepPlanDraft(facts)
    plan = SweepPlan(spec)
    stop = spec.stop?.implementation.flatMap { $0.isAsynchronous ? nil : StopProgress($0) }
    origins = spec.from == nil ? [nil] : nil
  }

  /// What is wrong with the combinations so far.
  var problems: [Diagnostic] { expansion.problems.list }

  /// Whether every configuration is known and has a result.
  var isDone: Bool { origins != nil && round == nil && made == strategy.proposals }

  /// Plans as much as the file alone says.
  func begin() throws {
    if problems.isEmpty, origins != nil { try propose() }
    countPending()
  }

  /// Goes on as far as results allow; whether the plan changed.
  ///
  /// - Parameter source: the sweep it begins with.
  func grow(_ results: some RunResults, from source: SweepGrowth?) throws -> Bool {
    var hasGrown = false
    if origins == nil {
      guard let source, source.isDone, let count = spec.from?.best else { return false }
      origins = source.best(count)
      plan.axes = source.plan.axes.filter { !plan.axes.contains($0) } + plan.axes
      try propose()
      hasGrown = true
    }
    while let round, isSource || strategy.isAdaptive || hasRule {
      let known = try results.results(ofKeys: keys(of: round), curves: hasRule)
      if compare(known) { hasGrown = true }
      guard round.places.allSatisfy({ isFinished($0, known) }) else { break }
      if isAsynchronous {
        guard try goOn(round, known) else { break }
        hasGrown = true
        continue
      }
      close(round, known)
      try propose()
      hasGrown = hasGrown || self.round != nil
    }
    if hasGrown { countPending() }
    return hasGrown
  }

  private var hasRule: Bool { spec.stop != nil }
  private var measure: RunMeasure { plan.measure }

  // MARK: Proposing

  /// Makes the next round of proposals; none where all are made.
  func propose() throws {
    round = nil
    let count = strategy.round(after: made)
    guard count > 0, let origins else { return }
    let isFirst = made == 0
    var next = Round()
    for index in origins.indices { decode(made..<made + count, of: index, origins[index], &next) }
    made += count
    if isFirst, !strategy.isAdaptive { expansion.close(isFromFile: spec.from == nil) }
    guard problems.isEmpty else {
      // What the file alone shows is reported with what is wrong in other sweeps.
      if isFirst, spec.from == nil { return }
      throw Diagnostics(problems)
    }
    var seen: Set<Int> = []
    for index in next.proposals.indices {
      guard let member = next.proposals[index].member else { continue }
      let place = try draft.add(expansion.combinations[member])
      next.proposals[index].place = place
      if seen.insert(place).inserted { next.places.append(place) }
    }
    round = next
    add(next.places)
    // Nobody asks for the combinations of a plan that is whole, and very many take much memory.
    if made == strategy.proposals, !isSource {
      expansion.forget()
      draft = SweepPlanDraft(facts)
    }
  }

  /// Decodes the proposals of some numbers that begin with one origin.
  func decode(
    _ numbers: Range<Int>, of index: Int, _ origin: SweepExpansion.Origin?, _ next: inout Round
  ) {
    let first = index * maker.listed
    if trials.count < first + maker.listed {
      trials += Array(repeating: [], count: first + maker.listed - trials.count)
    }
    // Where results are not looked at, every combination of listed values has the same proposals.
    let searches = strategy.isAdaptive ? first..<first + maker.listed : first..<first + 1
    let proposals = searches.map {
      strategy.propose(numbers, of: spec.ranges, after: trials[$0])
    }
    for place in 0..<numbers.count {
      for listed in 0..<maker.listed {
        let values = proposals[min(listed, proposals.count - 1)][place]
        let combination = maker.combination(from: origin?.combination, listed, values)
        let member = expansion.add(combination, from: origin, decode: decode)
        next.proposals.append((first + listed, values, member, nil))
      }
    }
  }

  /// Puts configurations into the plan, those that got another combination anew.
  func add(_ places: [Int]) {
    let labels = labels
    for place in places.sorted() {
      let configuration = draft.planned(place, labels)
      if place < plan.configurations.count {
        plan.configurations[place] = configuration
      } else {
        plan.configurations.append(configuration)
      }
    }
    let count = expansion.combinations.count
    plan.counts = SweepPlan.Counts(
      combinations: count + expansion.excluded, excluded: expansion.excluded,
      merged: count - draft.count)
    stop?.begin(places, epochs: epochs)
    setLimits()
  }

  private var labels: SweepLabels {
    guard strategy.isAdaptive else { return SweepLabels(expansion.combinations.map(\.point)) }
    let axes = expansion.combinations.first?.axes.count ?? spec.axes.count
    return SweepLabels(
      spec, origins: origins?.count ?? 1, originAxes: max(0, axes - spec.axes.count))
  }

  func countPending() {
    let begun = origins?.count ?? spec.from?.best ?? 1
    plan.pending = (strategy.proposals - made)
      .multipliedSaturating(by: maker.listed).multipliedSaturating(by: begun)
  }

  // MARK: Results

  func keys(of round: Round) -> [String] {
    round.places.flatMap { plan.configurations[$0].runs.map(\.key) }
  }

  func results(_ place: Int, _ known: [String: RunResult]) -> [RunResult?] {
    plan.configurations[place].runs.map { known[$0.key] }
  }

  /// The epochs of a configuration; as many as can be counted where it says so itself.
  private func epochs(_ place: Int) -> Int {
    let configuration = plan.configurations[place].configuration
    guard let length = try? facts.length(of: configuration) else { return .max }
    return length.epochs
  }

  /// Lets the rule compare; whether it changed how far a configuration goes.
  private func compare(_ known: [String: RunResult]) -> Bool {
    guard var stop else { return takeArrivals(known) }
    let hasChanged = stop.advance(
      epochs: epochs,
      reached: { place, epoch in
        self.results(place, known).allSatisfy { $0?.hasReached(epoch, self.measure) == true }
      }, score: { self.score($0, upTo: $1, known) })
    self.stop = stop
    if hasChanged { setLimits() }
    return hasChanged
  }

  /// Takes what a rule ended on arrival as it is: the other seeds of the configuration go as far.
  private func takeArrivals(_ known: [String: RunResult]) -> Bool {
    guard let arrival = plan.arrival, let round else { return false }
    var hasChanged = false
    for place in round.places where arrivals[place] == nil {
      let ended = results(place, known).compactMap { $0 }
        .filter { $0.status == .stopped && !$0.isHalted }
        .compactMap { arrival.lastRung(at: $0.place(measure)) }
      guard let least = ended.min() else { continue }
      arrivals[place] = least
      plan.limits[plan.configurations[place].key] = least
      hasChanged = true
    }
    return hasChanged
  }

  private func setLimits() {
    for (place, limit) in stop?.limits ?? [:] {
      plan.limits[plan.configurations[place].key] = limit
    }
    guard let stop else { return }
    for place in round?.places ?? [] where stop.limits[place] == nil {
      plan.limits[plan.configurations[place].key] = nil
    }
  }

  func isFinished(_ place: Int, _ known: [String: RunResult]) -> Bool {
    let limit = stop?.limits[place] ?? arrivals[place]
    return results(place, known).allSatisfy { result in
      guard let result else { return false }
      return limit.map { result.hasReached($0, measure) } ?? result.isFinal
    }
  }

  /// The mean over the seeds; infinity where one diverged or failed.
  func score(_ place: Int, upTo epoch: Int?, _ known: [String: RunResult]) -> Double {
    let direction = plan.configurations[place].configuration.objective.direction
    // Of a sweep with a rule curves are known, and what is best is best within what it asks for.
    let end = epoch ?? (hasRule ? .max : nil)
    let values = results(place, known).map { $0?.value(upTo: end, direction, measure) }
    let whole = values.compactMap { $0 }
    guard whole.count == values.count, !whole.isEmpty else { return .infinity }
    let mean = whole.reduce(0, +) / Double(whole.count)
    return mean.isNaN ? .infinity : direction == .maximize ? -mean : mean
  }

  /// Keeps what came of a round.
  private func close(_ round: Round, _ known: [String: RunResult]) {
    for place in round.places {
      scores[place] = score(place, upTo: stop?.limits[place] ?? arrivals[place], known)
    }
    guard strategy.isAdaptive else { return }
    for proposal in round.proposals {
      let configuration = proposal.place.map { plan.configurations[$0].configuration }
      let searched = spec.axes.filter { $0.range != nil }
      let values = zip(searched, proposal.values).map { axis, value -> Double? in
        configuration.map { $0.uses(axis.path) } == false ? nil : value
      }
      let score = proposal.place.flatMap { scores[$0] } ?? .infinity
      trials[proposal.search].append(SearchTrial(values: values, score: score))
    }
  }

  /// The first configurations by their score, of equal ones the earlier; fewer where there are fewer.
  private func best(_ count: Int) -> [SweepExpansion.Origin] {
    let ranked = plan.configurations.indices.sorted {
      (scores[$0] ?? .infinity, $0) < (scores[$1] ?? .infinity, $1)
    }
    return ranked.prefix(count).map(draft.origin)
  }
}
