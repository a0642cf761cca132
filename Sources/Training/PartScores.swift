import Datasets
import NeuralNet
import Runs
import TensorKernels
import Tracking

/// What is measured of a part's outputs beside loss and accuracy: errors in the target's own units, and
/// what is asked of classes.
struct PartScores {
  private let part: String
  private let regression: RegressionScoring?
  private let classes: (truth: SharedArray<Int32>, count: Int)?
  private let metrics: [TrainConfiguration.ClassMetric]
  private let loss: Chosen?

  /// `nil` where nothing is measured.
  init?(_ part: String, _ rows: Dataset, of data: PreparedData, _ run: NetworkRun) {
    self.part = part
    loss = run.train.loss
    metrics = run.train.log.metrics
    regression =
      run.measuresOwnUnits(data.shape) ? RegressionScoring(rows, data.targetTransform) : nil
    if !metrics.isEmpty, case .classes(let labels, let names) = rows.targets {
      classes = (labels, names.count)
    } else {
      classes = nil
    }
    guard regression != nil || classes != nil else { return nil }
  }

  /// Measures outputs, row after row.
  ///
  /// - Parameter order: which row each row of outputs belongs to; `nil` for as they came.
  func values(_ outputs: [Float], rows: Int, order: RowOrder? = nil) -> [(Metric, Double)] {
    if let regression {
      let scores = regression.scores(outputs, order: order)
      return [(.rmse(part), scores.rmse), (.mae(part), scores.mae), (.r2(part), scores.r2)]
    }
    guard let classes else { return [] }
    guard rows > 0 else { return [] }
    let width = outputs.count / rows
    let each = (0..<rows).map { outputs[$0 * width..<($0 + 1) * width] }
    return measure(each, width, (0..<rows).map { Int(classes.truth[order?[$0] ?? $0]) })
  }

  private func measure(
    _ rows: [ArraySlice<Float>], _ width: Int, _ truth: [Int]
  ) -> [(Metric, Double)] {
    let count = classes?.count ?? 0
    let reading = OutputReading(loss: loss, classes: count, outputs: width)
    let scores = ClassScores(
      predicted: rows.map { reading.decision($0) ?? 0 }, truth: truth, classes: count)
    return metrics.map { metric in
      let value =
        switch metric {
        case .balancedAccuracy: scores.balancedAccuracy
        case .f1: scores.f1
        // Of one output it is the score, of two the second's lead.
        case .auc:
          ClassScores.areaUnderCurve(
            scores: rows.map { row in
              Double(row[row.endIndex - 1]) - (width == 1 ? 0 : Double(row[row.startIndex]))
            }, truth: truth)
        }
      return (metric.metric(on: part), value)
    }
  }
}
