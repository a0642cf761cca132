import Datasets
import FileLanguage
import NeuralNet
import Runs
import Tracking

/// Every batch has as many rows as the network needs: two where batch-norm takes means over rows.
enum BatchHasRows {
  static func check(
    _ draft: RunDraft, _ graph: Graph, _ train: TrainConfiguration, _ shape: DataShape,
    _ problems: SpecProblems
  ) {
    let least = graph.leastBatchRows
    let rows = shape.trainRows
    if least < 2 || rows == 0 || train.duration == .epochs(0) || train.duration == .steps(0) {
      return
    }
    let batch = RunLength(train, trainRows: rows).batchRows
    let last = rows % batch == 0 ? batch : rows % batch
    guard min(batch, last) < least else { return }
    let mark = draft.mark("batch_size") ?? draft.network.draft.mark
    let which = batch < least ? "every batch" : "the last batch of the \(rows) training rows"
    problems.report(
      mark,
      "\(which) has \(last == 1 ? "one row" : "\(last) rows"), but batch-norm needs at least \(least)",
      ["choose another batch_size"])
  }
}
