import Experiments
import FileLanguage
import Runs
import Search
import Tracking

// A search without rounds: a proposal is made when there is time for a run. What it comes to depends on which
// results are there then, so that a plan takes up what it has asked for before.
extension SweepGrowth {
  /// Whether proposals are made when there is time for a run.
  var isAsynchronous: Bool { strategy.isAsynchronous }

  /// Goes on once everything that was proposed has a result; whether there is more.
  func goOn(_ round: Round, _ known: [String: RunResult]) throws -> Bool {
    for place in round.places { scores[place] = score(place, upTo: nil, known) }
    guard made < strategy.proposals else {
      self.round = nil
      return false
    }
    try proposeNext(known)
    countPending()
    return true
  }

  /// Makes one more proposal while others are at work; whether there was one left.
  func proposeOnArrival(_ results: some RunResults) throws -> Bool {
    guard made < strategy.proposals, let round, origins != nil else { return false }
    try proposeNext(try results.results(ofKeys: keys(of: round), curves: spec.stop != nil))
    countPending()
    return true
  }

  /// Proposes from what is there; what is still at work counts as bad, which keeps proposals apart.
  private func proposeNext(_ known: [String: RunResult]) throws {
    let before = round ?? Round()
    trials = Array(repeating: [], count: trials.count)
    for proposal in before.proposals {
      guard let place = proposal.place else {
        trials[proposal.search].append(SearchTrial(values: proposal.values, score: .infinity))
        continue
      }
      if isFinished(place, known) { scores[place] = score(place, upTo: nil, known) }
      trials[proposal.search].append(
        SearchTrial(values: proposal.values, score: scores[place] ?? .infinity))
    }
    try propose()
    join(before)
  }

  /// Puts what was proposed before in front of the present round.
  private func join(_ before: Round) {
    var next = round ?? Round()
    next.proposals = before.proposals + next.proposals
    next.places = before.places + next.places.filter { !before.places.contains($0) }
    round = next
  }

  /// Takes up what the same plan has asked for before, in an earlier process or in another one.
  func recover(_ results: some RunResults, plan hash: String) throws {
    guard isAsynchronous, let origins, round != nil, made < strategy.proposals else { return }
    let own = Set(plan.configurations.map(\.key))
    let lost = try results.configurations(ofPlan: hash).filter { !own.contains($0.key) }
    if lost.isEmpty { return }
    let ranges = spec.axes.filter { $0.range != nil }
    var counts: [Int: Int] = [:]
    var next = Round()
    for configuration in lost {
      let values = ranges.compactMap { $0.proposal(of: configuration.parameters) }
      guard values.count == ranges.count else { continue }
      for index in origins.indices {
        for listed in 0..<maker.listed
        where try take(values, index, listed, configuration.key, &next) {
          counts[index * maker.listed + listed, default: 0] += 1
        }
      }
    }
    guard let most = counts.values.max() else { return }
    made = min(strategy.proposals, made + most)
    let before = round ?? Round()
    round = next
    add(next.places)
    join(before)
    countPending()
  }

  /// Takes a combination where it is the configuration of a key.
  private func take(
    _ values: [Double], _ index: Int, _ listed: Int, _ key: String, _ next: inout Round
  ) throws -> Bool {
    let origin = origins?[index]
    let combination = maker.combination(from: origin?.combination, listed, values)
    var trial = SweepExpansion(spec)
    guard let found = trial.add(combination, from: origin, decode: decode) else { return false }
    let configuration = trial.combinations[found].configuration
    let files = try facts.files(of: configuration)
    guard RunKey.configuration(configuration, files) == key else { return false }
    guard let member = expansion.add(combination, from: origin, decode: decode) else {
      return false
    }
    let place = try draft.add(expansion.combinations[member])
    next.proposals.append((index * maker.listed + listed, values, member, place))
    if !next.places.contains(place) { next.places.append(place) }
    return true
  }
}

extension SweepSpec.Axis {
  /// What was proposed for the axis, by the values of a run; `nil` where it does not show.
  fileprivate func proposal(of parameters: [String: ParameterValue]) -> Double? {
    guard let range, let key = path.key(modelPath: nil), let value = parameters[key] else {
      return nil
    }
    guard range.kind == .choice else { return value.asNumber }
    let place = values.firstIndex { node in
      node.text == value.display
        || (value.asNumber != nil && Double(node.text ?? "") == value.asNumber)
    }
    return place.map(Double.init)
  }
}
