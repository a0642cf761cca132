import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

@Suite struct RunInputsTests {
  private static let flowers = """
    height,width,kind
    1,10,rose
    2,30,lily
    3,50,rose
    4,70,lily
    """

  private func inputs() throws -> RunInputs {
    let configuration = try configuration(
      "csv", ["path": .text(Fixture.file(Self.flowers)), "target": .text("kind")]
    ) { $0.normalize = .standard }
    return try RunInputs(DataLibrary().prepare(configuration), of: configuration)
  }

  private func problem(_ text: String, target: String? = nil) throws -> DataError {
    let path = try Fixture.file(text)
    return try #require(throws: DataError.self) { try inputs().read(path, target: target) }
  }

  @Test func aFileOfARunIsReadBack() throws {
    let inputs = try inputs()
    #expect(try RunInputs(json: inputs.json) == inputs)
    #expect(inputs.targetName == "kind" && inputs.classNames == ["lily", "rose"])
    #expect(throws: LabbookError.self) { try RunInputs(json: Data("{}".utf8)) }
  }

  @Test func whatIsKeptIsWrittenInFull() throws {
    let made = try configuration("cubic", ["points": .integer(3), "noise": .number(0)]) {
      ($0.scale, $0.shift, $0.normalize) = (.all(3), .all(2), .minmax)
    }
    // x of -1, 0, 1 becomes -1, 2, 5; the least is -1, the width 6.
    #expect(
      String(decoding: try RunInputs(DataLibrary().prepare(made), of: made).json, as: UTF8.self)
        == #"{"columnNames":["x"],"columnsPerGroup":1,"divisor":[6],"featureShape":[1],"offset":[-1],"#
        + #""scale":[3],"shift":[2],"targetName":"y","valueNames":["y"]}"#)
    let cloud = try configuration("cloud", ["points": .integer(3)])
    let inputs = try RunInputs(DataLibrary().prepare(cloud), of: cloud)
    #expect(inputs.targetName == nil && inputs.valueNames == nil && inputs.classNames == nil)
    let path = try Fixture.file("x1,x2,class\n1,2,3\n")
    #expect(try inputs.read(path).dataset.labels == [])
    let error = try #require(throws: DataError.self) { try inputs.read(path, target: "class") }
    #expect(error.message == "the run's data has no target, so 'class' has nothing to be")
  }

  @Test func numbersToPredictAreReadAsTheyStand() throws {
    let made = try configuration("cubic", ["points": .integer(3)]) { $0.normalize = .minmax }
    let inputs = try RunInputs(DataLibrary().prepare(made), of: made)
    let rows = try inputs.read(try Fixture.file("y,x\n7,1\n-2.5,0\n")).dataset
    #expect(rows.values == [7, -2.5] && rows.table == [[1], [0.5]])
    #expect(rows.columnNames == ["x"] && rows.featureShape == [1])
  }

  /// Generated classes have no name in a source, so a column `class` is looked for.
  @Test func generatedClassesStandInAColumnOfThatName() throws {
    let made = try configuration("moons", ["points_per_class": .integer(2)])
    let inputs = try RunInputs(DataLibrary().prepare(made), of: made)
    #expect(
      try inputs.read(try Fixture.file("x1,x2,class\n1,2,1\n1,2,0\n")).dataset.labels == [1, 0])
  }

  @Test func columnsAreFoundByNameAndNormalisedAsTrainingWas() throws {
    let text = "width,other,kind,height\n40,x,lily,2.5\n70,y,rose,4\n"
    let rows = try inputs().read(try Fixture.file(text)).dataset
    // Training: heights 1...4 (mean 2.5, deviation sqrt 1.25), widths 10, 30, 50, 70 (40, sqrt 500).
    let root = 1.25.squareRoot()
    expectEqual(rows.table, [[0, 0], [1.5 / root, 30 / 500.0.squareRoot()]])
    #expect(rows.labels == [0, 1])
  }

  @Test func aTargetIsNotNeededAndMayHaveAnotherName() throws {
    let rows = try inputs().read(try Fixture.file("height,width\n1,2\n")).dataset
    #expect(rows.labels.isEmpty && rows.rows == 1)
    let named = try inputs().read(try Fixture.file("height,width,what\n1,2,rose\n"), target: "what")
      .dataset
    #expect(named.labels == [1])
  }

  @Test func wrongTablesAreRefused() throws {
    let near = try problem("heigth,width\n1,2\n")
    #expect(
      near.message.hasSuffix("has no column 'height'") && near.hint == "Did you mean 'heigth'?")
    let unknown = try problem("height,width,kind\n1,2,rose\n1,2,rosa\n")
    #expect(unknown.message == "the run knows no class 'rosa'")
    #expect(unknown.place?.hasSuffix(":3:5") == true && unknown.hint == "Did you mean 'rose'?")
    let far = try problem("height,width,kind\n1,2,thistle\n")
    #expect(far.hint == "Its classes are lily, rose.")
    let labels = try Fixture.file("height,width\n1,2\n")
    let both = try #require(throws: DataError.self) { try inputs().read(labels, labels: "l") }
    #expect(both.message == "labels are given for images, but \(labels) is a table")
    #expect(both.hint == "Name the target's column instead of l.")
    #expect(try problem("height,width\n1,high\n").message.contains("needs a number"))
    #expect(try problem("height,width\n1,2\n", target: "kind").message.contains("no column 'kind'"))
  }

  @Test func numbersOfClassesMayBeWrittenInAnyWay() throws {
    let configuration = try configuration(
      "csv",
      [
        "path": .text(Fixture.file("x,y\n1,0\n2,1\n3,1\n")), "target": .text("y"),
        "task": .text("classification"),
      ])
    let inputs = try RunInputs(DataLibrary().prepare(configuration), of: configuration)
    #expect(try inputs.read(try Fixture.file("x,y\n1,1.0\n2,0\n")).dataset.labels == [1, 0])
  }

  @Test func imagesAreReadWithTheirLabels() throws {
    let images = Fixture.path("images-idx3-ubyte.gz")
    let labels = Fixture.path("labels-idx1-ubyte.gz")
    let configuration = try configuration(
      "idx", ["images": .text(images), "labels": .text(labels)]
    ) { $0.normalize = .standard }
    let data = try DataLibrary().prepare(configuration)
    let inputs = RunInputs(data, of: configuration)
    let rows = try inputs.read(images, labels: labels).dataset
    #expect(rows.table == data.train.table && rows.labels == data.train.labels)
    #expect(try inputs.read(Fixture.path("images-idx3-ubyte")).dataset.labels.isEmpty)
    let table = try Fixture.file("x\n1\n")
    let problem = try #require(throws: DataError.self) { try inputs.read(table) }
    #expect(problem.message.contains("takes images of 1 x 2 x 3"))
    let small = try Fixture.file(Data([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7]))
    let size = try #require(throws: DataError.self) { try inputs.read(small) }
    #expect(size.message.hasPrefix("the images are 1 x 1 x 1, but"))
    let flowers = try #require(throws: DataError.self) { try self.inputs().read(images) }
    #expect(
      flowers.message
        == "the images are 1 x 2 x 3, but the run's network takes rows of 2 columns")
    let named = try #require(throws: DataError.self) { try inputs.read(images, target: "y") }
    #expect(named.message == "images have no columns")
    let few = try Fixture.file(Data([0, 0, 8, 1, 0, 0, 0, 1, 2]))
    let count = try #require(throws: DataError.self) { try inputs.read(images, labels: few) }
    #expect(count.message == "there are 1 labels for 6 images")
    let high = try Fixture.file(Data([0, 0, 8, 1, 0, 0, 0, 6, 0, 1, 2, 3, 4, 0]))
    let label = try #require(throws: DataError.self) { try inputs.read(images, labels: high) }
    #expect(label.message == "there is a label 4, the greatest of the run's 4 classes is 3")
  }

  /// Rows that lack what they should be are answered; they count in no metric.
  @Test func rowsWithoutATargetAreRowsAllTheSame() throws {
    let path = try Fixture.file("height,width,kind\n1,10,\n2,30,lily\n9,50,\n")
    let rows = try inputs().read(path)
    #expect(rows.dataset.rows == 3 && rows.judged?.places == [1])
    guard case .classes(let labels, _)? = rows.judged?.targets else {
      Issue.record("no classes")
      return
    }
    #expect(Array(labels.elements) == [0])
    #expect(rows.remarks.contains("2 rows have no target and count in no metric"))
    let made = try configuration(
      "csv", ["path": .text(Fixture.file("x,y\n1,10\n2,30\n")), "target": .text("y")]
    ) { $0.targetTransform = .standard }
    let numbers = try RunInputs(DataLibrary().prepare(made), of: made)
    let some = try numbers.read(try Fixture.file("x,y\n1,\n2,0.1\n3,40\n"))
    // As the file has them, not as single precision brings them back.
    #expect(some.judged?.places == [1, 2] && some.judged?.values == [[0.1], [40]])
    let none = try numbers.read(try Fixture.file("x,y\n1,\n2,\n"))
    #expect(none.judged == nil && none.dataset.rows == 2)
  }
}
