import Datasets
import Foundation
import Testing
import Tracking

@Suite struct NpzSourceTests {
  /// What NumPy reads in the fixtures.
  private struct Witness: Decodable {
    struct Array: Decodable {
      let type: String
      let values: [[Double]]
    }
    let types: [String: Array]
    let rows: [String: [[Double]]]
  }

  private func settings(
    _ x: String, _ y: String? = nil, _ more: [String: ParameterValue] = [:],
    file: String = "arrays.npz"
  ) -> [String: ParameterValue] {
    [
      "path": .text(Fixture.path(file)), "x": .text(x), "y": y.map(ParameterValue.text) ?? .off,
    ].merging(more) { $1 }
  }

  @Test(arguments: ["arrays.npz", "arrays-packed.npz"])
  func everyTypeAndOrderIsRead(file: String) throws {
    let witness = try Fixture.json("arrays.json", as: Witness.self)
    #expect(witness.types.count == 42)
    for (name, wanted) in witness.types {
      let data = try prepare("npz", settings(name, file: file))
      #expect(data.train.table.map { $0.map(Double.init) } == wanted.values, "\(wanted.type)")
      #expect(data.train.columnNames == ["c1", "c2", "c3"])
    }
    for (name, wanted) in witness.rows {
      expectEqual(try prepare("npz", settings(name, file: file)).train.table, wanted)
    }
  }

  @Test func imagesHaveTheirChannelsFirst() throws {
    #expect(try prepare("npz", settings("images")).train.featureShape == [1, 2, 5])
    #expect(try prepare("npz", settings("last")).train.featureShape == [3, 5, 6])
    #expect(try prepare("npz", settings("first")).train.featureShape == [3, 5, 6])
    let open = try refusal("npz", settings("open"))
    #expect(
      open.message
        == "'open' has the shape (4, 3, 8, 3), so it is open where its channels stand")
    let said = try prepare("npz", settings("open", nil, ["layout": .text("channels-last")]))
    #expect(said.train.featureShape == [3, 3, 8])
  }

  @Test func targetsAreClassesOrNumbersByTheirType() throws {
    let labels = try prepare("npz", settings("images", "labels"))
    #expect(labels.classNames == ["1", "2", "3"] && labels.train.labels == [0, 2, 2, 1])
    let column = try prepare("npz", settings("images", "column"))
    #expect(column.classNames == ["0", "1"] && column.train.labels == [1, 0, 1, 1])
    let names = ParameterValue.list([.text("a"), .text("b"), .text("c")])
    let begins = try refusal("npz", settings("images", "labels", ["classes": names]))
    #expect(begins.hint == "Labels begin at 1: write first_label: 1 under data.")
    let named = try prepare(
      "npz", settings("images", "labels", ["classes": names, "first_label": .integer(1)]))
    #expect(named.classNames == ["a", "b", "c"] && named.train.labels == [0, 2, 2, 1])
    let numbers = try prepare("npz", settings("images", "labels", ["task": .text("regression")]))
    #expect(numbers.train.values == [1, 3, 3, 2])
    let several = try prepare("npz", settings("images", "targets"))
    #expect(several.shape.target == .values(names: ["y1", "y2"]))
    expectEqual(
      [several.train.values],
      [try Fixture.json("arrays.json", as: Witness.self).rows["targets"]?.flatMap { $0 } ?? []])
    #expect(
      try refusal("npz", settings("images", "line", ["task": .text("classification")])).message
        .hasSuffix("classes need whole numbers"))
  }

  @Test func aTestPartIsNeverTrainedOn() throws {
    let data = try prepare(
      "npz",
      settings("images", "labels", ["test_x": .text("images"), "test_y": .text("labels")]))
    #expect(data.test?.rows == 4 && data.train.rows == 4)
    #expect(
      try refusal("npz", settings("images", "labels", ["test_x": .text("images")])).message
        == "test_x needs test_y beside it")
  }

  @Test func whatIsNotReadIsTold() throws {
    let cases = [
      ("objects", "'objects' holds objects of Python, which are not read"),
      ("texts", "'texts' holds texts, numbers are needed"),
      ("complex", "'complex' holds complex numbers, which are not read"),
      ("times", "'times' holds times, numbers are needed"),
      ("pairs", "'pairs' is a structured array, one of plain numbers is needed"),
      (
        "holes",
        "2 numbers are not finite in single precision, the first is holes[1, 1]"
      ),
      (
        "five",
        "'five' has the shape (4, 1, 2, 2, 2); rows (N, columns) or images (N, height, width) or "
          + "(N, channels, height, width) are needed"
      ),
      ("none", "'none' has no numbers: its shape is (0, 3)"),
    ]
    for (name, message) in cases {
      let error = try refusal("npz", settings(name))
      #expect(error.message == message)
      #expect(error.setting == "x")
    }
    let missing = try refusal("npz", settings("imags", "labels"))
    #expect(missing.message.hasSuffix("has no array 'imags'"))
    #expect(missing.hint == "Did you mean 'images'?")
    let rows = try refusal("npz", settings("a0", "labels"))
    #expect(rows.message == "'labels' has the shape (4,), but 'a0' has 2 rows")
    #expect(rows.setting == "y")
  }

  @Test func otherFilesAreTold() throws {
    func message(_ data: Data) throws -> String {
      try refusal("npz", ["path": .text(Fixture.file(data, named: "a.npz"))]).message
    }
    #expect(try message(Data()) == "the file is empty")
    #expect(try message(Data("hello".utf8)) == "the file is no archive of NumPy's")
    let array: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0, 0]
    #expect(
      try message(Data(array)) == "the file is one array, an archive of named arrays is needed")
  }

  /// Bytes of the archive changed at random: an error or an answer, never a trap.
  @Test(arguments: ["arrays.npz", "arrays-packed.npz"])
  func mutatedArchivesNeverTrap(file: String) throws {
    let original = try Data(contentsOf: Fixture.folder.appendingPathComponent(file))
    var random = SequenceRandom(seed: 11)
    let path = try Fixture.file(original, named: "a.npz")
    var refused = 0
    for round in 0..<400 {
      var data = original
      // The directory stands at the end, headers of arrays at their beginnings.
      let places = round % 2 == 0 ? 0..<original.count : original.count * 3 / 4..<original.count
      for _ in 0...random.next(below: 8) {
        data[places.lowerBound + random.next(below: places.count)] = UInt8(random.next(below: 256))
      }
      if random.next(below: 8) == 0 { data = data.prefix(random.next(below: data.count)) }
      try data.write(to: URL(fileURLWithPath: path))
      do {
        _ = try DataLibrary().prepare(
          configuration("npz", ["path": .text(path), "x": .text("a30"), "y": .off]))
      } catch { refused += 1 }
    }
    #expect(refused > 50)
  }
}
