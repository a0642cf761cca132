public import RunStorage
import Runs
public import Sweeps
import Tracking

extension SweepView {
  /// A planned sweep with what the store knows of its runs.
  ///
  /// - Throws: `LabbookError` where the store cannot be read.
  public init(_ plan: SweepPlan, in store: RunStore) throws {
    var query = RunQuery()
    query.keys = plan.runs.map(\.key)
    self.init(plan, try store.runs(query))
    accepted = try plan.acceptedRuns(in: store)
  }

  /// A planned sweep with its runs among `records`, which may hold others too.
  public init(_ plan: SweepPlan, _ records: [RunRecord]) {
    let known = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
    let configurations = plan.configurations.map { Configuration($0, known) }
    let points = zip(plan.configurations, configurations).flatMap { planned, configuration in
      planned.points.map { Point($0, planned, configuration) }
    }
    self.init(
      name: plan.name,
      objective: plan.configurations.first?.configuration.objective
        ?? Objective(.trainLoss, .minimize),
      directions: plan.configurations.first?.configuration.directions, axes: plan.axes,
      configurations: configurations, points: points,
      planned: plan.runs.count + plan.pendingRuns, pending: plan.pending,
      growsFrom: plan.configurations.isEmpty ? plan.source : nil)
  }
}

extension SweepView.Configuration {
  fileprivate init(_ planned: PlannedConfiguration, _ known: [String: RunRecord]) {
    let configuration = planned.configuration
    self.init(
      key: planned.key, label: planned.label, modelName: configuration.modelName,
      members: planned.runs.map {
        SweepView.Member(key: $0.key, seed: $0.seed, fold: $0.fold, record: known[$0.key])
      },
      value: { configuration.value(at: $0) }, load: { configuration })
  }
}

extension SweepView.Point {
  fileprivate init(
    _ point: SweepPoint, _ planned: PlannedConfiguration, _ configuration: SweepView.Configuration
  ) {
    let keys = Set(planned.runs(of: point).map(\.key))
    self.init(
      configuration: configuration, variant: point.variant,
      values: point.values.map { value in
        value.map { SweepView.AxisValue(axis: $0.axis, value: $0.value, display: $0.display) }
      },
      members: configuration.members.filter { keys.contains($0.key) })
  }
}
