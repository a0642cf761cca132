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
  /// What is measured beside these; `nil` for nothing.
  let scores: PartScores?

  static func all(of data: PreparedData, _ run: NetworkRun) -> [EvaluatedPart] {
    let hasClasses = data.shape.classes != nil
    let parts = [
      ("val", data.val, Metric.valLoss, Metric.valAccuracy),
      ("test", data.test, Metric.testLoss, Metric.testAccuracy),
    ]
    return parts.compactMap { name, part, loss, accuracy in
      guard let part, part.rows > 0 else { return nil }
      return EvaluatedPart(
        data: part.networkData, loss: loss, accuracy: hasClasses ? accuracy : nil,
        scores: PartScores(name, part, of: data, run))
    }
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
    if let trainScores, hasEpochOutputs {
      points += trainScores.values(
        program.trainedOutputs(places: position.rows), rows: position.rows, order: order
      ).map(point)
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
      if let scores = part.scores {
        points += scores.values(program.outputs(0..<part.data.rows), rows: part.data.rows)
          .map(point)
      }
      return points
    }
  }
}
