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

  /// Lists `runs` in their order.
  public init(_ runs: [RunRecord], for format: TableFormat) {
    self.runs = runs
    isForPeople = format == .table
  }

  /// A row a run.
  public var table: Table {
    let paths = parameterPaths
    let metrics = metrics
    let hasSweeps = !isForPeople || Set(runs.map(\.sweep)).count > 1
    var columns = [Table.Column("run")]
    if hasSweeps { columns += [Table.Column("experiment"), Table.Column("sweep")] }
    columns += [Table.Column("status"), Table.Column("seed")]
    let hasFolds = runs.contains { $0.fold != nil }
    if hasFolds { columns.append(Table.Column("fold")) }
    columns += paths.map { Table.Column(isForPeople ? shortPath($0) : $0) }
    columns += metrics.map { Table.Column($0.name) }
    columns += [Table.Column("last_epoch"), Table.Column("duration_s")]
    let hasTags = !isForPeople || runs.contains { !$0.tags.isEmpty }
    let hasNotes = !isForPeople || runs.contains { $0.note != nil }
    if hasTags { columns.append(Table.Column("tags")) }
    if hasNotes { columns.append(Table.Column("note")) }
    if !isForPeople { columns += [Table.Column("key"), Table.Column("created_at")] }

    var table = Table(columns)
    for run in runs {
      var cells = [Table.Cell.words(isForPeople ? run.id.short : run.id.description)]
      if hasSweeps { cells += [.words(run.sweep.experiment), .words(run.sweep.sweep)] }
      cells += [.words(run.status.rawValue), Table.Cell(.integer(run.seed))]
      if hasFolds { cells.append(run.fold.map { Table.Cell(.integer($0)) } ?? .empty) }
      cells += paths.map { Table.Cell(run.parameters[$0] ?? .off) }
      cells += metrics.map { cell(run.value(of: $0, .last)) }
      cells.append(run.epoch.map { Table.Cell(.integer($0)) } ?? .empty)
      cells.append(cell(run.durationSeconds))
      if hasTags { cells.append(tags(run)) }
      if hasNotes { cells.append(note(run)) }
      if !isForPeople { cells += [.words(run.key), .words(run.createdAt)] }
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
    columns += metrics.map { Table.Column($0.name, .statistics) }
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
    isForPeople
      ? runs.differingPaths
      : Set(runs.flatMap { $0.parameters.keys }).subtracting(RunRecord.replicatePaths).sorted()
  }

  private var metrics: [Metric] {
    let measured = Set(runs.flatMap { $0.metrics.keys })
    guard isForPeople else { return measured.sorted { $0.name < $1.name } }
    return ShownMetrics.of(measured, objectives: runs.lazy.map(\.objective.metric))
  }

  private func tags(_ run: RunRecord) -> Table.Cell {
    run.tags.isEmpty ? .empty : .words(run.tags.joined(separator: ", "))
  }

  /// People see a note's first line.
  private func note(_ run: RunRecord) -> Table.Cell {
    guard let note = run.note else { return .empty }
    return .words(isForPeople ? String(note.split(separator: "\n").first ?? "") : note)
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
