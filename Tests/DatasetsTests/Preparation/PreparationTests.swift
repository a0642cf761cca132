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

  /// 20 columns and classes of words, taken, split, noisy, scaled and normalised by another program.
  @Test func aWideTableIsPreparedAsElsewhere() throws {
    let wanted = try Draws.read().table
    let names = (0..<20).map { "c\($0)" } + ["plant"]
    let lines = zip(wanted.rows, wanted.words).map { ($0.map(\.description) + [$1]) }
    let text = ([names] + lines).map { $0.joined(separator: ",") }.joined(separator: "\n")
    let file: [String: ParameterValue] = [
      "path": .text(try Fixture.file(text)), "target": .text("plant"),
    ]
    for kind in [DataConfiguration.NormalizationKind.standard, .minmax] {
      let data = try prepare("csv", file) {
        ($0.seed, $0.take, $0.normalize, $0.labelNoise) = (5, 22, kind, 0.3)
        ($0.scale, $0.shift) = (.all(2), .columns(Array(repeating: -1, count: 20)))
        $0.split = .init(val: .share(0.25), test: .rows(3))
      }
      #expect(data.classNames == ["Birch", "ash", "cedar", "dill"])
      let normal = kind == .standard ? wanted.standard : wanted.minmax
      let parts = [data.train, try #require(data.val), try #require(data.test)]
      for (part, rows) in zip(parts, wanted.parts) {
        expectEqual(part.table, rows.map { normal[$0] })
      }
      #expect(parts[0].labels == wanted.parts[0].map { wanted.noisy[$0] })
      for place in 1...2 {
        #expect(parts[place].labels == wanted.parts[place].map { wanted.labels[$0] })
      }
      #expect(data.shape.trainRows == 14 && data.shape.valRows == 5 && data.shape.testRows == 3)
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
    let minmax = try table([[1, 2], [3, 10]]) {
      ($0.scale, $0.normalize) = (.columns([2, 3]), .minmax)
    }
    // 3 x 2 = 6 becomes 0, 3 x 10 = 30 becomes 1; 1/4 stands for 12.
    #expect(minmax.train.table == [[0, 0], [1, 1]])
    #expect(minmax.transform.denormalized(0.25, column: 1) == 12)
    #expect(minmax.transform.scaled(4, column: 1) == 12 && minmax.transform.columns == 2)
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
    #expect(error.hint == "Give one number for all, or one for each column.")
    let shift = try refusal("moons") { $0.shift = .columns([1]) }
    #expect(shift.setting == "shift")
    #expect(shift.message == "shift has 1 numbers, the data has 2 columns")
  }

  @Test func noiseOfOneClassIsRefused() throws {
    let path = try Fixture.file("a,y\n1,one\n2,one\n")
    let error = try refusal("csv", ["path": .text(path), "target": .text("y")]) {
      $0.labelNoise = 0.5
    }
    #expect(error.setting == "label_noise")
    #expect(error.message == "label_noise needs at least two classes, the data has one")
  }
}
