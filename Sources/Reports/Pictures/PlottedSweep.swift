import Experiments
import RunStorage
import Runs
import Sweeps
import Tracking

/// A sweep as figures see it: its combinations, each with its stored runs.
struct PlottedSweep {
  /// One combination of a sweep.
  struct Point {
    /// Equal for combinations that came out as the same runs.
    let configurationKey: String
    /// What tells it apart within the sweep.
    let label: String
    let modelName: String
    /// What each axis of the sweep holds here, for people.
    let axes: [(axis: String, display: String)]
    /// What is stored of its runs, in the order of the seeds.
    let runs: [RunRecord]
    let value: (SweepKey) -> ParameterValue?
    /// The network with its first seed, where one is to be asked.
    let network: () throws -> NetworkRun
  }

  /// A sweep's combinations with one value of a key.
  struct Group {
    let name: String
    var points: [Point]
  }

  let name: String
  let points: [Point]
  /// Runs that were planned.
  let planned: Int
  let objective: Objective

  /// The combinations of a plan, with what the store knows of their runs.
  init(_ results: SweepResults) {
    name = results.plan.name
    planned = results.plan.runs.count + results.plan.pendingRuns
    objective = results.objective
    points = results.plan.points.map { point, configuration in
      Point(
        configurationKey: configuration.key, label: configuration.label,
        modelName: configuration.configuration.modelName,
        axes: (point.variant.map { [("variant", $0)] } ?? [])
          + point.values.compactMap { value in value.map { ($0.axis, $0.display) } },
        runs: configuration.runs(of: point).compactMap(results.record(of:)),
        value: { results.plan.value(of: $0, at: point, of: configuration) },
        network: { try configuration.configuration.network(for: "a figure of networks") })
    }
  }

  /// A sweep of known combinations.
  init(name: String, points: [Point], objective: Objective) {
    self.name = name
    self.points = points
    self.objective = objective
    planned = Set(points.flatMap { $0.runs.map(\.id) }).count
  }

  /// Every stored run once.
  var runs: [RunRecord] {
    var seen: Set<RunID> = []
    return points.flatMap(\.runs).filter { seen.insert($0.id).inserted }
  }

  /// Groups by the value of a key, in the order of their first appearance; combinations without the
  /// key are left out, and those that are the same runs stand in a group once.
  func groups(by key: SweepKey) -> [Group] {
    groups { point in point.value(key)?.display }
  }

  /// Groups by the model's name.
  var modelGroups: [Group] { groups { $0.modelName } }

  private func groups(_ name: (Point) -> String?) -> [Group] {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for point in points {
      guard let name = name(point) else { continue }
      if let place = places[name] {
        let isKnown = groups[place].points.contains {
          $0.configurationKey == point.configurationKey && $0.runs == point.runs
        }
        if !isKnown { groups[place].points.append(point) }
      } else {
        places[name] = groups.count
        groups.append(Group(name: name, points: [point]))
      }
    }
    return groups
  }

  /// Groups for a legend: of a key; without one a group a combination, under the axis's name where
  /// there is one axis only.
  ///
  /// What panels tell apart is in no name.
  func legend(by key: SweepKey?, facets: [SweepKey] = []) -> (heading: String, groups: [Group]) {
    if let key { return (key.label, groups(by: key)) }
    guard facets.isEmpty else {
      let told = Set(facets.map(\.label))
      let rest = points.map { $0.axes.filter { !told.contains($0.axis) } }
      let names = Set(rest.flatMap { $0.map(\.axis) })
      let isOne = names.count == 1
      return (
        isOne ? names.first ?? "" : "",
        groups { point in
          point.axes.filter { !told.contains($0.axis) }
            .map { isOne ? $0.display : "\($0.axis)=\($0.display)" }.joined(separator: ", ")
        }
      )
    }
    let axes = Set(points.flatMap { $0.axes.map(\.axis) })
    if axes.count == 1, let axis = axes.first, points.allSatisfy({ $0.axes.count == 1 }) {
      return (axis, groups { $0.axes.first?.display })
    }
    return ("", groups { $0.label })
  }

  /// Whether `a` ranks before `b` by the mean of a metric, as tables rank.
  func ranks(_ a: Point, before b: Point, by metric: Metric, _ which: MetricValue)
    -> Bool
  {
    let direction: Direction =
      metric == objective.metric
      ? objective.direction : metric.isHigherBetter ? .maximize : .minimize
    return RunGroup(runs: a.runs).ranksBefore(RunGroup(runs: b.runs), by: metric, direction, which)
  }
}
