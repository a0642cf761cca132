public import Datasets
import NeuralNet
public import Tracking

extension NetworkRun {
  /// The metrics a run measures, in the order of their importance; none where nothing is trained
  /// for lack of a target.
  ///
  /// - Parameter shape: the sizes of its data.
  public func metrics(of shape: DataShape) -> [Metric] {
    guard train.loss != nil else { return [] }
    // Without updates there is only the look at val and test before training.
    var result: [Metric] = isTrained ? [.trainLoss] : []
    if shape.valRows > 0 { result.append(.valLoss) }
    if shape.testRows > 0 { result.append(.testLoss) }
    if shape.classes != nil {
      if isTrained { result.append(.trainAccuracy) }
      if shape.valRows > 0 { result.append(.valAccuracy) }
      if shape.testRows > 0 { result.append(.testAccuracy) }
    }
    let parts = [
      ("train", isTrained ? shape.trainRows : 0), ("val", shape.valRows), ("test", shape.testRows),
    ].filter { $0.1 > 0 }
    if shape.classes != nil {
      for (part, _) in parts { result += train.log.metrics.map { $0.metric(on: part) } }
    }
    if measuresOwnUnits(shape) {
      for (part, _) in parts { result += [.rmse(part), .mae(part), .r2(part)] }
    }
    guard isTrained else { return result }
    if hasPenalty { result.append(.trainObjective) }
    result.append(.learningRate)
    if train.log.gradNorm { result.append(.gradNorm) }
    if train.log.layers { result += layerMetrics(of: shape) }
    if train.log.everyUpdates != nil {
      result.append(.batchLoss)
      if shape.classes != nil { result.append(.batchAccuracy) }
    }
    return result
  }

  /// Whether outputs are numbers to predict, so that errors can be told in the target's own units.
  public func measuresOwnUnits(_ shape: DataShape) -> Bool {
    shape.values != nil && train.loss.map { Losses.targetRange($0) == nil } == true
  }

  /// Whether more than loss and accuracy is measured of the training part.
  public func scoresTraining(_ shape: DataShape) -> Bool {
    measuresOwnUnits(shape) || (shape.classes != nil && !train.log.metrics.isEmpty)
  }

  /// What is measured of every layer and every parameter.
  private func layerMetrics(of shape: DataShape) -> [Metric] {
    guard let graph = try? Graph(layers, input: Shape(shape.featureShape)) else { return [] }
    return graph.layers.flatMap {
      [Metric.activationMean(layer: $0.name), .activationDeviation(layer: $0.name)]
    }
      + graph.parameters.flatMap {
        [Metric.gradientNorm(parameter: $0.name), .smallShare(parameter: $0.name)]
      }
  }

  /// Whether what is made small is more than the loss: an L1 penalty, or an L2 penalty that goes
  /// into the gradient.
  public var hasPenalty: Bool {
    train.l1 > 0 || (train.weightDecay > 0 && !Optimizers.decaysApart(train.optimizer))
  }
}

extension RunConfiguration {
  /// The metrics the run measures as far as they are known before it begins, in the order of their
  /// importance; `nil` for a program, which names them as it goes.
  ///
  /// - Parameter shape: the sizes of a network's data.
  public func metrics(of shape: DataShape) -> [Metric]? { network?.metrics(of: shape) }
}
