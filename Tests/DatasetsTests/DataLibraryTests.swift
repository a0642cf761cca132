import Datasets
import Foundation
import Testing
import Tracking

@Suite struct DataLibraryTests {
  @Test func equalConfigurationsShareOnePreparation() throws {
    let library = DataLibrary()
    let one = try library.prepare(configuration("moons"))
    let two = try library.prepare(configuration("moons"))
    let other = try library.prepare(configuration("moons") { $0.seed = 2 })
    #expect(one === two)
    #expect(one !== other)
  }

  @Test func aFileIsReadOnceHoweverManyAsk() throws {
    let path = try Fixture.file("x,y\n1,2\n3,4\n")
    let library = DataLibrary()
    let settings: [String: ParameterValue] = ["path": .text(path), "target": .text("y")]
    let first = try library.prepare(configuration("csv", settings))
    try FileManager.default.removeItem(atPath: path)
    let second = try library.prepare(configuration("csv", settings) { $0.normalize = .minmax })
    #expect(first.fingerprint == second.fingerprint)
    #expect(second.train.table == [[0], [1]])
  }

  @Test func manyThreadsGetTheSame() async throws {
    let library = DataLibrary()
    let configuration = try configuration("blobs")
    let all = await withTaskGroup(of: PreparedData?.self) { group in
      for _ in 0..<16 { group.addTask { try? library.prepare(configuration) } }
      return await group.reduce(into: [PreparedData?]()) { $0.append($1) }
    }
    #expect(all.count == 16)
    #expect(all.allSatisfy { $0 === all[0] && $0 != nil })
  }

  @Test func shapesOfGeneratorsNeedNoPoints() throws {
    let library = DataLibrary()
    let configuration = try configuration(
      "spiral", ["points_per_class": .integer(10_000_000), "classes": .integer(5)]
    ) { $0.split = .init(val: .share(0.1), test: .rows(7)) }
    let shape = try library.shape(of: configuration)
    #expect(shape.trainRows == 44_999_993)
    #expect(shape.valRows == 5_000_000 && shape.testRows == 7)
    #expect(shape.features == 2 && shape.classes == 5)
    #expect(shape.columnNames == ["x1", "x2"])
    #expect(try library.fingerprint(of: configuration) == "")
  }

  @Test(arguments: [(100_000_000, 1000), (Int.max, Int.max), (1_000_000_000_000_000_000, 3)])
  func absurdSizesAreRefusedBeforeAnythingIsMade(points: Int, classes: Int) throws {
    let error = try refusal(
      "spiral", ["points_per_class": .integer(points), "classes": .integer(classes)])
    #expect(error.setting == "points_per_class")
    #expect(error.message.hasSuffix("rows are too many"))
  }

  @Test func moreThanTheMemoryIsRefused() throws {
    let error = try refusal(
      "cloud", ["points": .integer(2_000_000_000), "features": .integer(100_000)])
    #expect(error.message.contains("GB of memory"))
  }

  @Test func everySourceDescribesItsDefaults() throws {
    #expect(
      Sources.all.map(\.name) == [
        "spiral", "moons", "circles", "xor", "blobs", "cloud", "linear", "cubic", "csv", "images",
        "npz", "idx", "fashion-mnist",
      ])
    for choice in Sources.all where choice.settings.allSatisfy({ $0.standard != nil }) {
      if choice.name == "fashion-mnist" { continue }
      let shape = try DataLibrary().shape(of: configuration(choice.name))
      #expect(shape.trainRows >= 100)
    }
  }

  @Test func anUnknownSourceHasANearestName() throws {
    let configuration = DataConfiguration(source: Chosen("sprial"))
    let error = try #require(throws: DataError.self) {
      try DataLibrary().shape(of: configuration)
    }
    #expect(error.hint == "Did you mean 'spiral'?")
  }

  @Test func memoryIsCountedForEveryByte() throws {
    // Rows of numbers take 12 bytes each, whatever the machine: far beyond any.
    let error = try refusal(
      "cloud", ["points": .integer(2_000_000_000), "features": .integer(100_000)])
    #expect(
      error.message.hasPrefix(
        "2000000000 rows of 100000 numbers need about 2400000 GB of memory, this machine has "))
  }

  @Test func batchesCoverAllRows() {
    #expect(Batches(rows: 3, size: .max).size == 3 && Batches(rows: 0, size: 4).size == 1)
    #expect(Batches(rows: 10, size: 4).rows == 10 && Batches(rows: 10, size: 4).count == 3)
    #expect(Array(Batches(rows: 10, size: 4)) == [0..<4, 4..<8, 8..<10])
    #expect(Array(Batches(rows: 8, size: 4)) == [0..<4, 4..<8])
    #expect(Array(Batches(rows: 3, size: .max)) == [0..<3])
    #expect(Batches(rows: 0, size: 4).isEmpty)
  }
}
