import Datasets
import Foundation
import Testing
import Tracking

@Suite struct PreparationTests {
  private struct Scaling: Decodable {
    let table: [[Double]]
    let train_rows: Int
    let standard: [[Double]]
    let minmax: [[Double]]
  }

  /// A csv file whose rows are all for training.
  private func table(
    _ rows: [[Double]], _ edit: (inout DataConfiguration) -> Void
  ) throws -> PreparedData {
    let names = rows[0].indices.map { "c\($0)" }.joined(separator: ",")
    let lines = rows.map { $0.map(\.description).joined(separator: ",") }
    let path = try Fixture.file(([names] + lines).joined(separator: "\n"))
    return try prepare("csv", ["path": .text(path), "target": .off], edit)
  }

  @Test func standardAndMinmaxAreScikitLearns() throws {
    let wanted = try Fixture.json("scaling.json", as: Scaling.self)
    let train = Array(wanted.table[..<wanted.train_rows])
    for kind in [DataConfiguration.NormalizationKind.standard, .minmax] {
      let data = try table(train) { $0.normalize = kind }
      let normalized = kind == .standard ? wanted.standard : wanted.minmax
      expectEqual(data.train.table, Array(normalized[..<wanted.train_rows]))
      // The rows that were not trained on go through the training rows' numbers.
      let rest = wanted.table[wanted.train_rows...].map { row in
        row.enumerated().map { data.transform.apply($1, column: $0) }
      }
      // scikit-learn divides a constant column by 1, the contract by 1e-8; both leave zero.
      expectEqual(rest, Array(normalized[wanted.train_rows...]))
    }
  }

  @Test func statisticsAreOfTheTrainingRowsAlone() throws {
    let data = try prepare("cloud") {
      $0.split = .init(val: .share(0.3))
      $0.normalize = .standard
      $0.scale = .columns([5, 0.1])
      $0.shift = .columns([100, 0])
    }
    for column in 0..<2 {
      let (mean, deviation) = moments(data.train.column(column))
      #expect(abs(mean) < 1e-6)
      #expect(abs(deviation - 1) < 1e-6)
      let val = try #require(data.val)
      #expect(abs(moments(val.column(column)).mean) > 1e-4)
    }
  }

  @Test func scaleComesBeforeShift() throws {
    let data = try table([[1, 2], [3, 4]]) {
      $0.scale = .columns([2, 3])
      $0.shift = .all(10)
    }
    #expect(data.train.table == [[12, 16], [16, 22]])
    #expect(data.transform.denormalized(16, column: 1) == 16)
  }

  @Test func aTargetIsNeverNormalised() throws {
    let plain = try prepare("cubic").train.values
    let normalized = try prepare("cubic") {
      $0.normalize = .standard
      $0.scale = .all(100)
    }
    #expect(normalized.train.values == plain)
  }

  @Test func numbersForAnotherCountOfColumnsAreRefused() throws {
    let error = try refusal("moons") { $0.scale = .columns([1, 2, 3]) }
    #expect(error.setting == "scale")
    #expect(error.message == "scale has 3 numbers, the data has 2 columns")
  }
}
