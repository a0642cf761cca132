public import Datasets
import Experiments
import NeuralNet
public import RunStorage
public import Runs
import Terminal
import Tracking

/// What the seeds of one configuration say about rows together: mean and sample deviation.
///
/// Classes are decided by the mean of the members' numbers.
public struct EnsemblePrediction {
  private let sweep: String
  private let by: String?
  private let groups: [Group]
  private let input: InputRows
  private var rows: Dataset { input.dataset }
  private let inputs: RunInputs
  /// What people should know of how the members were chosen.
  public let remarks: [String]

  private struct Group {
    let name: String
    let answers: [NetworkAnswers]
  }

  /// A configuration's runs under the name of its group.
  package struct Member {
    package let name: String
    package let runs: [RunRecord]
  }

  /// Asks every group of a sweep: of each value of `key` the best configuration by the objective, or the
  /// best of all where there is no key.
  ///
  /// - Parameter read: reads the rows as the networks' data was treated.
  /// - Throws: `LabbookError` where a group has no trained run, or groups need rows of other kinds.
  public init(
    _ view: SweepView, by key: SweepKey?, best: Bool, in store: RunStore,
    rows read: (RunInputs) throws -> InputRows
  ) throws {
    var remarks: [String] = []
    let members = try view.ensembles(by: key, &remarks)
    try self.init(
      members, of: view.name, by: key?.label, remarks: remarks, best: best, in: store, rows: read)
  }

  /// Asks the networks of some runs together, group by group.
  ///
  /// - Parameter key: what tells groups apart; `nil` where that is the configuration alone.
  /// - Throws: `LabbookError` where no group has a trained run, or groups need rows of other kinds.
  init(
    _ members: [Member], of sweep: String, by key: String?, remarks: [String], best: Bool,
    in store: RunStore, rows read: (RunInputs) throws -> InputRows
  ) throws {
    var remarks = remarks
    var groups: [Group] = []
    var known: (inputs: RunInputs, rows: InputRows)?
    for member in members {
      let networks = try member.runs.map { try TrainedNetwork($0, best: best, in: store) }
      var answers: [NetworkAnswers] = []
      for network in networks {
        if known?.inputs != network.inputs {
          if let first = known?.inputs, !first.hasSameTargets(as: network.inputs) {
            throw LabbookError.input("the sweep's runs predict different things")
          }
          known = (network.inputs, try read(network.inputs))
        }
        guard let rows = known?.rows else { continue }
        answers.append(try NetworkAnswers(network, rows.dataset))
      }
      if networks.count == 1 {
        remarks.append("'\(member.name)' has one seed only, so there is no deviation")
      }
      groups.append(Group(name: member.name, answers: answers))
    }
    guard let known else {
      throw LabbookError.failure(
        "no run of the sweep '\(sweep)' has ended",
        hint: "`labbook run FILE` trains them")
    }
    self.groups = groups
    self.remarks = remarks + known.rows.remarks
    self.sweep = sweep
    by = groups.count > 1 || key != nil ? key ?? "configuration" : nil
    input = known.rows
    inputs = known.inputs
  }

  /// The predictions, and how right they are where the rows have their targets.
  public func report() -> PredictionReport {
    let truth = RowTargets(input, inputs)
    var metrics: [(name: String, value: Double)] = []
    var confusions: [(name: String, matrix: ConfusionMatrix)] = []
    var columns = by.map { [Table.Column($0)] } ?? []
    columns.append(Table.Column("row"))
    if input.ids != nil { columns.append(Table.Column(input.idName)) }
    if inputs.classNames != nil { columns.append(Table.Column("class")) }
    let names = groups.first?.answers.first?.columnNames(inputs) ?? []
    columns += names.map { Table.Column($0, .statistics) }
    columns += truth.columnNames.map { Table.Column($0) }
    var table = Table(columns)
    for group in groups {
      let mean = EnsembleMean(group.answers)
      append(group, mean, truth, &table)
      let suffix = by == nil ? "" : " (\(group.name))"
      if let classes = truth.classes, let names = inputs.classNames {
        let matrix = ConfusionMatrix(
          names: names, truth: classes,
          predicted: truth.places.map { mean.classes[$0] })
        metrics.append(("accuracy" + suffix, matrix.accuracy))
        confusions.append((by == nil ? "" : group.name, matrix))
      } else if let values = truth.values {
        metrics.append(("squared error" + suffix, mean.squaredError(values, at: truth.places)))
        let scores = RegressionScores(
          predicted: truth.places.map { mean.statistics[$0].map(\.mean) }, truth: values)
        metrics += [("rmse", scores.rmse), ("mae", scores.mae), ("r2", scores.r2)].map {
          ($0 + suffix, $1)
        }
      }
    }
    return PredictionReport(
      subject: ("sweep", sweep), table: table, metrics: metrics, confusions: confusions)
  }

  private func append(
    _ group: Group, _ mean: EnsembleMean, _ truth: RowTargets, _ table: inout Table
  ) {
    for row in 0..<rows.rows {
      var cells: [Table.Cell] = by == nil ? [] : [.words(group.name)]
      cells.append(Table.Cell(.integer(row + 1)))
      if let ids = input.ids { cells.append(.words(ids[row])) }
      if let names = inputs.classNames { cells.append(.words(names[mean.classes[row]])) }
      cells += mean.statistics[row].map(Table.Cell.init(statistics:))
      if !truth.texts.isEmpty { cells += truth.texts[row] }
      table.append(cells)
    }
  }
}

/// Mean and deviation over the members of an ensemble, row by row.
private struct EnsembleMean {
  /// For each row one entry a number.
  let statistics: [[SeedStatistics]]
  /// The class with the greatest mean; empty where the target is no class.
  let classes: [Int]

  init(_ answers: [NetworkAnswers]) {
    let first = answers.first?.numbers ?? []
    statistics = first.indices.map { row in
      first[row].indices.compactMap { column in
        SeedStatistics(answers.map { $0.numbers[row][column] })
      }
    }
    let hasClasses = answers.first.map { !$0.classes.isEmpty } ?? false
    classes =
      !hasClasses
      ? []
      : statistics.map { row in
        let means = row.map(\.mean)
        return means.firstIndex(of: means.max() ?? 0) ?? 0
      }
  }

  /// The mean over rows and values.
  func squaredError(_ values: [[Double]], at places: [Int]) -> Double {
    let errors = zip(places, values).flatMap { row, values in
      zip(statistics[row], values).map { ($0.mean - $1) * ($0.mean - $1) }
    }
    return errors.reduce(0, +) / Double(errors.count)
  }
}

extension RunInputs {
  fileprivate func hasSameTargets(as other: RunInputs) -> Bool {
    classNames == other.classNames && valueNames == other.valueNames
  }
}

extension SweepView {
  /// The trained runs of every group: those of the best configuration of each value of a key, or of all.
  package func ensembles(
    by key: SweepKey?, _ remarks: inout [String]
  ) throws -> [EnsemblePrediction.Member] {
    // Without a key the best configuration answers for the sweep, so that each row is answered once.
    let groups = key.map { self.groups(by: $0) } ?? [Group(name: name, value: nil, points: points)]
    var members: [EnsemblePrediction.Member] = []
    for group in groups {
      let points = group.points.filter { point in point.runs.contains { $0.status.isResult } }
      let metric = objective.metric
      guard let best = try ranked(points, by: metric, .best).first else { continue }
      if points.count > 1 {
        remarks.append(
          "'\(group.name)' has \(points.count) configurations; asked is the best by "
            + "\(metric): \(best.configuration.label)")
      }
      let bad = best.runs.badWords()
      if !bad.isEmpty { remarks.append("'\(group.name)': \(bad), left out") }
      members.append(
        EnsemblePrediction.Member(
          name: group.name,
          runs: best.runs.filter { $0.status == .completed || $0.status == .stopped }))
    }
    return members.filter { !$0.runs.isEmpty }
  }
}
