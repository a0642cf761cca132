import FileLanguage
import Runs
import Tracking

/// Makes the configuration of a run that an outside program trains.
struct ProgramCheck {
  let tree: FileTree
  let problems: SpecProblems

  /// The configuration; `nil` where the file does not say by what the program is judged, which is
  /// reported.
  func configuration(_ program: ProgramRun, at mark: Mark) -> RunConfiguration? {
    guard let objective = Objective.written(in: tree) else {
      problems.report(
        mark, "nothing says by which of its metrics a program is judged",
        ["write objective: {maximize: val/accuracy}, or {minimize: val/loss}"])
      return nil
    }
    var configuration = RunConfiguration(
      .program(program), objective: objective, hyperparameters: hyperparameters(program))
    configuration.directions = MetricDirections.written(in: tree)
    return configuration
  }

  private func hyperparameters(_ program: ProgramRun) -> [Hyperparameter] {
    [Hyperparameter("train.command", .text(program.name))]
      + program.environment.sorted { $0.key < $1.key }.map {
        Hyperparameter("train.env.\($0)", .text($1))
      }
      + program.parameters.byName.map { Hyperparameter("train.params.\($0)", $1) }
      + [Hyperparameter("train.seed", .integer(program.seed))]
  }
}

extension Objective {
  /// The objective that a file names; `nil` where it names none.
  static func written(in tree: FileTree) -> Objective? {
    guard let node = tree.root["objective"] else { return nil }
    if let metric = node["maximize"]?.text { return Objective(Metric(metric), .maximize) }
    if let metric = node["minimize"]?.text { return Objective(Metric(metric), .minimize) }
    return nil
  }
}

extension MetricDirections {
  /// What a file says of metrics whose names say nothing; `nil` where it says nothing.
  static func written(in tree: FileTree) -> MetricDirections? {
    guard let node = tree.root["directions"] else { return nil }
    func metrics(_ key: String) -> [Metric] {
      (node[key]?.items ?? []).compactMap { $0.text.map { Metric($0) } }
    }
    return MetricDirections(maximize: metrics("maximize"), minimize: metrics("minimize"))
  }
}
