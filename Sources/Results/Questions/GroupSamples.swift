import Languages
package import RunStorage
import Runs
package import Tracking

/// What stands for the groups of a sweep, a value a seed, also where the combinations of a group differ
/// in more than the key they are grouped by.
package struct GroupSamples {
  /// In what combinations of one group differ beside the key.
  package let further: FurtherAxes
  private let view: SweepView
  private let metric: Metric
  private let which: MetricValue

  package init(
    _ view: SweepView, of groups: [SweepView.Group], _ metric: Metric, _ which: MetricValue
  ) {
    further = FurtherAxes(within: groups)
    self.view = view
    self.metric = metric
    self.which = which
  }

  /// The values of a group by what its combinations hold beside the key.
  package struct Sample {
    /// The configuration that was chosen, as `lr=0.01`; empty where there was nothing to choose, or
    /// all were taken.
    package var choice = ""
    package var values: SeedSample.Values = [:]
    /// Runs that diverged or failed, which have no final value.
    package var bad: [RunRecord] = []
    /// Runs that have come to a result and have no value.
    package var without = 0
    /// Runs that diverged or failed, by their number.
    package var diverged: Int { bad.count }
  }

  /// The values of all configurations of a group.
  package func pooled(_ group: SweepView.Group) -> Sample {
    var sample = Sample()
    for candidate in candidates(group) { take(candidate, as: candidate.choice, &sample) }
    return sample
  }

  /// The values of the configuration of a group that ranks first.
  ///
  /// - Throws: `LabbookError` where there are several and nobody has said which way the metric is better.
  package func best(_ group: SweepView.Group) throws(LabbookError) -> Sample {
    var sample = Sample()
    guard let first = try ranked(candidates(group)).first else { return sample }
    sample.choice = first.choice
    take(first, as: "", &sample)
    return sample
  }

  private func ranked(_ candidates: [Candidate]) throws(LabbookError) -> [Candidate] {
    guard candidates.count > 1 else { return candidates }
    let direction = try view.direction(of: metric)
    return view.ranked(candidates, by: metric, direction, which) { RunGroup(runs: $0.runs) }
  }

  /// A configuration of a group, with its runs of every seed.
  private struct Candidate {
    let choice: String
    var points: [SweepView.Point] = []
    var runs: [RunRecord] {
      var seen: Set<RunID> = []
      return points.flatMap(\.runs).filter { seen.insert($0.id).inserted }
    }
  }

  private func candidates(_ group: SweepView.Group) -> [Candidate] {
    var candidates: [Candidate] = []
    var places: [String: Int] = [:]
    for point in group.points {
      let held = point.axes.filter { further.names.contains($0.axis) }
      let choice = held.map { "\(view.language.key($0.axis))=\($0.display)" }.joined(
        separator: ", ")
      let place = places[choice] ?? candidates.count
      if place == candidates.count { candidates.append(Candidate(choice: choice)) }
      places[choice] = place
      candidates[place].points.append(point)
    }
    return candidates
  }

  private func take(_ candidate: Candidate, as name: String, _ sample: inout Sample) {
    var seen: Set<RunID> = []
    for point in candidate.points {
      for run in point.runs where run.status.isResult && seen.insert(run.id).inserted {
        if run.status.isBad {
          sample.bad.append(run)
        } else if let value = run.value(of: metric, which) {
          let seed = further.replicate.number(of: run, at: point)
          sample.values[name, default: []].append((seed, value))
        } else {
          sample.without += 1
        }
      }
    }
  }
}
