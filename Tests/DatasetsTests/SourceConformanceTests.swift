import Datasets
import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What every data source owes the house.
///
/// A source that is registered is handed to this suite; one
/// that reads files says here which ones.
@Suite struct SourceConformanceTests {
  static let names = Sources.all.map(\.name)

  /// Files of 12 rows or more.
  private static func files(_ name: String) throws -> [String: ParameterValue] {
    switch name {
    case "csv":
      let rows = (0..<12).map { "\($0),\(Double($0 * $0) / 7),\(["red", "blue"][$0 % 2])\n" }
      return [
        "path": .text(try Fixture.file("a,b,kind\n" + rows.joined())), "target": .text("kind"),
      ]
    case "images":
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("labbook-" + UUID().uuidString)
      let names = ["cat/gray.png", "cat/gray-clear.png", "dog/bits.png", "dog/deep.png"]
      for number in 0..<12 {
        let name = names[number % 4]
        let target = folder.appendingPathComponent("\(number % 4)/\(number).png")
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          at: Fixture.folder.appendingPathComponent("pictures/" + name), to: target)
      }
      return ["path": .text(folder.path)]
    case "npz":
      return ["path": .text(Fixture.path("rows.npz"))]
    case "idx":
      return [
        "images": .text(try Fixture.file(images, named: "i")),
        "labels": .text(try Fixture.file(labels, named: "l")),
      ]
    case "fashion-mnist":
      let path = try Fixture.file(images, named: "train-images-idx3-ubyte")
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      for (name, data) in [
        ("train-labels-idx1-ubyte", labels), ("t10k-images-idx3-ubyte", images),
        ("t10k-labels-idx1-ubyte", labels),
      ] { try data.write(to: folder.appendingPathComponent(name)) }
      return ["path": .text(folder.path)]
    default: return [:]
    }
  }

  /// Twelve images of two by two, of three classes.
  private static let images = Data(
    [0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 2, 0, 0, 0, 2] + (0..<48).map { UInt8($0 * 5) })
  private static let labels = Data(
    [0, 0, 8, 1, 0, 0, 0, 12] + (0..<12).map { UInt8($0 % 3) })

  /// A small configuration.
  private func sample(
    _ name: String, _ edit: (inout DataConfiguration) -> Void = { _ in }
  ) throws -> DataConfiguration {
    var values = try Self.files(name)
    let choice = try #require(Sources.all.first { $0.name == name })
    for (size, count) in [("points", 24), ("points_per_class", 12)]
    where choice.settings.contains(where: { $0.name == size }) { values[size] = .integer(count) }
    let missing = choice.settings.filter { $0.standard == nil && values[$0.name] == nil }
    try #require(missing.isEmpty, "say above which files \(name) reads")
    return try configuration(name, values, edit)
  }

  private func parts(_ data: PreparedData) -> [Dataset] {
    [data.train, data.val, data.test].compactMap { $0 }
  }

  @Test(arguments: names) func theSameIsDrawnOrReadAgain(name: String) throws {
    let configuration = try sample(name) { $0.split = .init(val: .share(0.25)) }
    let (one, two) = (
      try DataLibrary().prepare(configuration), try DataLibrary().prepare(configuration)
    )
    #expect(one.shape == two.shape && one.fingerprint == two.fingerprint)
    for (a, b) in zip(parts(one), parts(two)) {
      #expect(a.table == b.table && a.labels == b.labels && a.values == b.values)
    }
    // A file says its fingerprint, a generator has none.
    let isFile = !one.fingerprint.isEmpty
    let library = DataLibrary()
    #expect(try library.fingerprint(of: configuration) == one.fingerprint)
    var other = configuration
    other.seed = 77
    other.split = .init()
    var first = other
    first.seed = 1
    let drawn = try [first, other].map { configuration in
      let train = try DataLibrary().prepare(configuration).train
      return train.table + [train.values]
    }
    // The seed moves what is drawn, never what a file says.
    #expect((drawn[0] == drawn[1]) == isFile)
  }

  @Test(arguments: names) func whatIsKnownBeforeIsWhatIsThereAfter(name: String) throws {
    let configuration = try sample(name) {
      $0.split = .init(val: .share(0.25))
      $0.normalize = .standard
    }
    let library = DataLibrary()
    let shape = try library.shape(of: configuration)
    let data = try library.prepare(configuration)
    #expect(shape == data.shape)
    #expect(data.train.rows == shape.trainRows && data.val?.rows ?? 0 == shape.valRows)
    #expect(data.test?.rows ?? 0 == shape.testRows)
    for part in parts(data) {
      #expect(part.featureShape == shape.featureShape)
      #expect(part.columnNames == shape.columnNames)
      switch (part.targets, shape.target) {
      case (.classes(let labels, let names), .classes(let expected)):
        #expect(names == expected && labels.elements.allSatisfy { names.indices.contains(Int($0)) })
      case (.values(_, let columns), .values(let names)): #expect(columns == names.count)
      case (.none, .none): break
      default: Issue.record("\(name) promises \(shape.target)")
      }
    }
    let summary = try library.summary(of: configuration)
    #expect(summary.parts.map(\.rows) == parts(data).map(\.rows))
    for (part, rows) in zip(summary.parts, parts(data)) where shape.classes != nil {
      #expect(
        part.classCounts
          == (0..<(shape.classes ?? 0)).map { kind in
            rows.labels.count { Int($0) == kind }
          })
    }
    // The training part has mean 0 and deviation 1, to single precision, or does not vary.
    for column in summary.columns {
      #expect(abs(column.after.mean) < 1e-4)
      #expect(abs(column.after.deviation - 1) < 1e-3 || column.after.deviation == 0)
    }
  }

  /// The parts of a split are the rows of the whole, each once and in their order.
  @Test(arguments: names) func splitsLoseNoRow(name: String) throws {
    let whole = try sample(name)
    let wholeData = try DataLibrary().prepare(whole)
    var divided = whole
    divided.split = .init(val: .rows(4))
    let data = try DataLibrary().prepare(divided)
    let all = wholeData.train.table
    let val = try #require(data.val)
    #expect(val.rows == 4 && data.train.rows == all.count - 4)
    #expect(
      (data.train.table + val.table).sorted { $0.lexicographicallyPrecedes($1) }
        == all.sorted { $0.lexicographicallyPrecedes($1) })
    for part in [data.train, val] {
      var place = 0
      for row in part.table {
        let next = all[place...].firstIndex(of: row)
        #expect(next != nil, "a row of \(name) stands out of order")
        place = next ?? place
      }
    }
  }

  @Test(arguments: names) func pythonHasItOrThereIsAReason(name: String) throws {
    let configuration = try sample(name)
    let data = try DataLibrary().prepare(configuration)
    do throws(MissingForm) {
      let source: any DataSource
      do throws(DataError) { source = try Sources.named(name) } catch {
        Issue.record("\(error)")
        return
      }
      let form = try source.torch(configuration.source, data)
      #expect(form.code.contains("def load_data(rng):\n"))
      #expect(form.code.contains("def load_test():\n") == form.hasOwnTest)
      #expect(form.hasOwnTest == (data.test != nil))
      for module in form.imports { #expect(form.code.contains(module + ".")) }
    } catch { #expect(!error.reason.isEmpty) }
  }
}
