import Experiments
import Languages
import NeuralNet
import Results
import Runs
import Terminal
import Tracking

extension NotebookTables {
  /// `table: step`: the first update of a network on a few rows: every weight with its gradient, the
  /// terms that penalties and clipping add, what the optimizer keeps, and what comes after.
  func step(_ cell: TableCell) throws -> Made {
    let chosen =
      results.configurations.first { cell.model == nil || $0.modelName == cell.model }
    guard let network = try chosen?.configuration().network(for: "table: step") else {
      throw LabbookError.input("no run has the model '\(cell.model ?? "")'")
    }
    let walk = try StepWalk(
      network, rows: cell.rows.isEmpty ? nil : cell.rows, updates: 1, library)
    guard let step = walk.steps.first else { return Made(table: Table([])) }
    let parts = step.trace.tensors.first?.shownParts.map(\.name) ?? []
    var table = Table(
      [Table.Column(language(.weight))] + parts.map { Table.Column(language.stepPart($0)) })
    var count = 0
    for tensor in step.trace.tensors {
      for place in tensor.before.indices {
        count += 1
        guard count <= Self.mostWeights else { continue }
        let numbers = tensor.shownParts.map { $0.numbers[place] }
        table.append(
          [.words(tensor.title(of: place))]
            + numbers.map { Table.Cell(.number($0), text: SeedStatistics.text($0)) })
      }
    }
    var notes = [walk.rowNote(language), walk.updateNote(language)]
    if count > Self.mostWeights {
      notes.append(language(.firstWeights, Self.mostWeights, count))
    }
    return Made(table: table, note: notes.joined(separator: " "))
  }

  /// As many weights are listed.
  private static let mostWeights = 60
}

extension StepTrace.Tensor {
  /// The name of one number, `0.weight[1, 0]`.
  fileprivate func title(of place: Int) -> String {
    var rest = place
    var indices: [Int] = []
    for size in shape.sizes.reversed() {
      indices.insert(rest % size, at: 0)
      rest /= size
    }
    return "\(name)[\(indices.map(String.init).joined(separator: ", "))]"
  }
}
