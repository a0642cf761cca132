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
  /// `table: confusion`: how often rows of each class were taken for each class, summed over the
  /// runs, and the recall of each class, mean and deviation over the runs.
  func confusion(_ cell: TableCell) throws -> Made {
    let networks = try networks(cell)
    let names = networks.first?.asked.data.classNames ?? []
    let isGrouped = networks.count > 1
    var columns = isGrouped ? [Table.Column(language.key(cell.by?.label ?? "model"))] : []
    columns.append(Table.Column(language(.trueByPredicted)))
    columns += names.map { Table.Column($0) } + [Table.Column(language(.recall), .statistics)]
    var table = Table(columns)
    for (asked, rows) in networks {
      guard asked.data.classNames == names, let truth = RowTargets(rows).classes else {
        throw LabbookError.input("the sweep's networks tell different classes apart")
      }
      let matrices = asked.networks.map { network in
        ConfusionMatrix(names: names, truth: truth, predicted: asked.decisions(network, rows))
      }
      let group = isGrouped ? [Table.Cell.words(asked.title)] : []
      for row in names.indices { table.append(group + Self.cells(row, matrices)) }
      table.append(group + Self.allCells(matrices, language))
    }
    return Made(table: table, note: note(networks.map(\.asked), by: cell.by))
  }

  /// The rows of one class.
  private static func cells(_ row: Int, _ matrices: [ConfusionMatrix]) -> [Table.Cell] {
    let names = matrices.first?.names ?? []
    let counts = names.indices.map { column in
      Table.Cell(.integer(matrices.reduce(0) { $0 + $1.counts[row][column] }))
    }
    let recalls = matrices.compactMap { matrix -> Double? in
      let all = matrix.counts[row].reduce(0, +)
      return all == 0 ? nil : Double(matrix.counts[row][row]) / Double(all)
    }
    return [.words(names[row])] + counts
      + [SeedStatistics(recalls).map(Table.Cell.init(statistics:)) ?? .empty]
  }

  /// How often each class was predicted at all, and the share of rows that were right.
  private static func allCells(_ matrices: [ConfusionMatrix], _ language: Language)
    -> [Table.Cell]
  {
    let names = matrices.first?.names ?? []
    let counts = names.indices.map { column in
      Table.Cell(.integer(matrices.reduce(0) { $0 + $1.counts.reduce(0) { $0 + $1[column] } }))
    }
    let accuracy = SeedStatistics(matrices.map(\.accuracy))
    return [.words(language(.all))] + counts + [
      accuracy.map(Table.Cell.init(statistics:)) ?? .empty
    ]
  }
}

extension AskedNetworks {
  /// The class that a network takes each row for.
  func decisions(_ network: Predictor, _ rows: Dataset) -> [Int] {
    let width = network.outputCount
    let outputs = network.outputs(rows.features, rows: rows.rows)
    let reading = reading(outputs: width)
    return (0..<rows.rows).compactMap { reading.decision(outputs[$0 * width..<($0 + 1) * width]) }
  }
}
