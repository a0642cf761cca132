import Datasets
import Foundation
import Testing
import Tracking

/// Parts by order, by groups and by folds, against scikit-learn's and by hand.
@Suite struct SplitTests {
  private struct Witness: Decodable {
    struct Stratified: Decodable {
      let classes: [Int]
      let counts: [String: [[Int]]]
    }
    struct Groups: Decodable {
      let names: [String]
      let sizes: [String: [Int]]
    }
    let stratified: Stratified
    let plain: [String: [Int]]
    let groups: Groups
  }

  private let witness: Witness

  init() throws { witness = try Fixture.json("splits.json", as: Witness.self) }

  private typealias Split = DataConfiguration.Split

  /// A table with its row's number as the feature, so that it is seen which rows are where.
  private func table(_ groups: [String], classes: [Int]? = nil) throws -> [String: ParameterValue] {
    let lines = groups.indices.map { row in
      "\(row),\(groups[row]),\(classes.map { "k\($0[row])" } ?? "\(row).5")"
    }
    let text = "x,site,y\n" + lines.joined(separator: "\n") + "\n"
    return ["path": .text(try Fixture.file(text)), "target": .text("y")]
  }

  private func rows(_ part: Dataset?) -> [Int] { part?.column(0).map { Int($0) } ?? [] }

  @Test func theLastRowsAreValAndThenTest() throws {
    let data = try prepare("cubic", ["points": .integer(20)]) {
      $0.split = Split(val: .rows(4), test: .share(0.15), isOrdered: true)
    }
    let all = try prepare("cubic", ["points": .integer(20)]).train.table
    #expect(data.train.table == Array(all[..<13]))
    #expect(data.val?.table == Array(all[13..<17]))
    #expect(data.test?.table == Array(all[17...]))
  }

  @Test func orderKeepsTheOrderOfTakenRows() throws {
    let data = try prepare("cubic", ["points": .integer(40)]) {
      $0.take = 10
      $0.split = Split(val: .rows(3), isOrdered: true)
    }
    let x = data.train.column(0) + (data.val?.column(0) ?? [])
    #expect(x.count == 10 && x == x.sorted())
  }

  @Test func withoutStratifyingClassesAreDrawnTogether() throws {
    func counts(_ isStratified: Bool) throws -> Set<[Int]> {
      var all: Set<[Int]> = []
      for seed in 1...12 {
        let data = try prepare("moons", ["points_per_class": .integer(50)]) {
          $0.seed = seed
          $0.split = Split(val: .rows(20), isStratified: isStratified)
        }
        let labels = data.val?.labels ?? []
        #expect(labels.count == 20)
        all.insert([labels.count { $0 == 0 }, labels.count { $0 == 1 }])
      }
      return all
    }
    #expect(try counts(true) == [[10, 10]])
    #expect(try counts(false).count > 2)
  }

  @Test func allOfAGroupStandInOnePart() throws {
    let names = witness.groups.names
    let settings = try table(names)
    var seen: Set<[String]> = []
    for seed in 1...5 {
      let data = try prepare("csv", settings) {
        $0.seed = seed
        $0.split = Split(val: .share(0.3), test: .rows(10), groups: "site")
      }
      // The column that says the groups is no feature.
      #expect(data.shape.columnNames == ["x"])
      let parts = [data.train, data.val, data.test].map(rows)
      #expect(parts.flatMap { $0 }.sorted() == Array(names.indices))
      #expect(parts.allSatisfy { $0 == $0.sorted() && !$0.isEmpty })
      let groups = parts.map { Set($0.map { names[$0] }) }
      #expect(groups[0].isDisjoint(with: groups[1]) && groups[0].isDisjoint(with: groups[2]))
      #expect(groups[1].isDisjoint(with: groups[2]))
      // 62 rows, the largest group has 17: a part is nearer than half of it.
      #expect(abs(parts[1].count - 19) <= 8)
      #expect(data.shape.trainRows == parts[0].count && data.shape.valRows == parts[1].count)
      seen.insert(groups[1].sorted())
    }
    #expect(seen.count > 1)
  }

  @Test func groupsMayBeFeaturesWhereTheyAreNamed() throws {
    var settings = try table(["1", "1", "2", "2", "3", "3"])
    settings["features"] = .list([.text("x"), .text("site")])
    let data = try prepare("csv", settings) { $0.split = Split(val: .rows(2), groups: "site") }
    #expect(data.shape.columnNames == ["x", "site"])
    #expect(data.val?.rows == 2)
  }

  // MARK: Folds

  /// Rows of every fold, which must be disjoint and together all of them.
  private func folds(
    _ count: Int, _ settings: [String: ParameterValue], groups: String? = nil, rows all: Int
  ) throws -> [[Int]] {
    var folds: [[Int]] = []
    for fold in 1...count {
      let data = try prepare("csv", settings) {
        $0.split = Split(groups: groups, folds: count)
        $0.fold = fold
      }
      folds.append(rows(data.val))
      #expect((rows(data.train) + rows(data.val)).sorted() == Array(0..<all))
      #expect(data.shape.trainRows == data.train.rows && data.shape.valRows == data.val?.rows)
      #expect(data.test == nil)
    }
    #expect(folds.flatMap { $0 }.sorted() == Array(0..<all))
    return folds
  }

  @Test(arguments: [2, 3, 5, 7]) func foldsHaveTheClassesOfStratifiedKFold(count: Int) throws {
    let classes = witness.stratified.classes
    let settings = try table(classes.map { _ in "a" }, classes: classes)
    let found = try folds(count, settings, rows: classes.count).map { rows in
      (0..<3).map { label in rows.count { classes[$0] == label } }
    }
    let wanted = try #require(witness.stratified.counts[String(count)])
    #expect(found == wanted)
  }

  @Test(arguments: [2, 5, 23]) func foldsOfNumbersHaveTheSizesOfKFold(count: Int) throws {
    let found = try folds(count, table((0..<23).map { _ in "a" }), rows: 23).map(\.count)
    #expect(found == witness.plain[String(count)])
  }

  @Test(arguments: [2, 3, 5, 9]) func foldsOfGroupsHaveTheSizesOfGroupKFold(count: Int) throws {
    let names = witness.groups.names
    let found = try folds(count, table(names), groups: "site", rows: names.count)
    #expect(found.map(\.count) == witness.groups.sizes[String(count)])
    for name in Set(names) {
      #expect(found.count { fold in fold.contains { names[$0] == name } } == 1)
    }
  }

  @Test func aTestPartIsSetAsideOnceForAllFolds() throws {
    var tests: Set<[Int]> = []
    var judged: [Int] = []
    for fold in 1...3 {
      let data = try prepare("csv", table((0..<30).map { _ in "a" })) {
        $0.split = Split(test: .rows(9), folds: 3)
        $0.fold = fold
      }
      tests.insert(rows(data.test))
      judged += rows(data.val)
      #expect(data.train.rows == 14 && data.val?.rows == 7)
    }
    #expect(tests.count == 1)
    #expect((judged + tests.flatMap { $0 }).sorted() == Array(0..<30))
  }

  // MARK: What cannot be done

  @Test func whatCannotBeDividedIsSaid() throws {
    func problem(
      _ groups: [String], _ split: DataConfiguration.Split
    ) throws -> DataError { try refusal("csv", table(groups)) { $0.split = split } }
    let one = try problem(["a", "a", "a"], Split(val: .rows(1), groups: "site"))
    #expect(
      one
        == DataError(
          setting: "split.groups",
          "all rows have the value 'a' of 'site', so that only one part can be filled",
          hint: "Name a column with several values, or leave groups out."))
    let large = try problem(["a", "a", "a", "b", "b", "b"], Split(val: .rows(1), groups: "site"))
    #expect(
      large.message.hasPrefix("no group of 'site' is small enough for the val part of 1 rows"))
    #expect(large.message.hasSuffix("has 3"))
    let few = try problem(["a", "b", "c"], Split(groups: "site", folds: 4))
    #expect(few.setting == "split.folds" && few.message.contains("more parts than there are rows"))
    let groups = try problem(["a", "b", "a", "b"], Split(groups: "site", folds: 3))
    #expect(groups.message == "folds: 3 asks for more parts than there are groups")
    #expect(groups.hint == "'site' has 2 values to divide.")
    let empty = try problem(["a", "", "b"], Split(val: .rows(1), groups: "site"))
    #expect(empty.message == "the group 'site' has no value here")
    #expect(empty.place?.hasSuffix(":3:3") == true)
    let unknown = try problem(["a", "b"], Split(val: .rows(1), groups: "sites"))
    #expect(unknown.setting == "split.groups" && unknown.hint == "Did you mean 'site'?")
    let both = try problem(["a", "b"], Split(val: .rows(1), isOrdered: true, groups: "site"))
    #expect(both.message == "order and groups exclude each other")
    let none = try problem(["a", "b"], Split(val: .rows(1), test: .rows(1), groups: "site"))
    #expect(none.setting == "split")
    let val = try problem(["a", "b"], Split(val: .rows(1), folds: 2))
    #expect(val.setting == "split.val" && val.message == "folds take the place of val")
    let order = try problem(["a", "b"], Split(isOrdered: true, folds: 2))
    #expect(order.setting == "split.order")
    let source = try refusal("spiral") { $0.split = Split(val: .rows(1), groups: "x1") }
    #expect(source.message == "groups names a column of a table, and the source 'spiral' has none")
  }
}
