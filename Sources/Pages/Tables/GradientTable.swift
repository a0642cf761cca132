import Experiments
import Languages
import NeuralNet
import Results
import Runs
import Sweeps
import Terminal
import Tracking

extension NotebookTables {
  /// `table: gradcheck`: the modules of every network of the sweep, with the dimensions of their
  /// Jacobians and the largest difference between backpropagation and central differences.
  func gradients() throws -> Made {
    let configurations = try results.configurations.compactMap { try $0.configuration().network }
    let networks = try LoadedNetwork.all(configurations, rows: Self.checkedRows, library)
    var table: Table?
    var wrong: [String] = []
    for network in networks {
      let train = network.configuration.train
      let check = GradientCheck(
        network.graph, loss: train.loss, data: network.rows, initializer: network.initializer,
        seed: train.seed)
      let own = GradientReport(check, language).table
      if !check.isRight { wrong.append(network.configuration.modelName) }
      var whole = table ?? Table([Table.Column(language.key("model"))] + own.columns)
      for row in own.rows { whole.append([.words(network.configuration.modelName)] + row) }
      table = whole
    }
    return Made(
      table: table ?? Table([]),
      note: language(.gradcheckNote, Self.checkedRows),
      wrong: wrong.isEmpty
        ? nil : language(.wrongGradients, wrong.joined(separator: ", ")))
  }

  /// Rows of the batch that is checked.
  private static let checkedRows = 5
}
