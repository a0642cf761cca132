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
    let columns = truth.first?.count ?? 0
    let each = (0..<columns).map { column in
      Self.scores(predicted.map { $0[column] }, truth.map { $0[column] })
    }
    func mean(_ value: ((rmse: Double, mae: Double, r2: Double)) -> Double) -> Double {
      each.reduce(0) { $0 + value($1) } / Double(columns)
    }
    rmse = mean(\.rmse)
    mae = mean(\.mae)
    r2 = mean(\.r2)
  }

  private static func scores(
    _ predicted: [Double], _ truth: [Double]
  ) -> (rmse: Double, mae: Double, r2: Double) {
    let count = Double(truth.count)
    let mean = truth.reduce(0, +) / count
    var (squares, absolutes, distances) = (0.0, 0.0, 0.0)
    for (guess, value) in zip(predicted, truth) {
      squares += (guess - value) * (guess - value)
      absolutes += abs(guess - value)
      distances += (value - mean) * (value - mean)
    }
    let r2 = distances > 0 ? 1 - squares / distances : squares == 0 ? 1 : 0
    return ((squares / count).squareRoot(), absolutes / count, r2)
  }
}

/// Numbers to predict in their own units, ready to be compared with what networks put out.
public struct RegressionScoring: Sendable {
  private let transform: TargetTransform
  private let truth: [[Double]]

  /// Takes the targets of a part; `nil` where it has no numbers to predict.
  public init?(_ rows: Dataset, _ transform: TargetTransform) {
    guard case .values(let values, let width) = rows.targets else { return nil }
    self.transform = transform
    truth = (0..<rows.rows).map { row in
      (0..<width).map {
        transform.undone(Double(values.elements[row * width + $0]), column: $0)
      }
    }
  }

  /// The scores of outputs, row after row.
  public func scores(_ outputs: [Float]) -> RegressionScores {
    let width = truth.first?.count ?? 1
    return RegressionScores(
      predicted: truth.indices.map { row in
        (0..<width).map {
          transform.undone(Double(outputs[row * width + $0]), column: $0)
        }
      }, truth: truth)
  }
}
