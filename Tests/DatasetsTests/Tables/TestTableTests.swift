import Datasets
import Foundation
import Testing
import Tracking

/// A test part that is a table of its own.
@Suite struct TestTableTests {
  private struct Witness: Decodable {
    struct Prepared: Decodable {
      let train: [[Double]]
      let test: [[Double]]
    }
    let prepared: Prepared
  }

  private func settings(
    _ test: String, _ more: [String: ParameterValue] = [:]
  ) -> [String: ParameterValue] {
    [
      "path": .text(Fixture.path("split_train.csv")), "test_path": .text(test),
      "target": .text("kind"), "fill": .text("median"),
    ].merging(more) { $1 }
  }

  private func refused(
    _ text: String, _ more: [String: ParameterValue] = [:]
  ) throws -> DataError {
    try refusal("csv", settings(try Fixture.file(text, named: "test.csv"), more))
  }

  /// Another order of columns, a column more, an unknown word and holes.
  @Test func isPreparedAsTheTrainingTableTaught() throws {
    let wanted = try Fixture.json("splits.json", as: Witness.self).prepared
    let settings = settings(Fixture.path("split_test.csv"))
    let configuration = try configuration("csv", settings) { $0.normalize = .standard }
    let library = DataLibrary()
    let data = try library.prepare(configuration)
    expectEqual(data.train.table, wanted.train)
    expectEqual(try #require(data.test).table, wanted.test)
    #expect(data.test?.labels == [1, 0, 1])
    #expect(data.shape.testRows == 3)
    let remarks = try library.remarks(of: configuration)
    #expect(remarks.contains { $0.hasSuffix("and left out") && $0.contains("'note' is not in") })
  }

  /// Nothing of the test table is learned, and its bytes are in the fingerprint.
  @Test func changesNothingOfTheTrainingPart() throws {
    let library = DataLibrary()
    func data(_ text: String) throws -> PreparedData {
      try library.prepare(
        configuration("csv", settings(try Fixture.file(text))) { $0.normalize = .minmax })
    }
    let first = try data("kind,length,weight,zone\nx,1,2,a\n")
    let second = try data("kind,length,weight,zone\nx,999,-999,never seen\ny,,,\n")
    #expect(first.train.table == second.train.table)
    #expect(first.recipes == second.recipes && first.transform == second.transform)
    #expect(first.fingerprint != second.fingerprint)
    let alone = try library.prepare(
      configuration("csv", settings("").merging(["test_path": .off]) { $1 }))
    #expect(alone.test == nil && alone.fingerprint != first.fingerprint)
  }

  @Test func numbersAndSeveralTargetsAreRead() throws {
    let train = try Fixture.file("a,b,y,z\n1,2,3,4\n5,6,7,8\n9,1,2,3\n")
    let test = try Fixture.file("z,y,b,a\n40,30,20,10\n,1,1,1\n80,70,60,50\n")
    let data = try prepare(
      "csv",
      [
        "path": .text(train), "test_path": .text(test),
        "target": .list([.text("y"), .text("z")]),
      ])
    #expect(data.test?.table == [[10, 20], [50, 60]])
    #expect(data.test?.values == [30, 40, 70, 80])
  }

  @Test func classesOfNumbersMayBeWrittenInAnyWay() throws {
    let train = try Fixture.file("a,y\n1,0\n5,1\n9,1\n")
    let test = try Fixture.file("a,y\n1,1.0\n2,0\n")
    let data = try prepare(
      "csv",
      [
        "path": .text(train), "test_path": .text(test), "target": .text("y"),
        "task": .text("classification"),
      ])
    #expect(data.test?.labels == [1, 0])
  }

  @Test func whatDoesNotFitIsSaidWithItsPlace() throws {
    let columns = try refused("kind,length,size\nx,1,2\n")
    #expect(columns.setting == "test_path")
    #expect(columns.message.hasPrefix("the test table lacks the columns 'zone', 'weight' of "))
    #expect(columns.hint == "Its columns are kind, length, size. Both tables need the same names.")
    let word = try refused("kind,length,weight,zone\nx,1,2,a\ny,long,2,a\n")
    #expect(word.place?.hasSuffix("test.csv:3:3") == true)
    #expect(word.message == "column 'length' needs a number, found 'long'")
    let hole = try refused(
      "kind,length,weight,zone\nx,1,,a\n", ["fill": .mapping(["length": .text("mean")])])
    #expect(hole.place?.hasSuffix("test.csv:2:5") == true)
    #expect(hole.message == "column 'weight' has no value here" && hole.hint.contains("fill:"))
    let label = try refused("kind,length,weight,zone\nx,1,2,a\nz,1,2,a\n")
    #expect(label.place?.hasSuffix("test.csv:3:1") == true)
    #expect(label.message == "the training table has no class 'z'")
    let none = try refused("kind,length,weight,zone\n,1,2,a\n")
    #expect(none.message == "no row of the test table has a target")
    let file = try refusal("csv", settings("/nowhere/test.csv"))
    #expect(file.setting == "test_path" && file.text.contains("does not exist"))
    let both = try refusal("csv", settings(Fixture.path("split_test.csv"))) {
      $0.split = .init(test: .rows(2))
    }
    #expect(both.message == "the source brings its own test part")
  }

  @Test func partsAreWrittenAsTheyArePrepared() throws {
    let settings = settings(Fixture.path("split_test.csv"))
    let configuration = try configuration("csv", settings) {
      $0.normalize = .standard
      $0.split = .init(val: .rows(2))
    }
    let library = DataLibrary()
    let tables = try library.tables(of: configuration)
    #expect(tables.map(\.name) == ["train", "val", "test"])
    let data = try library.prepare(configuration)
    for (table, part) in zip(tables, [data.train, data.val, data.test].compactMap { $0 }) {
      let lines = String(decoding: table.csv, as: UTF8.self).split(separator: "\n")
      #expect(lines[0] == "length,zone=a,zone=b,zone=c,weight,kind")
      #expect(lines.count == part.rows + 1)
      for (row, line) in lines.dropFirst().enumerated() {
        let fields = line.split(separator: ",")
        #expect(fields.dropLast().map { Float($0) } == part.row(row))
        #expect(fields.last == (part.labels[row] == 0 ? "x" : "y"))
      }
    }
  }

  /// Numbers to predict stand in their own units, digit by digit; names that need quotes have them.
  @Test func writtenTargetsAreThoseOfTheFile() throws {
    let file = try Fixture.file("y,\"a, b\"\n10.1,1\n20.25,2\n30,3\n")
    let configuration = try configuration("csv", ["path": .text(file), "target": .text("y")]) {
      $0.targetTransform = .standard
    }
    let tables = try DataLibrary().tables(of: configuration)
    #expect(
      String(decoding: tables[0].csv, as: UTF8.self)
        == "\"a, b\",y\n1.0,10.1\n2.0,20.25\n3.0,30.0\n")
  }
}
