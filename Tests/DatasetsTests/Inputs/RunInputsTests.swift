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

  @Test func columnsAreFoundByNameAndNormalisedAsTrainingWas() throws {
    let text = "width,other,kind,height\n40,x,lily,2.5\n70,y,rose,4\n"
    let rows = try inputs().read(try Fixture.file(text))
    // Training: heights 1...4 (mean 2.5, deviation sqrt 1.25), widths 10, 30, 50, 70 (40, sqrt 500).
    let root = 1.25.squareRoot()
    expectEqual(rows.table, [[0, 0], [1.5 / root, 30 / 500.0.squareRoot()]])
    #expect(rows.labels == [0, 1])
  }

  @Test func aTargetIsNotNeededAndMayHaveAnotherName() throws {
    let rows = try inputs().read(try Fixture.file("height,width\n1,2\n"))
    #expect(rows.labels.isEmpty && rows.rows == 1)
    let named = try inputs().read(try Fixture.file("height,width,what\n1,2,rose\n"), target: "what")
    #expect(named.labels == [1])
  }

  @Test func wrongTablesAreRefused() throws {
    let near = try problem("heigth,width\n1,2\n")
    #expect(
      near.message.hasSuffix("has no column 'height'") && near.hint == "Did you mean 'heigth'?")
    let unknown = try problem("height,width,kind\n1,2,rose\n1,2,rosa\n")
    #expect(unknown.message == "the run knows no class 'rosa'")
    #expect(unknown.place?.hasSuffix(":3:5") == true && unknown.hint == "Did you mean 'rose'?")
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
    #expect(try inputs.read(try Fixture.file("x,y\n1,1.0\n2,0\n")).labels == [1, 0])
  }

  @Test func imagesAreReadWithTheirLabels() throws {
    let images = Fixture.path("images-idx3-ubyte.gz")
    let labels = Fixture.path("labels-idx1-ubyte.gz")
    let configuration = try configuration(
      "idx", ["images": .text(images), "labels": .text(labels)]
    ) { $0.normalize = .standard }
    let data = try DataLibrary().prepare(configuration)
    let inputs = RunInputs(data, of: configuration)
    let rows = try inputs.read(images, labels: labels)
    #expect(rows.table == data.train.table && rows.labels == data.train.labels)
    #expect(try inputs.read(Fixture.path("images-idx3-ubyte")).labels.isEmpty)
    let table = try Fixture.file("x\n1\n")
    let problem = try #require(throws: DataError.self) { try inputs.read(table) }
    #expect(problem.message.contains("takes images of 1 x 2 x 3"))
    let small = try Fixture.file(Data([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7]))
    let size = try #require(throws: DataError.self) { try inputs.read(small) }
    #expect(size.message.hasPrefix("the images are 1 x 1 x 1, but"))
    #expect(throws: DataError.self) { try self.inputs().read(images) }
  }
}
