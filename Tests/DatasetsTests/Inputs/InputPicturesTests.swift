import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

/// Image files and arrays of NumPy's as rows that a network is asked about: they are what training made of
/// the same files.
@Suite struct InputPicturesTests {
  private func folder(_ files: [String: Data]) throws -> String {
    let base = FileManager.default.temporaryDirectory
      .appendingPathComponent("labbook-" + UUID().uuidString)
    for (name, data) in files {
      let url = base.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: url)
    }
    return base.path
  }

  private func picture(_ name: String) throws -> Data {
    try Data(contentsOf: Fixture.folder.appendingPathComponent("pictures/" + name))
  }

  /// Two classes, four files of three sizes, brought to one.
  private func trained() throws -> (path: String, data: PreparedData, inputs: RunInputs) {
    let (gray, deep) = (try picture("cat/gray.png"), try picture("dog/deep.png"))
    let photo = try picture("dog/colour.jpeg")
    let path = try folder([
      "cat/1.png": gray, "cat/2.jpeg": photo, "dog/1.png": deep, "dog/far/2.png": gray,
    ])
    let configuration = try configuration(
      "images", ["path": .text(path), "size": .list([.integer(6), .integer(5)])]
    ) { $0.normalize = .standard }
    let data = try DataLibrary().prepare(configuration)
    return (path, data, RunInputs(data, of: configuration))
  }

  @Test func aFolderOfTheClassesIsWhatWasTrained() throws {
    let (path, data, inputs) = try trained()
    let rows = try inputs.read(path)
    #expect(rows.dataset.table == data.train.table)
    #expect(rows.dataset.labels == data.train.labels && rows.judged?.places == [0, 1, 2, 3])
    #expect(rows.ids == ["cat/1.png", "cat/2.jpeg", "dog/1.png", "dog/far/2.png"])
    #expect(rows.idName == "file")
  }

  @Test func filesWithoutClassesAreRowsWithoutTargets() throws {
    let (path, data, inputs) = try trained()
    let one = try inputs.read(path + "/dog/1.png")
    #expect(one.dataset.table == [data.train.table[2]] && one.judged == nil)
    #expect(one.ids == ["1.png"])
    let loose = try inputs.read(path + "/dog")
    #expect(loose.dataset.table == [data.train.table[2], data.train.table[3]])
    #expect(loose.ids == ["1.png", "far/2.png"] && loose.judged == nil)
    #expect(loose.remarks.contains { $0.hasPrefix("'far' is no class of the run") })
  }

  @Test func everyFileThatCannotBeUsedIsTold() throws {
    let (_, _, inputs) = try trained()
    let gray = try picture("cat/gray.png")
    let bad = try folder([
      "a.png": gray, "b.png": Data(), "c.png": gray.prefix(40), "d.jpg": Data("text".utf8),
    ])
    let error = try #require(throws: DataError.self) { try inputs.read(bad) }
    #expect(
      error.message.hasPrefix("3 images cannot be used: b.png is empty") && error.place == bad)
    #expect(
      error.message.contains("c.png") && error.message.contains("d.jpg is neither PNG nor JPEG"))
    let none = try folder(["note.txt": Data("text".utf8)])
    #expect(throws: DataError.self) { try inputs.read(none) }
  }

  @Test func aTablesNetworkTakesNoImage() throws {
    let table = try configuration(
      "csv", ["path": .text(Fixture.file("a,y\n1,u\n2,v\n")), "target": .text("y")])
    let inputs = try RunInputs(DataLibrary().prepare(table), of: table)
    let path = try folder(["a.png": picture("cat/gray.png")])
    for place in [path, path + "/a.png"] {
      let error = try #require(throws: DataError.self) { try inputs.read(place) }
      #expect(error.message.hasPrefix("the run's network takes rows of 1 column, but "))
    }
  }

  // MARK: Arrays

  private func arrays(
    _ x: String, _ y: String?, _ file: String = "arrays.npz"
  ) throws -> (PreparedData, RunInputs) {
    let configuration = try configuration(
      "npz",
      [
        "path": .text(Fixture.path(file)), "x": .text(x), "y": y.map(ParameterValue.text) ?? .off,
      ]
    ) { $0.normalize = .standard }
    let data = try DataLibrary().prepare(configuration)
    return (data, RunInputs(data, of: configuration))
  }

  @Test(arguments: ["labels", "column"])
  func anArchiveIsWhatWasTrained(y: String) throws {
    let (data, inputs) = try arrays("images", y)
    #expect(try RunInputs(json: inputs.json) == inputs)
    let rows = try inputs.read(Fixture.path("arrays.npz"))
    #expect(rows.dataset.table == data.train.table && rows.dataset.labels == data.train.labels)
    let other = try #require(throws: DataError.self) {
      try inputs.read(Fixture.path("arrays.npz"), target: "no such")
    }
    #expect(other.message.contains("has no array 'no such'"))
  }

  @Test func rowsOfAnotherShapeAreRefused() throws {
    let (_, inputs) = try arrays("last", nil)
    let (_, narrow) = try arrays("images", nil)
    let archive = try inputs.read(Fixture.path("arrays.npz"))
    #expect(archive.judged == nil && archive.dataset.featureShape == [3, 5, 6])
    let error = try #require(throws: DataError.self) { try narrow.read(Fixture.path("rows.npz")) }
    #expect(!error.message.isEmpty)
  }

  /// One array alone, as numpy.save writes it: version 1.0, three rows of two doubles.
  @Test func oneArrayIsRows() throws {
    let path = try Fixture.file("a,b,y\n1,2,3\n4,5,6\n7,9,1\n")
    let table = try configuration("csv", ["path": .text(path), "target": .text("y")]) {
      $0.normalize = .minmax
    }
    let inputs = try RunInputs(DataLibrary().prepare(table), of: table)
    var text = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }"
    text += String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    var bytes = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]) + Data(text.utf8)
    for value in [1.0, 9.0, 7.0, 2.0] {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    // From 1 to 7 and from 2 to 9 become 0 to 1.
    let rows = try inputs.read(Fixture.file(bytes, named: "new.npy"))
    #expect(rows.dataset.table == [[0, 1], [1, 0]] && rows.judged == nil)
  }
}
