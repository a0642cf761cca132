public import Datasets
public import Experiments
public import RunStorage
import Runs
public import Sweeps
import Tracking

/// The configuration in the first row of an experiment's best table, which stands for the whole file
/// where one is asked.
public struct BestOfFile {
  /// The configuration with its runs.
  public let configuration: SweepView.Configuration
  /// Whether the weights of the epoch that the objective chose are meant, as the table shows it, instead
  /// of the last ones.
  public let usesBestEpoch: Bool
  /// Which one it is and why, as a sentence.
  public let remark: String
  private let view: SweepView

  /// Finds it: of the first table `best`; of a file without one as if its last sweep had one.
  ///
  /// - Throws: `LabbookError` where no run has ended, or nobody has said which way the table's metric
  ///   is better.
  public init(_ experiment: Experiment, _ plan: RunPlan, in store: RunStore) throws {
    let cell = Self.cell(experiment)
    guard let cell, let sweep = plan[cell.sweep] else {
      throw LabbookError.input("\(experiment.file) has no sweep that could be asked")
    }
    view = try SweepView(sweep, in: store)
    guard let first = try view.firstRow(of: cell) else {
      throw LabbookError.failure(
        "no run of the sweep '\(view.name)' of \(experiment.file) has ended",
        hint: "`labbook run \(experiment.file)` trains them")
    }
    configuration = first
    usesBestEpoch = cell.value == .best
    let metric = cell.metric ?? view.objective.metric
    let value = first.group.statistics(of: metric, cell.value).map { " \($0)" } ?? ""
    let runs = Self.asked(first).count
    remark =
      "asked is \(first.label) of the sweep '\(view.name)', the first row of its best table: "
      + "\(metric)\(value); the mean of \(runs) run\(runs == 1 ? "" : "s"), each as of "
      + (usesBestEpoch ? "the epoch that its objective chose" : "its last epoch")
      + (view.missing > 0 ? "; \(view.missing) of \(view.planned) runs have no result yet" : "")
  }

  private static func cell(_ experiment: Experiment) -> TableCell? {
    for case .table(let cell) in experiment.cells where cell.kind == .best { return cell }
    return experiment.sweeps.last.map { sweep in
      TableCell(
        kind: .best, sweep: sweep.name, metric: nil, show: [], by: nil, value: .best, title: nil,
        mark: sweep.mark)
    }
  }

  private static func asked(_ configuration: SweepView.Configuration) -> [RunRecord] {
    configuration.runs.filter { $0.status == .completed || $0.status == .stopped }
  }

  /// Asks all of its runs about rows.
  ///
  /// - Parameter read: reads the rows as the networks' data was treated.
  /// - Throws: `LabbookError` where no run keeps its network.
  public func prediction(
    in store: RunStore, rows read: (RunInputs) throws -> InputRows
  ) throws -> EnsemblePrediction {
    var remarks = [remark]
    let bad = configuration.runs.badWords()
    if !bad.isEmpty { remarks.append("\(bad), left out") }
    let members = [
      EnsemblePrediction.Member(name: configuration.label, runs: Self.asked(configuration))
    ].filter { !$0.runs.isEmpty }
    return try EnsemblePrediction(
      members, of: view.name, by: nil, remarks: remarks, best: usesBestEpoch, in: store, rows: read)
  }
}
