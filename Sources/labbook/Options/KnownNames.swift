import RunStorage
import Tracking

extension RunStore {
  /// Checks what `--experiment` and `--sweep` name.
  ///
  /// A name that the store does not know is a slip, not an empty answer.
  func checkNames(experiment: String?, sweep: String?) throws {
    if experiment == nil, sweep == nil { return }
    let known = try sweepNames()
    let experiments = known.map(\.experiment)
    if let experiment, !experiments.contains(experiment) {
      throw unknown("--experiment: there is no experiment", experiment, among: experiments)
    }
    let sweeps = known.filter { $0.experiment == experiment ?? $0.experiment }.map(\.sweep)
    if let sweep, !sweeps.contains(sweep) {
      throw unknown("--sweep: there is no sweep", sweep, among: sweeps)
    }
  }

  private func unknown(_ what: String, _ name: String, among names: [String]) -> LabbookError {
    let near = nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
    return .input(
      "\(what) '\(name)' in \(path).",
      hint: near ?? "`labbook experiments` lists them.")
  }
}

extension RunStore {
  /// The one sweep of a name.
  ///
  /// - Throws: `LabbookError` where there is none, or several experiments have one.
  func sweep(named sweep: String, of experiment: String?) throws -> SweepName {
    try checkNames(experiment: experiment, sweep: sweep)
    let found = try sweepNames()
      .filter { $0.sweep == sweep && $0.experiment == experiment ?? $0.experiment }
    guard let name = found.first, found.count == 1 else {
      throw LabbookError.input(
        "the sweep '\(sweep)' is in several experiments: "
          + found.map(\.experiment).joined(separator: ", "),
        hint: "say which with --experiment")
    }
    return name
  }
}
