import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

@Suite struct TargetTransformTests {
  private func configuration(
    _ text: String, target: ParameterValue = .text("y"),
    _ kind: DataConfiguration.TargetTransformKind
  ) throws -> DataConfiguration {
    try DatasetsTests.configuration("csv", ["path": .text(Fixture.file(text)), "target": target]) {
      $0.targetTransform = kind
    }
  }

  /// 2, 4, 6, 12 have the mean 6 and the population deviation sqrt 14.
  @Test func numbersAreTrainedInOtherUnitsAndToldInTheirOwn() throws {
    let text = "x,y\n1,2\n2,4\n3,6\n4,12\n"
    let root = 14.0.squareRoot()
    for (kind, wanted) in [
      (.standard, [-4 / root, -2 / root, 0, 6 / root]), (.minmax, [0, 0.2, 0.4, 1]),
      (.log, [log(2), log(4), log(6), log(12)]),
    ] as [(DataConfiguration.TargetTransformKind, [Double])] {
      let configuration = try configuration(text, kind)
      let library = DataLibrary()
      let data = try library.prepare(configuration)
      for (found, value) in zip(data.train.values, wanted) {
        #expect(abs(Double(found) - value) < 1e-6, "\(kind)")
      }
      for (trained, own) in zip(wanted, [2.0, 4, 6, 12]) {
        #expect(abs(data.targetTransform.undone(trained, column: 0) - own) < 1e-12)
      }
      // The summary has the target's own units.
      let target = try library.summary(of: configuration).parts[0].target
      #expect(abs((target?.mean ?? 0) - 6) < 1e-6 && abs((target?.deviation ?? 0) - root) < 1e-6)
      let inputs = try RunInputs(json: RunInputs(data, of: configuration).json)
      #expect(inputs.targetTransform == data.targetTransform)
      #expect(try inputs.read(Fixture.file(text)).dataset.values == data.train.values)
    }
  }

  @Test func severalTargetsAreLearnedEachByItself() throws {
    let text = "a,x,b\n1,7,10\n3,8,10\n,9,4\n"
    let configuration = try configuration(text, target: .list([.text("b"), .text("a")]), .standard)
    let library = DataLibrary()
    let data = try library.prepare(configuration)
    #expect(data.shape.target == .values(names: ["b", "a"]) && data.shape.columnNames == ["x"])
    // The third row lacks one of them; b is constant in the others.
    #expect(data.train.values == [0, -1, 0, 1] && data.train.rows == 2)
    #expect(try library.remarks(of: configuration) == ["1 row has no target and is left out"])
    let words = try #require(throws: DataError.self) {
      try library.prepare(
        self.configuration("a,x,b\n1,7,red\n", target: .list([.text("b"), .text("a")]), .none))
    }
    #expect(words.message == "the target 'b' needs a number for a regression, found 'red'")
  }

  /// Truth 1, 2, 3, 6 (mean 3, squared distances 14), off by 1, 0, -1, 2: squares 6, absolutes 4.
  @Test func scoresAreReckonedByHand() {
    let truth: [[Double]] = [[1], [2], [3], [6]]
    let scores = RegressionScores(predicted: [[2], [2], [2], [8]], truth: truth)
    #expect(scores.rmse == 1.5.squareRoot() && scores.mae == 1 && abs(scores.r2 - 8.0 / 14) < 1e-15)
    let flat = RegressionScores(predicted: [[1], [1]], truth: [[1], [1]])
    #expect(flat.r2 == 1 && flat.rmse == 0)
    #expect(RegressionScores(predicted: [[1], [2]], truth: [[1], [1]]).r2 == 0)
    // Of two targets the mean of each one's.
    let both = RegressionScores(
      predicted: [[2, 0], [2, 0], [2, 0], [8, 0]], truth: truth.map { [$0[0], 0] })
    #expect(both.rmse == 1.5.squareRoot() / 2 && both.mae == 0.5)
  }
}
