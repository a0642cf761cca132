import Datasets
import Testing
import Tracking

@Suite struct PartitionTests {
  private func partition(
    _ classes: [Int32]?, rows: Int, take: Int? = nil, _ split: DataConfiguration.Split,
    seed: Int = 1
  ) throws -> Partition {
    let sizes = try PartSizes(rows: rows, take: take, split: split, hasOwnTest: false)
    return Partition(rows: rows, classes: classes, sizes: sizes, seed: seed)
  }

  private func counts(_ rows: [Int32], _ classes: [Int32]) -> [Int] {
    rows.reduce(into: [0, 0, 0]) { $0[Int(classes[Int($1)])] += 1 }
  }

  /// 50, 30 and 20 rows of three classes, mixed.
  private let classes: [Int32] = (0..<100).map { $0 % 10 < 5 ? 0 : $0 % 10 < 8 ? 1 : 2 }

  @Test func partsAreDisjointCompleteOrderedAndStratified() throws {
    let parts = try partition(
      classes, rows: 100, .init(val: .share(0.2), test: .rows(15)))
    #expect(counts(parts.val, classes) == [10, 6, 4])
    #expect(counts(parts.test, classes) == [8, 4, 3])  // 7.5, 4.5, 3 of the 40, 24, 16 left
    #expect(parts.train == parts.train.sorted() && parts.val == parts.val.sorted())
    #expect((parts.train + parts.val + parts.test).sorted() == Array(0..<100))
  }

  /// Which rows are in which part, by another program: classes and none, shares and counts, take.
  @Test(arguments: 0..<8) func everyRowIsWhereItBelongs(index: Int) throws {
    let wanted = try Draws.read().partitions[index]
    func size(_ part: Double?) -> DataConfiguration.PartSize? {
      part.map { $0 < 1 ? .share($0) : .rows(Int($0)) }
    }
    let parts = try partition(
      wanted.classes, rows: wanted.rows, take: wanted.take,
      .init(val: size(wanted.val), test: size(wanted.test)), seed: wanted.seed)
    #expect([parts.train, parts.val, parts.test] == wanted.parts)
  }

  @Test func theWayOutIsSaid() throws {
    func problem(
      _ rows: Int, take: Int? = nil, _ split: DataConfiguration.Split, own: Bool = false
    ) throws -> DataError {
      try #require(throws: DataError.self) {
        try PartSizes(rows: rows, take: take, split: split, hasOwnTest: own)
      }
    }
    #expect(
      try problem(20, .init(val: .rows(15), test: .share(0.5))).hint
        == "val and test ask for 25 of 20 rows.")
    #expect(
      try problem(20, .init(val: .share(0.5), test: .share(0.49))).hint
        == "val and test ask for 19.8 of 20 rows.")
    #expect(
      try problem(20, .init(val: .share(0.01))).hint
        == "So small a share of 20 rows is less than one row.")
    #expect(
      try problem(20, take: 21, .init(), own: true).hint
        == "The source has 20 rows beside its own test part.")
    #expect(
      try problem(20, .init(test: .rows(1)), own: true)
        == DataError(
          setting: "split.test", "the source brings its own test part",
          hint: "Leave split.test out: split divides the other rows into train and val."))
    // Half a row is the least that can be left.
    let sizes = try PartSizes(
      rows: 20, take: 10, split: .init(val: .rows(5), test: .share(0.45)), hasOwnTest: false)
    #expect([sizes.taken, sizes.train, sizes.val, sizes.test] == [10, 1, 5, 4])
  }

  @Test func withoutASplitAllRowsTrainInTheirOrder() throws {
    #expect(try partition(classes, rows: 100, .init()).train == Array(0..<100))
    #expect(try partition(nil, rows: 4, .init()).train == [0, 1, 2, 3])
  }

  @Test func takeIsStratified() throws {
    let parts = try partition(classes, rows: 100, take: 10, .init(val: .rows(2)))
    #expect(counts(parts.train + parts.val, classes) == [5, 3, 2])
    #expect(parts.train.count == 8)
  }

  @Test func aRowsPlaceDoesNotDependOnTheRowsBehind() throws {
    let few = try partition(nil, rows: 1000, .init(val: .rows(100)))
    let many = try partition(nil, rows: 2000, .init(val: .rows(200)))
    let kept = Set(few.val).intersection(many.val.filter { $0 < 1000 })
    #expect(kept.count > 80)
  }

  @Test func anotherSeedChoosesOthers() throws {
    let one = try partition(nil, rows: 100, .init(val: .share(0.5)))
    let two = try partition(nil, rows: 100, .init(val: .share(0.5)), seed: 2)
    #expect(one.val != two.val)
    #expect(one.train.count == 50)
  }

  @Test(arguments: [
    (DataConfiguration.Split(val: .share(0.01)), "split.val", "the val part would be empty"),
    (.init(test: .share(0.001)), "split.test", "the test part would be empty"),
    (.init(val: .rows(50)), "split", "split leaves no rows to train on"),
    (.init(val: .share(0.5), test: .share(0.5)), "split", "split leaves no rows to train on"),
    (.init(val: .share(0.99)), "split", "split leaves no rows to train on"),
    (.init(val: .rows(Int(Int32.max))), "split", "split leaves no rows to train on"),
  ])
  func emptyPartsAreRefused(split: DataConfiguration.Split, setting: String, message: String)
    throws
  {
    let error = try #require(throws: DataError.self) {
      try PartSizes(rows: 20, take: nil, split: split, hasOwnTest: false)
    }
    #expect(error.setting == setting)
    #expect(error.message == message)
  }

  @Test func takeCannotAskForMoreThanThereIs() throws {
    let error = try refusal("moons") { $0.take = 1001 }
    #expect(error.setting == "take")
    #expect(error.message == "take: 1001 asks for more rows than there are")
    #expect(error.hint == "The source has 1000 rows.")
  }
}
