import Datasets
import Foundation
import NeuralNet
import Testing
import Tracking

/// What is said of classes, against scikit-learn.
@Suite struct ClassScoresTests {
  private struct Witness: Decodable {
    struct Case: Decodable {
      let classes: Int
      let truth: [Int]
      let predicted: [Int]
      let balancedAccuracy: Double
      let f1: Double

      enum CodingKeys: String, CodingKey {
        case classes, truth, predicted, f1, balancedAccuracy = "balanced_accuracy"
      }
    }
    struct Curve: Decodable {
      let truth: [Int]
      let scores: [Double]
      let auc: Double
    }
    struct Weights: Decodable {
      let counts: [Int]
      let balanced: [Double]
    }
    let cases: [Case]
    let curves: [Curve]
    let weights: Weights
  }

  private let witness: Witness

  init() throws { witness = try Fixture.json("class_scores.json", as: Witness.self) }

  @Test func accuracyAndF1CountEveryClassAlike() {
    #expect(witness.cases.count == 6)
    for one in witness.cases {
      let scores = ClassScores(predicted: one.predicted, truth: one.truth, classes: one.classes)
      #expect(abs(scores.balancedAccuracy - one.balancedAccuracy) < 1e-12)
      #expect(abs(scores.f1 - one.f1) < 1e-12)
    }
  }

  @Test func equalScoresCountHalf() {
    for curve in witness.curves {
      let area = ClassScores.areaUnderCurve(scores: curve.scores, truth: curve.truth)
      #expect(abs(area - curve.auc) < 1e-12)
    }
    #expect(ClassScores.areaUnderCurve(scores: [1, 1, 1], truth: [0, 1, 0]) == 0.5)
  }

  @Test func withoutTwoClassesThereIsNoCurve() {
    #expect(ClassScores.areaUnderCurve(scores: [1, 2], truth: [1, 1]).isNaN)
    #expect(ClassScores.areaUnderCurve(scores: [1, .nan], truth: [0, 1]).isNaN)
  }

  @Test func balancedWeightsAreScikitLearns() throws {
    let loss = try #require(Losses.all.first { $0.name == "cross-entropy" }).standard()
    let balanced = Chosen(
      loss.name, loss.values.merging(["class_weights": .text("balanced")]) { $1 })
    let resolved = Losses.resolved(balanced, classCounts: witness.weights.counts)
    let found = resolved.list("class_weights")?.compactMap(\.asNumber) ?? []
    #expect(found.count == 4)
    for (a, b) in zip(found, witness.weights.balanced) { #expect(abs(a - b) < 1e-12) }
    #expect(Losses.resolved(loss, classCounts: witness.weights.counts) == loss)
  }
}
