public import NeuralNet
import TensorKernels

/// How far predictions are from numbers, in the numbers' own units; of several targets the mean of each
/// one's.
public struct RegressionScores: Hashable, Sendable {
  /// Root of the mean squared error.
  public let rmse: Double
  /// Mean absolute error.
  public let mae: Double
  /// 1 - squared errors / squared distances from the mean; of a target that is constant 1 where every
  /// prediction is right, else 0, as in scikit-learn.
  public let r2: Double

  /// Compares row by row, one value a target in each.
  public init(predicted: [[Double]], truth: [[Double]]) {
    self.init(
      rows: truth.count, columns: truth.first?.count ?? 0,
      guess: { predicted[$0][$1] }, truth: { truth[$0][$1] })
  }

  /// Compares what two functions say of a row and a target.
  init(
    rows: Int, columns: Int, guess: (Int, Int) -> Double, truth: (Int, Int) -> Double
  ) {
    let each = (0..<columns).map { column in
      Self.scores(rows, { guess($0, column) }, { truth($0, column) })
    }
    func mean(_ value: ((rmse: Double, mae: Double, r2: Double)) -> Double) -> Double {
      each.reduce(0) { $0 + value($1) } / Double(columns)
    }
    rmse = mean(\.rmse)
    mae = mean(\.mae)
    r2 = mean(\.r2)
  }

  private static func scores(
    _ rows: Int, _ guess: (Int) -> Double, _ truth: (Int) -> Double
  ) -> (rmse: Double, mae: Double, r2: Double) {
    let count = Double(rows)
    let mean = (0..<rows).reduce(0) { $0 + truth($1) } / count
    var (squares, absolutes, distances) = (0.0, 0.0, 0.0)
    for row in 0..<rows {
      let value = truth(row)
      let error = guess(row) - value
      squares += error * error
      absolutes += abs(error)
      distances += (value - mean) * (value - mean)
    }
    let r2 = distances > 0 ? 1 - squares / distances : squares == 0 ? 1 : 0
    return ((squares / count).squareRoot(), absolutes / count, r2)
  }
}

/// Numbers to predict in their own units, ready to be compared with what networks put out.
public struct RegressionScoring: Sendable {
  private let transform: TargetTransform
  private let values: SharedArray<Float>
  private let width: Int

  /// Takes the targets of a part; `nil` where it has no numbers to predict.
  public init?(_ rows: Dataset, _ transform: TargetTransform) {
    guard case .values(let values, let width) = rows.targets else { return nil }
    self.transform = transform
    self.values = values
    self.width = width
  }

  /// The scores of outputs, row after row.
  ///
  /// - Parameter order: which row each row of outputs belongs to; `nil` for as they came.
  public func scores(_ outputs: [Float], order: RowOrder? = nil) -> RegressionScores {
    RegressionScores(
      rows: outputs.count / max(1, width), columns: width,
      guess: { transform.undone(Double(outputs[$0 * width + $1]), column: $1) },
      truth: {
        transform.undone(Double(values[(order?[$0] ?? $0) * width + $1]), column: $1)
      })
  }
}
