import Datasets
import Testing
import Tracking

@Suite struct GeneratorTests {
  /// Rows, their order, classes, values and every draw, noise and all, by another program.
  @Test(arguments: 0..<8) func everyRowIsThatOfTheContract(index: Int) throws {
    let wanted = try Draws.read().sources[index]
    let data = try prepare(wanted.source, wanted.parameters) { $0.seed = wanted.seed }
    expectEqual(data.train.table, wanted.rows)
    #expect(data.train.labels == wanted.labels ?? [])
    expectEqual(data.train.values.map { [$0] }, (wanted.values ?? []).map { [$0] })
    #expect(data.val == nil && data.test == nil)
  }

  @Test func namesOfColumnsAndTargets() throws {
    let shapes = try ["spiral", "cubic", "linear", "blobs", "cloud"].map {
      try DataLibrary().shape(of: configuration($0))
    }
    #expect(
      shapes.map(\.columnNames) == [["x1", "x2"], ["x"], ["x"], ["x1", "x2"], ["x1", "x2"]])
    #expect(
      shapes.map(\.target) == [
        .classes(names: ["0", "1", "2"]), .values(names: ["y"]), .values(names: ["y"]),
        .classes(names: ["0", "1", "2"]), .none,
      ])
    #expect(shapes.map(\.trainRows) == [3000, 100, 100, 1500, 1000])
    #expect(shapes.map(\.values) == [nil, 1, 1, nil, nil])
  }

  /// One point a class lies at the beginning of the way, not at a division by zero.
  @Test func onePointLiesAtTheBeginning() throws {
    let single: [String: ParameterValue] = ["points_per_class": .integer(1), "noise": .number(0)]
    #expect(try prepare("spiral", single).train.table == [[0, 0], [0, 0], [0, 0]])
    expectEqual(try prepare("moons", single).train.table, [[1, 0], [0, 0.5]])
    expectEqual(
      try prepare("cubic", ["points": .integer(1), "noise": .number(0)]).train.table, [[-1]])
  }

  @Test func tooManyRowsAreToldAtTheirKey() throws {
    let rows = try refusal("cubic", ["points": .integer(100_000_000_000)])
    #expect(rows.setting == "points")
    #expect(rows.message == "1 x 100000000000 rows are too many")
    #expect(rows.hint == "At most 2147483647 rows can be numbered.")
  }
}
