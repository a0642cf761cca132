import Datasets
import Experiments
import Languages
import NeuralNet
import Pictures
import Results
import RunStorage
import Runs
import Terminal
import Tracking

extension NotebookTables {
  /// `table: worst`: the rows whose loss is greatest, by its mean over the runs of the best
  /// configuration.
  func worst(_ cell: TableCell) throws -> Made {
    let networks = try networks(cell)
    let isGrouped = networks.count > 1
    let first = networks.first?.asked.data
    var columns = isGrouped ? [Table.Column(language.key(cell.by?.label ?? "model"))] : []
    columns.append(Table.Column(language(.row)))
    let features = WorstRows.shownFeatures(first)
    columns += features.map { Table.Column($0) }
    let isClass = first?.classNames != nil
    columns.append(Table.Column(language(isClass ? .trueColumn : .target)))
    columns.append(Table.Column(language(.predicted), isClass ? .value : .statistics))
    columns.append(Table.Column(language(.loss), .statistics))
    var table = Table(columns)
    for (asked, rows) in networks {
      let group = isGrouped ? [Table.Cell.words(asked.title)] : []
      let worst = try WorstRows(asked, rows)
      for row in worst.order.prefix(cell.count) {
        table.append(group + worst.cells(row, features: features.count))
      }
    }
    return Made(table: table, note: note(networks.map(\.asked), by: cell.by))
  }
}

/// The rows of a part by what the runs of a configuration lose on them.
struct WorstRows {
  private let rows: Dataset
  private let data: PreparedData
  private let truth: RowTargets
  /// The loss of each row in every run.
  private let losses: [[Double]]
  /// The numbers of each row in every run.
  private let numbers: [[[Double]]]
  /// The rows, the one with the greatest mean loss first.
  let order: [Int]

  /// Features are shown where a row is short.
  static func shownFeatures(_ data: PreparedData?) -> [String] {
    guard let names = data?.shape.columnNames, names.count <= 6 else { return [] }
    return names
  }

  init(_ asked: AskedNetworks, _ rows: Dataset) throws(LabbookError) {
    guard let loss = asked.configuration.resolved(on: asked.data).train.loss else {
      throw .input("networks without a loss have no worst rows")
    }
    self.rows = rows
    data = asked.data
    truth = RowTargets(rows, asked.data.targetTransform)
    var losses: [[Double]] = []
    var numbers: [[[Double]]] = []
    for network in asked.networks {
      let width = network.outputCount
      let outputs = network.outputs(rows.features, rows: rows.rows)
      let reading = asked.reading(outputs: width)
      losses.append(
        try LossMeter(loss, outputs: width)
          .measure(outputs, rows.networkData.targets, rows: rows.rows).each)
      numbers.append(
        (0..<rows.rows).map {
          let numbers = reading.classNumbers(outputs[$0 * width..<($0 + 1) * width])
          return asked.data.classNames != nil
            ? numbers
            : numbers.enumerated().map { asked.data.targetTransform.undone($1, column: $0) }
        })
    }
    self.losses = losses
    self.numbers = numbers
    let means = (0..<rows.rows).map { row in
      losses.reduce(0) { $0 + $1[row] } / Double(losses.count)
    }
    order = means.indices.sorted { a, b in
      if means[a].isNaN != means[b].isNaN { return means[a].isNaN }
      return means[a] == means[b] || means[a].isNaN ? a < b : means[a] > means[b]
    }
  }

  /// A row's number from 1, its features, what it is, what it was taken for, its loss.
  func cells(_ row: Int, features: Int) -> [Table.Cell] {
    var cells = [Table.Cell(.integer(row + 1))]
    let values = rows.row(row)
    cells += (0..<features).map { column in
      .measured(data.transform.denormalized(values[column], column: column))
    }
    cells.append(truth.texts.isEmpty ? .empty : truth.texts[row][0])
    cells.append(predicted(row))
    let loss = SeedStatistics(losses.map { $0[row] })
    cells.append(loss.map(Table.Cell.init(statistics:)) ?? .empty)
    return cells
  }

  /// The class with the greatest mean, or the mean of the predicted numbers.
  private func predicted(_ row: Int) -> Table.Cell {
    let each = numbers.map { $0[row] }
    guard let names = data.classNames else {
      return SeedStatistics(each.compactMap(\.first)).map(Table.Cell.init(statistics:)) ?? .empty
    }
    let means = names.indices.map { index in each.reduce(0) { $0 + $1[index] } }
    let greatest = means.firstIndex(of: means.max() ?? 0) ?? 0
    return .words(names[greatest])
  }
}
