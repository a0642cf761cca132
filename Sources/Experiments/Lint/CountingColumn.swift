import Datasets
import Runs
import Tracking

/// A number that counts the rows in the order of the file.
enum CountingColumn: LintRule {
  static let name = "counting-column"
  static let reason =
    "the number of a row says where it stands in the file and nothing of what it is; new rows have "
    + "numbers that no row had"

  private static let fewestRows = 20

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      guard let network = members.first?.network, network.data.source.name == "csv",
        !network.data.split.isOrdered, let data = experiment.data(of: network),
        data.train.rows >= fewestRows
      else { return nil }
      let all = data.train.rows + (data.val?.rows ?? 0) + (data.test?.rows ?? 0)
      guard
        let column = data.train.columnNames.indices.first(where: {
          data.train.countsRows(column: $0, of: all)
        })
      else { return nil }
      let name = data.train.columnNames[column]
      return Finding(
        mark: experiment.mark(ofData: "features"),
        message: "'\(name)' counts the rows of the file",
        fix:
          "write data: {id: \(name)}, which predict carries through, or drop: [\(name)]; where it "
          + "is time, split: {order: true} judges by what comes later")
    }
  }
}
