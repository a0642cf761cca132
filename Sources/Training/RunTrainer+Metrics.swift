import Datasets
import Foundation
import NeuralNet
import Runs
import TensorKernels
import Tracking

/// A part of the data that judges every epoch, with the metrics it gives.
struct EvaluatedPart {
  let data: NetworkData
  let loss: Metric
  /// `nil` where the targets are no classes.
  let accuracy: Metric?
  /// The part's name and targets, where errors are told in their own units; `nil` elsewhere.
  let regression: (name: String, scores: RegressionScoring)?
  /// The part's name and classes, where more than accuracy is asked of them; `nil` elsewhere.
  let classes: (name: String, truth: [Int], count: Int)?

  static func all(of data: PreparedData, _ run: NetworkRun) -> [EvaluatedPart] {
    let hasClasses = data.shape.classes != nil
    let parts = [
      ("val", data.val, Metric.valLoss, Metric.valAccuracy),
      ("test", data.test, Metric.testLoss, Metric.testAccuracy),
    ]
    return parts.compactMap { name, part, loss, accuracy in
      guard let part, part.rows > 0 else { return nil }
      let scoring = RegressionScoring(part, data.targetTransform)
      return EvaluatedPart(
        data: part.networkData, loss: loss, accuracy: hasClasses ? accuracy : nil,
        regression: run.measuresOwnUnits(data.shape) ? scoring.map { (name, $0) } : nil,
        classes: classes(name, part, run))
    }
  }
}

extension EvaluatedPart {
  private static func classes(
    _ name: String, _ part: Dataset, _ run: NetworkRun
  ) -> (name: String, truth: [Int], count: Int)? {
    guard !run.train.log.metrics.isEmpty, case .classes(let labels, let names) = part.targets
    else { return nil }
    return (name, labels.elements.map { Int($0) }, names.count)
  }
}

extension EpochSums {
  /// Adds one update over so many rows.
  mutating func add(_ result: StepResult, rows: Int, rate: Double) {
    loss += result.lossSum
    correct += result.correct
    penalty += result.penalty * Double(rows)
    gradientNorm += result.gradientNorm
    updates += 1
    self.rate = rate
  }
}

extension RunTrainer {
  private var hasClasses: Bool {
    if case .classes = train.targets { true } else { false }
  }

  private func point(_ metric: Metric, _ value: Double) -> MetricPoint {
    MetricPoint(
      metric, step: position.updates, epoch: position.epoch, value: value,
      timeMilliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// What the epoch's updates measured, as means over its rows.
  func trainingPoints() -> [MetricPoint] {
    let sums = position.sums
    let rows = Double(max(1, position.rows))
    var points = [point(.trainLoss, sums.loss / rows)]
    if hasClasses { points.append(point(.trainAccuracy, Double(sums.correct) / rows)) }
    if program.plan.hasPenalty {
      points.append(point(.trainObjective, (sums.loss + sums.penalty) / rows))
    }
    points.append(point(.learningRate, sums.rate))
    if run.train.log.gradNorm {
      points.append(point(.gradNorm, sums.gradientNorm / Double(max(1, sums.updates))))
    }
    return points
  }

  /// What is measured of layers and parameters on the rows of the last update.
  func layerPoints(_ places: Range<Int>) -> [MetricPoint] {
    guard run.train.log.layers, program.plan.measuresLayers, !places.isEmpty else {
      return []
    }
    let measured = program.measureLayers(places)
    return measured.activations.flatMap {
      [
        point(.activationMean(layer: $0.layer), $0.mean),
        point(.activationDeviation(layer: $0.layer), $0.deviation),
      ]
    }
      + measured.parameters.flatMap {
        [
          point(.gradientNorm(parameter: $0.name), $0.gradientNorm),
          point(.smallShare(parameter: $0.name), $0.smallShare),
        ]
      }
  }

  /// What one update measured.
  func batchPoints(_ result: StepResult, rows: Int) -> [MetricPoint] {
    var points = [point(.batchLoss, result.lossSum / Double(rows))]
    if hasClasses { points.append(point(.batchAccuracy, Double(result.correct) / Double(rows))) }
    return points
  }

  /// Measures the parts that judge an epoch, in inference mode.
  func evaluate() -> [MetricPoint] {
    parts.flatMap { part in
      program.bind(part.data)
      let (loss, correct) = program.evaluate(0..<part.data.rows)
      let rows = Double(part.data.rows)
      var points = [point(part.loss, loss / rows)]
      if let accuracy = part.accuracy { points.append(point(accuracy, Double(correct) / rows)) }
      if let classes = part.classes {
        points += classPoints(classes.name, classes.truth, classes.count)
      }
      if let regression = part.regression {
        points += ownUnits(regression.name, regression.scores, part.data.rows)
      }
      return points
    }
  }

  /// What is asked of a part's classes beside accuracy.
  private func classPoints(_ part: String, _ truth: [Int], _ classes: Int) -> [MetricPoint] {
    let outputs = program.outputs(0..<truth.count)
    let width = outputs.count / max(1, truth.count)
    let reading = OutputReading(loss: run.train.loss, classes: classes, outputs: width)
    let rows = truth.indices.map { outputs[$0 * width..<($0 + 1) * width] }
    let scores = ClassScores(
      predicted: rows.map { reading.decision($0) ?? 0 }, truth: truth, classes: classes)
    return run.train.log.metrics.map { metric in
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
      return point(metric.metric(on: part), value)
    }
  }

  /// Errors of a part in the target's own units.
  private func ownUnits(
    _ part: String, _ scoring: RegressionScoring, _ rows: Int
  ) -> [MetricPoint] {
    let scores = scoring.scores(program.outputs(0..<rows))
    return [
      point(.rmse(part), scores.rmse), point(.mae(part), scores.mae), point(.r2(part), scores.r2),
    ]
  }
}
