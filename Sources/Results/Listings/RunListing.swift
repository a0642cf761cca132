public import Languages
public import RunStorage
public import Terminal
public import Tracking

/// The runs of a store as a table: `labbook runs`.
///
/// People see what differs between the runs and how they ended; programs get every parameter and
/// every metric.
public struct RunListing {
  private let runs: [RunRecord]
  private let isForPeople: Bool
  private let isWhole: Bool
  private let fields: Fields?

  /// What the columns of a long list are, of which only a part is at hand.
  public struct Fields: Sendable {
    let paths: [String]
    let metrics: [Metric]
    let hasFolds: Bool
    let hasNames: Bool

    /// Names the parameters and metrics of all runs, and says whether some were trained on folds, and
    /// whether some have a name that a program gave them.
    public init(paths: [String], metrics: [Metric], hasFolds: Bool, hasNames: Bool) {
      (self.paths, self.metrics) = (paths, metrics)
      (self.hasFolds, self.hasNames) = (hasFolds, hasNames)
    }
  }

  /// Lists `runs` in their order.
  ///
  /// - Parameter isWhole: whether people, too, get every column, for them to choose from.
  public init(_ runs: [RunRecord], for format: TableFormat, isWhole: Bool = false) {
    self.runs = runs
    isForPeople = format == .table
    self.isWhole = isWhole || !isForPeople
    fields = nil
  }

  /// Lists a part of a long list for programs, under the columns of the whole.
  public init(_ runs: [RunRecord], _ fields: Fields, for format: TableFormat) {
    self.runs = runs
    isForPeople = format == .table
    isWhole = true
    self.fields = fields
  }

  /// A row a run.
  public var table: Table {
    let paths = parameterPaths
    let metrics = metrics
    let hasSweeps = isWhole || Set(runs.map(\.sweep)).count > 1
    let hasNames = fields?.hasNames ?? runs.contains { $0.name != nil }
    var columns = [Table.Column("run")]
    if hasNames { columns.append(Table.Column(RunRecord.nameColumn, rank: 3)) }
    if hasSweeps { columns += ["experiment", "sweep"].map { Table.Column($0, rank: 4) } }
    columns += [Table.Column("status"), Table.Column("seed", rank: 2)]
    let hasFolds = fields?.hasFolds ?? runs.contains { $0.fold != nil }
    if hasFolds { columns.append(Table.Column("fold", rank: 2)) }
    columns += paths.map { Table.Column(isForPeople ? shortPath($0) : $0) }
    columns += metrics.map { Table.Column($0.name, rank: rank($0)) }
    columns += [Table.Column("last_epoch", rank: 6), Table.Column("duration_s", rank: 5)]
    let hasTags = isWhole || runs.contains { !$0.tags.isEmpty }
    let hasNotes = isWhole || runs.contains { $0.note != nil }
    let hasMessages = isWhole || runs.contains { $0.message != nil }
    if hasTags { columns.append(Table.Column("tags", rank: 4)) }
    if hasNotes { columns.append(Table.Column("note", rank: 4)) }
    if hasMessages { columns.append(Table.Column("message", rank: 1)) }
    if isWhole { columns += [Table.Column("key"), Table.Column("created_at")] }

    var table = Table(columns)
    for run in runs {
      var cells = [Table.Cell.words(isForPeople ? run.id.short : run.id.description)]
      if hasNames { cells.append(run.name.map { .words($0) } ?? .empty) }
      if hasSweeps { cells += [.words(run.sweep.experiment), .words(run.sweep.sweep)] }
      cells += [.words(run.status.rawValue), Table.Cell(.integer(run.seed))]
      if hasFolds { cells.append(run.fold.map { Table.Cell(.integer($0)) } ?? .empty) }
      cells += paths.map { Table.Cell(run.parameters[$0] ?? .off) }
      cells += metrics.map { cell(run.value(of: $0, .last)) }
      cells.append(run.epoch.map { Table.Cell(.integer($0)) } ?? .empty)
      cells.append(cell(run.durationSeconds))
      if hasTags { cells.append(tags(run)) }
      if hasNotes { cells.append(note(run)) }
      if hasMessages { cells.append(message(run)) }
      if isWhole { cells += [.words(run.key), .words(run.createdAt)] }
      table.append(cells)
    }
    return table
  }

  /// A row a configuration: mean, deviation and number over its seeds.
  ///
  /// - Parameter order: the configurations in the order of their rows.
  public func tableByConfiguration(_ order: [String]) -> Table {
    let paths = parameterPaths
    let metrics = metrics
    var columns = [Table.Column("configuration"), Table.Column("runs")]
    columns += paths.map { Table.Column(isForPeople ? shortPath($0) : $0) }
    columns += metrics.map { Table.Column($0.name, .statistics, rank: rank($0)) }
    columns.append(Table.Column("not completed"))
    var table = Table(columns)
    let groups = Dictionary(
      runs.groupedByConfiguration().map { ($0.runs[0].configuration, $0) },
      uniquingKeysWith: { first, _ in first })
    for configuration in order {
      guard let group = groups[configuration] else { continue }
      var cells = [
        Table.Cell.words(isForPeople ? String(configuration.prefix(8)) : configuration),
        Table.Cell(.integer(group.runs.count)),
      ]
      cells += paths.map { Table.Cell(group.runs[0].parameters[$0] ?? .off) }
      cells += metrics.map { metric in
        group.statistics(of: metric, .last).map(Table.Cell.init(statistics:)) ?? .empty
      }
      cells.append(.words(group.runs.unfinishedWords()))
      table.append(cells)
    }
    return table
  }

  private var parameterPaths: [String] {
    if let fields { return fields.paths }
    return !isWhole
      ? runs.differingPaths
      : runs.paths.subtracting(RunRecord.replicatePaths).sorted()
  }

  private var metrics: [Metric] {
    if let fields { return fields.metrics }
    let measured = runs.measured
    guard !isWhole else { return measured }
    return ShownMetrics.of(Set(measured), objectives: runs.lazy.map(\.objective.metric))
  }

  private func tags(_ run: RunRecord) -> Table.Cell {
    run.tags.isEmpty ? .empty : .words(run.tags.joined(separator: ", "))
  }

  /// People see a note's first line.
  private func note(_ run: RunRecord) -> Table.Cell {
    guard let note = run.note else { return .empty }
    return .words(isForPeople ? String(note.split(separator: "\n").first ?? "") : note)
  }

  /// Why the run ended as it did; people see the first line.
  private func message(_ run: RunRecord) -> Table.Cell {
    guard let message = run.message else { return .empty }
    return .words(isForPeople ? String(message.split(separator: "\n").first ?? "") : message)
  }

  /// The objective stays longer than other metrics.
  private func rank(_ metric: Metric) -> Int {
    runs.contains { $0.objective.metric == metric } ? 0 : 3
  }

  private func cell(_ value: Double?) -> Table.Cell {
    guard let value else { return .empty }
    return Table.Cell(.number(value), text: SeedStatistics.text(value))
  }
}

/// A path as people know it: without the `train.` that a bare key stands for.
public func shortPath(_ path: String) -> String {
  path.hasPrefix("train.") ? String(path.dropFirst("train.".count)) : path
}

extension Table.Cell {
  /// A number with its deviation and count over seeds, as people and programs read it.
  public init(statistics: SeedStatistics) { self.init(statistics: statistics, .english) }

  /// The same with words in a language.
  public init(statistics: SeedStatistics, _ language: Language) {
    self = .statistics(
      mean: statistics.mean, deviation: statistics.deviation, count: statistics.count,
      text: statistics.words(language))
  }
}
