public import Experiments
import FileLanguage
public import RunStorage
import Runs
import Tracking

extension SweepView {
  /// A notebook's sweep of runs that the store has, by the name that it has there.
  ///
  /// - Throws: `LabbookError` where the store has no such sweep, or no such runs; where its condition is wrong.
  public init(_ stored: StoredSweep, in store: RunStore) throws {
    let name = SweepName(experiment: stored.experiment, sweep: stored.sweep)
    let known = try store.sweepNames()
    guard known.contains(name) else {
      let near = nearestName(to: stored.source, among: known.map(\.description))
      throw LabbookError.input(
        "there is no sweep '\(stored.source)' in \(store.path)"
          + (near.map { "; did you mean '\($0)'?" } ?? ""), hint: "`labbook experiments` lists them"
      )
    }
    let view: SweepView
    do {
      let filter = try stored.condition.map { try RunFilter(Formula($0.text), in: store) }
      view = try SweepView(name, in: store, where: filter)
    } catch let error as FormulaError {
      throw LabbookError.input("where: \(error.message)", hint: error.hint)
    }
    self.init(
      name: stored.name, objective: view.objective, directions: view.directions, axes: view.axes,
      configurations: view.configurations, points: view.points, planned: view.planned,
      former: view.former)
  }

  /// A notebook's sweep of which the store has nothing.
  package init(without stored: StoredSweep) {
    self.init(
      name: stored.name, objective: Objective(Metric(""), .minimize), axes: [], configurations: [],
      points: [], planned: 0)
  }
}
